"""Shares on a page: the map, the ranking, the trend, each with its table."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tracker.adoption.queries import Count
from tracker.months import month_text
from tracker.places.kinds import AreaLevel
from tracker.places.outlines import outline_credit, outlines_of
from tracker.publication.drawing.chart import Drawing
from tracker.publication.drawing.panel import panel_svg
from tracker.publication.drawing.ranking import highest_first, ranking_chart
from tracker.publication.drawing.scene import paints_of
from tracker.publication.figures import words
from tracker.publication.figures.cells import Cell, city_cell
from tracker.publication.figures.filters import Filter
from tracker.web.explore.figures import (
    Figure,
    PagePart,
    PageTable,
    TableRow,
    charted,
    drawn,
    share_key,
)
from tracker.web.explore.live_map import live_map_of

MOST_ROWS = 250  # of squares on a page; the file has all


def map_part(shown: Filter, cells: list[Cell]) -> PagePart:
    """The map, its key, and the figures as a table."""
    title = f"{words.title_of(shown)}. {words.subtitle_of(shown, cells)}"
    svg = panel_svg(outlines_of(shown.city.value), paints_of(cells), title=title)
    figure = Figure("", drawn(svg), outline_credit())
    caption = _("The figures of the map")
    return PagePart(
        figures=[figure],
        key=share_key(),
        tables=[share_table("table", caption, cells, shown)],
        layout="beside",
        live=live_map_of(shown, cells),
    )


def ranking_part(shown: Filter, cells: list[Cell]) -> PagePart:
    """Dots with whiskers, highest first, and the same order as a table."""
    ordered, whole = highest_first(cells), whole_of(shown)
    table = share_table("table", _("The figures of the ranking"), ordered, shown)
    return PagePart(
        sentences=[] if whole is None else [city_sentence(whole)],
        figures=[Figure("", charted(ranking_of(shown, ordered, whole)), ranking_note())],
        tables=[table],
        layout="beside",
    )


def whole_of(shown: Filter) -> Cell | None:
    """The city's own figure; it is as of now, so that it is left out of what was known once."""
    if shown.as_of is not None:
        return None
    return city_cell(shown.city, shown.measure, shown.month, shown.segment)


def ranking_of(shown: Filter, ordered: list[Cell], whole: Cell | None) -> Drawing:
    """The chart of a ranking, named with all it shows."""
    return ranking_chart(
        ordered,
        shown.measure.value,
        title=f"{words.title_of(shown)}. {words.subtitle_of(shown, ordered)}",
        whole=whole,
        language=get_language() or "en",
    )


def ranking_note() -> str:
    return _(
        "The dot is the share, the line its 95% interval; a hollow dot stands for a wide "
        "interval. No dot: not enough data."
    )


def city_sentence(city: Cell) -> str:
    """What the dashed line of a ranking says."""
    return _("The whole city (dashed line): %(figure)s.") % {"figure": words.figure_sentence(city)}


def share_table(key: str, caption: str, cells: list[Cell], shown: Filter) -> PageTable:
    """Share, interval, n and tier of every area; of many squares those with the most shops."""
    chosen, note = cells, ""
    if len(cells) > MOST_ROWS and cells[0].level != AreaLevel.WARD:
        chosen = sorted(cells, key=lambda cell: -cell.count.observed)[:MOST_ROWS]
        note = _(
            "The %(shown)s squares with the most shops, out of %(all)s. The file has all of them."
        )
        note %= {"shown": len(chosen), "all": len(cells)}
    head = [_("Area"), _("Share"), _("95 % interval"), "n", _("Reliability")]
    return PageTable(key, caption, head, share_rows(chosen, shown), note)


def share_rows(cells: Iterable[Cell], shown: Filter) -> list[TableRow]:
    language = get_language() or "en"
    return [
        TableRow(
            name=cell.name(language),
            cells=[*share_cells(cell), words.tier_word(cell.tier)],
            code=cell.code_text,
            href=area_link(cell, shown),
            tier=cell.tier.value,
        )
        for cell in cells
    ]


def share_cells(cell: Cell) -> list[str]:
    """Share, interval and n as text; a dash for what is not shown."""
    if cell.share is None or cell.interval is None:
        return ["–", "–", f"{cell.count.observed:,}"]
    low, high = words.percent(cell.interval.low), words.percent(cell.interval.high)
    return [words.percent(cell.share), f"{low}–{high}", f"{cell.count.observed:,}"]


def area_link(cell: Cell, shown: Filter) -> str:
    """The page of a ward, about the same measure, month and shops; empty for squares."""
    if cell.level != AreaLevel.WARD:
        return ""
    values = {
        "measure": shown.measure.value,
        "month": month_text(shown.month),
        "segment": shown.segment,
    }
    return f"{reverse('area', args=[cell.code_text])}?{urlencode(values)}"


def cell_then(cell: Cell, count: Count) -> Cell:
    """The figure of the same area with another count."""
    return Cell(cell.level, cell.code, cell.name_ja, cell.name_en, cell.name_zh_hans, count)
