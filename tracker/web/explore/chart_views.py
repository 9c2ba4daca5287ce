"""The charts of Explore as files: the whole state is in the address, as on the page."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from tracker.months import month_text
from tracker.publication.cache.pictures import chart_digest, chart_of
from tracker.publication.drawing.chart import Drawing
from tracker.publication.drawing.chart_svg import document_svg
from tracker.publication.figures.filters import one_of, only_values
from tracker.publication.figures.questions import Question, question_from
from tracker.web.explore.charts import MAKERS, chart_figure
from tracker.web.explore.pictures import in_drawn_language, picture_answer, unchanged


def _chart(request: HttpRequest) -> tuple[Question, Drawing]:
    values, now = only_values(request.GET.lists()), timezone.now()
    one_of(values, "view", "", tuple(view.value for view in MAKERS))
    question = question_from(values, at=now)
    url = request.build_absolute_uri(f"{reverse('explore')}?{question.query}")
    return question, chart_figure(question, url=url, at=now)


@require_safe
def chart_svg(request: HttpRequest) -> HttpResponse:
    question, figure = _chart(request)
    data = document_svg(figure, language=_language()).encode()
    return picture_answer(data, "image/svg+xml", _name(question, "svg"))


@require_safe
@in_drawn_language
def chart_png(request: HttpRequest) -> HttpResponse:
    question, figure = _chart(request)
    etag = f'"{chart_digest(figure, _language())}"'
    answer = unchanged(request, etag)
    if answer is None:
        data = chart_of(figure, language=_language())
        answer = picture_answer(data, "image/png", _name(question, "png"))
        answer["ETag"] = etag
    return answer


def _language() -> str:
    return get_language() or "en"


def _name(question: Question, ending: str) -> str:
    shown = question.shown
    parts = (question.view.value, shown.city.slug, shown.measure.value, shown.segment)
    return "-".join(["noren", *parts, f"{month_text(shown.month)}.{ending}"])
