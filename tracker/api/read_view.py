"""What all answers to analysts have in common: who asks, how often, what for, and since when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from rest_framework.authentication import SessionAuthentication
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from tracker.accounts.permissions import Person
from tracker.api.answers import (
    PUBLIC,
    VARY,
    CsvRenderer,
    csv_answer,
    is_known,
    json_answer,
    not_modified,
    page_address,
    tag_of,
)
from tracker.api.cursors import Keyed, key_of, next_address, page_of
from tracker.api.negotiation import Negotiation
from tracker.api.operation import Operation
from tracker.api.parameters import FIRST_LIMIT, PAGING, Parameter, values_of
from tracker.api.shapes import ShapeField, object_of, page_shape
from tracker.api.throttles import AddressRate, TokenRate
from tracker.api.tokens import GrantedToken
from tracker.months import month_of
from tracker.places.queries import has_invented_shops

FIRST_KEY = -(2**63)  # before every row
CSV_CHUNK = 500  # rows that are read at once where all are given


@dataclass(frozen=True)
class ApiQuestion:
    """What is asked for: values of the parameters, by whom, when; rows after `after`."""

    values: dict[str, str]
    person: Person
    at: datetime
    after: int = FIRST_KEY
    chunk: int = CSV_CHUNK


class ReadView(APIView):
    """One answer. `operation`, `title` and `note` name it in the schema."""

    http_method_names = ["get", "head"]
    authentication_classes = [GrantedToken, SessionAuthentication]
    throttle_classes = [AddressRate, TokenRate]
    content_negotiation_class = Negotiation
    schema = Operation()
    operation = ""
    title: str | Promise = ""
    note: str | Promise = ""
    parameters: tuple[Parameter, ...] = ()
    is_public = True
    cache = PUBLIC

    def shape(self) -> dict[str, object]:
        """The JSON Schema of the answer."""
        return {"type": "object"}

    def state(self) -> str:
        """Cheap to ask, and other whenever the data are; empty: the content itself is the tag."""
        return ""

    def get(self, request: Request) -> HttpResponseBase:
        now = timezone.now()
        values = values_of(request.query_params.lists(), self.parameters)
        tag, state = "", self.state()
        if state:
            form = getattr(request, "accepted_renderer", JSONRenderer()).format
            tag = tag_of(page_address(request, form), state, str(month_of(now)))
            if is_known(request, tag):
                return not_modified(tag, self.cache)
        return self.answer(request, ApiQuestion(values, request.user, now), tag)

    def answer(self, request: Request, asked: ApiQuestion, tag: str) -> HttpResponseBase:
        raise NotImplementedError

    def finalize_response(
        self, request: Request, response: Response, *args: object, **kwargs: object
    ) -> Response:
        """A problem is JSON whatever was asked for, and is never kept."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        if "ETag" not in answer and hasattr(answer, "accepted_renderer"):
            answer.accepted_renderer = JSONRenderer()
            answer["Cache-Control"] = "no-store"
            answer["Vary"] = VARY
        return answer


class ListView(ReadView):
    """Rows: as JSON in pages, or all of them as CSV."""

    renderer_classes = [JSONRenderer, CsvRenderer]
    file = ""  # name of the CSV
    own_parameters: tuple[Parameter, ...] = ()

    @property
    def parameters(self) -> tuple[Parameter, ...]:  # type: ignore[override]
        return (*self.own_parameters, *PAGING)

    @property
    def fields(self) -> tuple[ShapeField, ...]:
        """The columns of a row, in their order."""
        raise NotImplementedError

    def rows(self, asked: ApiQuestion) -> Iterator[Keyed]:
        """Judges what is asked at once (Invalid), then gives the rows after `asked.after`."""
        raise NotImplementedError

    def shape(self) -> dict[str, object]:
        return page_shape(object_of(self.fields))

    def answer(self, request: Request, asked: ApiQuestion, tag: str) -> HttpResponse:
        values = dict(asked.values)
        form = values.pop("format", "") or request.accepted_renderer.format
        limit = int(values.pop("limit", FIRST_LIMIT))
        after = key_of(cursor) if (cursor := values.pop("cursor", "")) else FIRST_KEY
        is_csv, invented = form == CsvRenderer.format, has_invented_shops()
        rows = self.rows(
            ApiQuestion(values, asked.person, asked.at, after, CSV_CHUNK if is_csv else limit + 1)
        )
        if is_csv:
            note = _("Demo data. Do not cite.") if invented else ""
            names = [field.name for field in self.fields]
            lines = (row for _key, row in rows)
            return csv_answer(  # type: ignore[return-value]  # an answer like any other
                names, lines, note=note, file=self.file, tag=tag, cache=self.cache
            )
        page, cursor = page_of(rows, limit)
        data = {"invented": invented, "next": next_address(request, cursor), "results": page}
        return json_answer(request, data, tag=tag, cache=self.cache)
