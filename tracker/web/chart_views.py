"""The charts of Explore as files: the whole state is in the address, as on the page."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import condition, require_safe

from tracker.months import month_text
from tracker.publication.drawing import Drawing
from tracker.publication.drawing_svg import document_svg
from tracker.publication.filters import CITY_SLUGS, one_of, only_values
from tracker.publication.pictures import chart_digest, chart_of
from tracker.publication.questions import Question, question_from
from tracker.web.chart_plates import MAKERS, chart_plate

VARY = "Accept-Language, Cookie"  # the words in a picture follow the language of the page


def _chart(request: HttpRequest) -> tuple[Question, Drawing]:
    values, now = only_values(request.GET.lists()), timezone.now()
    one_of(values, "view", "", tuple(view.value for view in MAKERS))
    question = question_from(values, at=now)
    url = request.build_absolute_uri(f"{reverse('explore')}?{question.query}")
    return question, chart_plate(question, url=url, at=now)


def _etag(request: HttpRequest) -> str:
    return f'"{chart_digest(_chart(request)[1], _language())}"'


@require_safe
def chart_svg(request: HttpRequest) -> HttpResponse:
    question, plate = _chart(request)
    data = document_svg(plate, language=_language()).encode()
    return _file(data, "image/svg+xml", question, "svg")


@require_safe
@condition(etag_func=_etag)
def chart_png(request: HttpRequest) -> HttpResponse:
    question, plate = _chart(request)
    return _file(chart_of(plate, language=_language()), "image/png", question, "png")


def _language() -> str:
    return get_language() or "en"


def _file(data: bytes, kind: str, question: Question, ending: str) -> HttpResponse:
    shown = question.shown
    parts = (question.view.value, CITY_SLUGS[shown.city], shown.measure.value, shown.segment)
    name = "-".join(["noren", *parts, month_text(shown.month)])
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f'inline; filename="{name}.{ending}"'
    response["Content-Language"] = _language()
    response["Vary"] = VARY
    return response
