"""How a view of ours appears in the schema: by what it declares, nothing is written twice."""

from typing import Any, Protocol, cast

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework.serializers import Serializer

from tracker.api.parameters import Parameter
from tracker.api.shapes import JsonSchema

PROBLEM = "application/problem+json"
PROBLEM_REF: JsonSchema = {"$ref": "#/components/schemas/Problem"}
PROBLEMS = {
    400: gettext_lazy("Unknown parameter, or value not allowed."),
    401: gettext_lazy("The token is unknown, expired or revoked, or nobody is signed in."),
    403: gettext_lazy("The role or the scope of the token does not allow this."),
    406: gettext_lazy("Unsupported media type in Accept."),
    429: gettext_lazy("Too many requests. Wait as long as Retry-After says."),
    503: gettext_lazy("The server is busy. Try again after Retry-After."),
}
TAG = OpenApiParameter(
    "ETag",
    str,
    OpenApiParameter.HEADER,
    description=gettext_lazy("Entity tag; send it as If-None-Match."),
    response=[200, 304],
)
RETRY = OpenApiParameter(
    "Retry-After",
    int,
    OpenApiParameter.HEADER,
    description=gettext_lazy("Seconds."),
    response=[429, 503],
)
KNOWN = OpenApiParameter(
    "If-None-Match",
    str,
    OpenApiParameter.HEADER,
    description=gettext_lazy("ETag of an earlier response; 304 means that it is still valid."),
)


Parameters = OpenApiParameter | Serializer[Any] | type[Serializer[Any]]


class Described(Protocol):
    """What a view of ours declares."""

    operation: str
    title: str | Promise
    note: str | Promise
    parameters: tuple[Parameter, ...]
    is_public: bool

    def shape(self) -> JsonSchema: ...


class Operation(AutoSchema):
    """Reads `operation`, `title`, `note`, `parameters`, `is_public` and `shape` of the view."""

    @property
    def told(self) -> Described:
        return cast(Described, self.view)

    def get_operation_id(self) -> str:
        return str(self.told.operation)

    def get_summary(self) -> str:
        return str(self.told.title)

    def get_description(self) -> str:  # type: ignore[override]  # as drf-spectacular has it
        return str(self.told.note)

    def get_tags(self) -> list[str]:
        return ["read"]

    def get_auth(self) -> list[dict[str, list[str]]]:
        needed = list(super().get_auth())
        return [{}, *needed] if self.told.is_public else needed

    def get_override_parameters(self) -> list[Parameters]:
        query: list[Parameters] = [
            OpenApiParameter(
                parameter.name,
                parameter.schema,
                OpenApiParameter.QUERY,
                required=parameter.is_required,
                description=str(parameter.note),
            )
            for parameter in self.told.parameters
        ]
        return [*query, KNOWN, TAG, RETRY]

    def get_response_serializers(self) -> Any:
        answers: dict[tuple[int, str] | int, OpenApiResponse] = {
            (200, "application/json"): OpenApiResponse(self.told.shape(), str(self.told.title)),
        }
        if "csv" in self.map_renderers("format"):
            rows = {
                "type": "string",
                "description": gettext_lazy("A line of column names, then the rows."),
            }
            answers[200, "text/csv"] = OpenApiResponse(rows, str(self.told.title))
        answers[304] = OpenApiResponse(None, str(gettext_lazy("Not modified.")))
        for status, note in PROBLEMS.items():
            answers[status, PROBLEM] = OpenApiResponse(PROBLEM_REF, str(note))
        return answers
