"""Two figures of every area on a page: two measures side by side, or two months."""

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tracker.places.kinds import AreaLevel
from tracker.places.outlines import outline_credit, outlines_of
from tracker.publication.drawing.change_map import change_paints, change_signs
from tracker.publication.drawing.chart import Drawing
from tracker.publication.drawing.panel import panel_svg
from tracker.publication.drawing.scatter import Axes, scatter_chart
from tracker.publication.drawing.scene import paints_of
from tracker.publication.figures import contrast_words, words
from tracker.publication.figures.cells import Cell
from tracker.publication.figures.contrasts import Contrast, Contrasts, largest_first
from tracker.publication.figures.filters import Filter
from tracker.publication.figures.questions import Question
from tracker.web.explore.figures import (
    Figure,
    PagePart,
    PageTable,
    TableRow,
    charted,
    difference_key,
    drawn,
    share_key,
    written,
)
from tracker.web.explore.shares import MOST_ROWS, area_link, share_cells
from tracker.web.explore.transitions import transition_part

MOST_TITLED = 250  # squares on each of three maps
T = TypeVar("T")


class Sides(NamedTuple):
    """The two figures of a contrast by name; the later one is shown first if `is_after_first`."""

    before: str
    after: str
    is_after_first: bool

    def in_order(self, before: T, after: T) -> tuple[T, T]:
        """Two things in the order in which the page shows them."""
        return (after, before) if self.is_after_first else (before, after)


def compare_parts(question: Question, found: Contrasts) -> list[PagePart]:
    """Both maps on one scale, the map of the difference, the scatter, and their table."""
    sides = sides_of(question)
    return [
        _pair_part(question.shown, found, sides),
        _difference_part(question.shown, found, sides),
        _scatter_part(found, sides),
    ]


def change_parts(question: Question, found: Contrasts) -> list[PagePart]:
    """Both months on one scale, the map of the change, and what became of the shops."""
    sides = sides_of(question)
    return [
        _difference_part(question.shown, found, sides),
        _pair_part(question.shown, found, sides),
        transition_part(question.shown, found),
    ]


def sides_of(question: Question) -> Sides:
    """What the two figures are called: measures, the one asked for first; or months."""
    shown = question.shown
    if question.other is not None:
        return Sides(str(question.other.label), str(shown.measure.label), True)
    since = shown.month if question.since is None else question.since
    return Sides(words.month_name(since), words.month_name(shown.month), False)


def whole_sentences(found: Contrasts, sides: Sides) -> list[str]:
    """The whole city: both figures with their intervals, and the difference with its own."""
    city = found.city
    area = city.after.name(get_language() or "en")
    lines = [
        _("%(area)s, %(what)s: %(figure)s.")
        % {"area": area, "what": name, "figure": words.figure_sentence(cell)}
        for name, cell in sides.in_order((sides.before, city.before), (sides.after, city.after))
    ]
    difference = city.difference
    if difference is None:
        return lines
    line = _("Difference: %(difference)s.") % {
        "difference": contrast_words.difference_sentence(difference)
    }
    return written([*lines, line, contrast_words.doubt_sentence(difference)])


def _pair_part(shown: Filter, found: Contrasts, sides: Sides) -> PagePart:
    befores = (sides.before, [one.before for one in found.areas])
    afters = (sides.after, [one.after for one in found.areas])
    return PagePart(
        heading=_("Comparison"),
        figures=[_pair_map(shown, *side) for side in sides.in_order(befores, afters)],
        key=share_key(),
        layout="pair",
    )


def _pair_map(shown: Filter, name: str, cells: list[Cell]) -> Figure:
    title = _("%(what)s in %(city)s") % {"what": name, "city": shown.city.label}
    outlines = outlines_of(shown.city.value)
    svg = panel_svg(outlines, paints_of(cells), title=title, most_titled=MOST_TITLED)
    return Figure(name, drawn(svg))


def _difference_part(shown: Filter, found: Contrasts, sides: Sides) -> PagePart:
    heading = _("Difference: %(after)s minus %(before)s") % sides._asdict()
    svg = panel_svg(
        outlines_of(shown.city.value),
        change_paints(found.areas),
        title=heading,
        signs=change_signs(found.areas),
        most_titled=MOST_TITLED,
    )
    return PagePart(
        heading=heading,
        sentences=whole_sentences(found, sides),
        figures=[Figure("", drawn(svg), outline_credit())],
        key=difference_key(),
        tables=[_table(shown, found.areas, sides)],
        layout="beside",
    )


def _scatter_part(found: Contrasts, sides: Sides) -> PagePart:
    chart = scatter_of(found, sides)
    note = _(
        "Each mark is an area, its lines are the two 95% intervals. On the dashed line both "
        "shares are equal. The table above has the same figures."
    )
    return PagePart(heading=chart.title, figures=[Figure("", charted(chart), note)])


def scatter_of(found: Contrasts, sides: Sides) -> Drawing:
    """The chart of both shares of every area."""
    return scatter_chart(
        found.areas,
        axes=Axes(across=sides.before, up=sides.after),
        title=_("%(after)s and %(before)s by area") % sides._asdict(),
        language=get_language() or "en",
    )


def scatter_note() -> str:
    return _(
        "Each mark is an area, its lines are the two 95% intervals. On the dashed line both "
        "shares are equal."
    )


def _table(shown: Filter, areas: Sequence[Contrast], sides: Sides) -> PageTable:
    ordered, note = largest_first(areas), ""
    if len(ordered) > MOST_ROWS and shown.level != AreaLevel.WARD:
        note = _("The first %(shown)s of %(all)s squares.")
        note %= {"shown": MOST_ROWS, "all": len(ordered)}
        ordered = ordered[:MOST_ROWS]
    names = sides.in_order(sides.before, sides.after)
    head = [_("Area"), *names, _("Difference (points)"), _("95 % interval"), "n"]
    rows = [_row(one, shown, sides) for one in ordered]
    return PageTable("differences", _("The figures of the maps"), head, rows, note)


def _row(one: Contrast, shown: Filter, sides: Sides) -> TableRow:
    difference = one.difference
    low_high, value = "–", "–"
    if difference is not None:
        value = contrast_words.points(difference.value)
        ends = (contrast_words.points(difference.low), contrast_words.points(difference.high))
        low_high = _("%(low)s to %(high)s") % {"low": ends[0], "high": ends[1]}
    first, second = sides.in_order(share_cells(one.before), share_cells(one.after))
    return TableRow(
        name=one.after.name(get_language() or "en"),
        cells=[first[0], second[0], value, low_high, f"{first[2]} / {second[2]}"],
        code=one.after.code_text,
        href=area_link(one.after, shown),
        tier=one.tier.value,
    )
