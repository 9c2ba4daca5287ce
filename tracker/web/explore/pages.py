"""What each view of Explore puts on its page."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from tracker.months import day_of, month_text
from tracker.publication.figures import words
from tracker.publication.figures.cells import Cell, cells_of
from tracker.publication.figures.contrasts import Contrasts, contrasts_of
from tracker.publication.figures.filters import months_on_offer
from tracker.publication.figures.questions import Question, View
from tracker.web.explore.charts import MAKERS
from tracker.web.explore.contrasts import change_parts, compare_parts, sides_of
from tracker.web.explore.figures import PagePart
from tracker.web.explore.question_bar import QuestionBar, bar_of
from tracker.web.explore.shares import map_part, ranking_part
from tracker.web.explore.titles import subtitle_of, title_of
from tracker.web.explore.trends import trend_parts

KINDS = ("svg", "png")  # of pictures


@dataclass(frozen=True)
class Link:
    href: str
    label: str


@dataclass(frozen=True)
class ExplorePage:
    """`notice` says why there is little or nothing to see; empty where there is."""

    title: str
    subtitle: str
    bar: QuestionBar
    parts: list[PagePart]
    files: list[Link]
    query: str
    lasting: str
    notice: str = ""


@dataclass(frozen=True)
class Content:
    subtitle: str
    parts: list[PagePart]
    is_empty: bool


def explore_page(question: Question, *, at: datetime) -> ExplorePage:
    """The page of a question, with figures as they are at this moment."""
    months = months_on_offer(at=at)
    content = _content(question, months[0])
    return ExplorePage(
        title=title_of(question),
        subtitle=content.subtitle,
        bar=bar_of(question, months, yesterday=day_of(at) - timedelta(days=1)),
        parts=content.parts,
        files=_files(question),
        query=question.query,
        lasting=question.lasting,
        notice=_notice(question, content),
    )


def _content(question: Question, first_month: int) -> Content:
    shown = question.shown
    if question.view == View.TREND:
        parts = trend_parts(shown, first_month)
        return Content(subtitle_of(shown), parts, is_empty=not parts[-1].figures)
    if question.view == View.CHANGE and question.since is None:
        return Content(subtitle_of(shown), [], is_empty=True)
    if question.view in (View.COMPARE, View.CHANGE):
        found = contrasts_of(question)
        paint = compare_parts if question.view == View.COMPARE else change_parts
        return Content(subtitle_of(shown), paint(question, found), is_empty=_nobody(found))
    cells = cells_of(shown)
    part = map_part(shown, cells) if question.view == View.MAP else ranking_part(shown, cells)
    return Content(words.subtitle_of(shown, cells), [part], is_empty=_nothing(cells))


def _nothing(cells: list[Cell]) -> bool:
    return not any(cell.count.observed for cell in cells)


def _nobody(found: Contrasts) -> bool:
    return not (found.city.before.count.observed or found.city.after.count.observed)


def _notice(question: Question, content: Content) -> str:
    if question.view == View.CHANGE and question.since is None:
        return _("A change needs two months with data; so far there is only one.")
    return _("No shop has been observed here yet.") if content.is_empty else ""


def _files(question: Question) -> list[Link]:
    """The pictures and files of the same figures."""
    query = question.shown.query
    if question.view == View.MAP:
        print_out = Link(f"{reverse('map-png')}?{query}&paper=a4", _("PNG for print, A4"))
        return [*_pictures("map", query), print_out, *file_links(query)]
    if question.view == View.RANKING:
        return [*_pictures("chart", question.query), *file_links(query)]
    if question.view == View.TREND:
        return _pictures("chart", question.query)
    if question.other is None and question.since is None:
        return []
    values = question.shown.values
    if question.other is not None:
        before = values | {"measure": question.other.value}
    else:
        before = values | {"month": month_text(question.since or question.shown.month)}
    sides = sides_of(question)
    files = sides.in_order((sides.before, before), (sides.after, values))
    pictures = _pictures("chart", question.query) if question.view in MAKERS else []
    return [
        *pictures,
        *(
            Link(f"{reverse('adoption-csv')}?{urlencode(one)}", _("CSV: %(what)s") % {"what": name})
            for name, one in files
        ),
    ]


def _pictures(what: str, query: str) -> list[Link]:
    return [Link(f"{reverse(f'{what}-{kind}')}?{query}", kind.upper()) for kind in KINDS]


def file_links(query: str) -> list[Link]:
    """The figures of a filter as files and by the API; and the releases, which stay as they are."""
    href = f"{reverse('adoption-csv')}?{query}"
    return [
        Link(href, _("CSV for programs")),
        Link(f"{href}&for=excel", _("CSV for Excel")),
        Link(f"{reverse('api-docs')}?{query}#list_adoption", _("API")),
        Link(reverse("data"), _("Data")),
    ]
