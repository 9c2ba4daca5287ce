"""Trends on a page: one in full, and one small one for every ward."""

from collections.abc import Mapping, Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tracker.adoption.queries import Count, series_by_area
from tracker.places.kinds import AreaLevel
from tracker.places.queries import wards_in
from tracker.publication.drawing.chart import Drawing
from tracker.publication.drawing.trend import LARGE, SMALL, Canvas, Ends, TrendBreak, trend_chart
from tracker.publication.figures import words
from tracker.publication.figures.cells import Cell, area_cell, named_city
from tracker.publication.figures.filters import Filter
from tracker.publication.figures.rule_breaks import RuleBreak, breaks_of
from tracker.web.explore.figures import Figure, PagePart, PageTable, TableRow, charted
from tracker.web.explore.shares import area_link, cell_then, share_cells

TREND_MONTHS = 24
Series = Mapping[int, Count]  # month → counts
Breaks = Sequence[RuleBreak]


def months_shown(shown: Filter, first_month: int) -> range:
    """The last two years up to the month asked, from the first one with data on."""
    return range(max(first_month, shown.month - TREND_MONTHS + 1), shown.month + 1)


def trend_parts(shown: Filter, first_month: int) -> list[PagePart]:
    """The trend of the city, then that of each of its wards."""
    months = months_shown(shown, first_month)
    city, city_series = city_trend(shown, months)
    wards = list(wards_in(shown.city))
    by_ward = _series(shown, AreaLevel.WARD, [int(ward.code) for ward in wards], months)
    cells = [area_cell(ward, by_ward[int(ward.code)][shown.month]) for ward in wards]
    breaks = breaks_in(shown, city_series)
    return [
        trend_part(shown, city, city_series, breaks),
        _ward_part(shown, cells, by_ward, breaks),
    ]


def city_trend(shown: Filter, months: range) -> tuple[Cell, Series]:
    """The newest figure of a city, and its counts month by month."""
    code = int(shown.city)
    series = _series(shown, AreaLevel.CITY, [code], months)[code]
    return named_city(shown.city, series[shown.month]), series


def ward_series(shown: Filter, code: int, first_month: int) -> Series:
    """Month → counts of one ward."""
    return _series(shown, AreaLevel.WARD, [code], months_shown(shown, first_month))[code]


def trend_part(shown: Filter, cell: Cell, series: Series, breaks: Breaks) -> PagePart:
    """One trend in full size, with every month in a table."""
    name = cell.name(get_language() or "en")
    figure = Figure("", charted(trend_of(shown, cell, series, LARGE, breaks)), trend_note())
    rows = [
        TableRow(words.month_name(month), share_cells(cell_then(cell, count)))
        for month, count in sorted(series.items(), reverse=True)
    ]
    head = [_("Month"), _("Share"), _("95 % interval"), "n"]
    caption = _("By month: %(area)s") % {"area": name}
    return PagePart(
        sentences=[
            _("%(area)s, %(what)s: %(figure)s.")
            % {
                "area": name,
                "what": shown.measure.label,
                "figure": words.figure_sentence(cell),
            },
            *(one.sentence for one in breaks),
        ],
        figures=[figure],
        tables=[PageTable("months", caption, head, rows)],
        layout="beside",
    )


def trend_of(shown: Filter, cell: Cell, series: Series, canvas: Canvas, breaks: Breaks) -> Drawing:
    """The trend of an area, named with its newest figure."""
    months = sorted(series)
    name = cell.name(get_language() or "en")
    title = f"{name}, {shown.measure.label}: {words.figure_sentence(cell)}"
    ends = Ends(words.month_name(months[0]), words.month_name(months[-1]))
    lines = [TrendBreak(one.place, f"{one.day}") for one in breaks]
    return trend_chart(
        sorted(series.items()), shown.measure.value, title, ends, canvas, breaks=lines
    )


def breaks_in(shown: Filter, series: Series) -> Breaks:
    """The days on which a rule moves what is shown; the same for every area of these months."""
    return breaks_of(shown.measure, first_month=min(series), last_month=max(series))


def trend_note() -> str:
    return _(
        "Share in per cent at the end of each month; the shaded area is the 95% interval. "
        "Months without enough data are left out. A hollow mark stands for a wide interval."
    )


def _ward_part(
    shown: Filter, cells: list[Cell], by_ward: Mapping[int, Series], breaks: Breaks
) -> PagePart:
    language = get_language() or "en"
    figures = [
        Figure(
            cell.name(language), charted(trend_of(shown, cell, by_ward[cell.code], SMALL, breaks))
        )
        for cell in cells
        if any(count.observed for count in by_ward[cell.code].values())
    ]
    return PagePart(
        heading=_("By ward"),
        figures=figures,
        tables=[_ward_table(shown, cells, by_ward)],
        layout="many",
        closed=True,
    )


def _ward_table(shown: Filter, cells: list[Cell], by_ward: Mapping[int, Series]) -> PageTable:
    """Wards by months: the share, or n where there are too few."""
    months = sorted(by_ward[cells[0].code], reverse=True)
    rows = [
        TableRow(
            cell.name(get_language() or "en"),
            [_short(cell_then(cell, by_ward[cell.code][month])) for month in months],
            code=cell.code_text,
            href=area_link(cell, shown),
        )
        for cell in cells
    ]
    head = [_("Ward"), *(words.month_name(month) for month in months)]
    note = _("Share with n in brackets; n alone where there is not enough data.")
    return PageTable("wards", _("Every ward by month"), head, rows, note)


def _short(cell: Cell) -> str:
    if not cell.count.observed:
        return "–"
    n = f"{cell.count.observed:,}"
    return f"n = {n}" if cell.share is None else f"{words.percent(cell.share)} ({n})"


def _series(
    shown: Filter, level: AreaLevel, areas: list[int], months: range
) -> dict[int, dict[int, Count]]:
    return series_by_area(
        level=level,
        measure=shown.measure,
        areas=areas,
        first_month=months[0],
        last_month=months[-1],
        segment=shown.segment,
    )
