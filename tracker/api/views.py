"""The root, the schema, and whatever is not there."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework.request import Request
from rest_framework.reverse import reverse

from tracker.api.answers import json_answer
from tracker.api.docs.schema import document
from tracker.api.read_view import ApiQuestion, ReadView
from tracker.errors import Absent

LINKS = {
    "adoption": "api-adoption",
    "adoption_series": "api-adoption-series",
    "areas": "api-areas",
    "segments": "api-segments",
    "releases": "api-releases",
    "shops": "api-shops",
    "jobs": "api-jobs",
    "schema": "api-schema",
    "docs": "api-docs",
}


class Root(ReadView):
    """What there is."""

    operation = "read_root"
    title = gettext_lazy("Overview of the API")
    note = gettext_lazy("All other addresses.")

    def shape(self) -> dict[str, object]:
        address = {"type": "string"}
        return {
            "type": "object",
            "properties": dict.fromkeys(LINKS, address),
            "required": list(LINKS),
            "additionalProperties": False,
        }

    def answer(self, request: Request, asked: ApiQuestion, tag: str) -> HttpResponse:
        links = {name: reverse(route, request=request) for name, route in LINKS.items()}
        return json_answer(request, links, tag=tag, cache=self.cache)


class Schema(ReadView):
    """Everything that is there, for programs."""

    operation = "read_schema"
    title = gettext_lazy("This schema")
    note = gettext_lazy("OpenAPI 3.1, in the language of the request.")

    def shape(self) -> dict[str, object]:
        return {"type": "object", "required": ["openapi", "info", "paths"]}

    def answer(self, request: Request, asked: ApiQuestion, tag: str) -> HttpResponse:
        return json_answer(request, document(), tag=tag, cache=self.cache)


class Nothing(ReadView):
    """Every other address below /api/v1/: a program is told so in its own form."""

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        super().initial(request, *args, **kwargs)
        raise Absent(_("Page not found. /api/v1/ lists what there is."))
