"""Two small maps of the first page: each wallet in the city that was looked at most."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tracker.months import month_of
from tracker.places.atlas.cities import City
from tracker.places.kinds import ALL_SEGMENTS, AreaLevel
from tracker.places.outlines import outline_credit, outlines_of
from tracker.publication.drawing.panel import panel_svg
from tracker.publication.drawing.scene import paints_of
from tracker.publication.figures import words
from tracker.publication.figures.cells import Cell, cells_of, city_cell, city_cells
from tracker.publication.figures.filters import Filter
from tracker.survey.measures import EITHER_WALLET, WALLETS
from tracker.web.explore.figures import Figure, PagePart, PageTable, TableRow, drawn, share_key
from tracker.web.explore.shares import area_link, share_cells


def wallet_maps(*, at: datetime) -> list[PagePart]:
    """Both maps on one scale and their table; none where nothing is counted."""
    month = month_of(at)
    city = _most_observed(month)
    if city is None:
        return []
    shown = [Filter(city, one, AreaLevel.WARD, month, ALL_SEGMENTS) for one in WALLETS]
    found = [(one, cells_of(one)) for one in shown]
    return [
        PagePart(
            heading=_("%(area)s, end of %(month)s")
            % {"area": city.label, "month": words.month_name(month)},
            figures=[_map(one, cells) for one, cells in found],
            key=share_key(),
            tables=[_table(shown[0], [cells for _one, cells in found])],
            foot=outline_credit(),
            layout="small",
            closed=True,
        )
    ]


def _most_observed(month: int) -> City | None:
    cells = city_cells(EITHER_WALLET, month, ALL_SEGMENTS)
    city = max(cells, key=lambda one: cells[one].count.observed)
    return city if cells[city].count.observed else None


def _map(shown: Filter, cells: list[Cell]) -> Figure:
    """The areas; the figure of the whole city below; the title leads to the large map."""
    whole = words.figure_sentence(city_cell(shown.city, shown.measure, shown.month))
    title = words.title_of(shown)
    svg = panel_svg(outlines_of(shown.city.value), paints_of(cells), title=f"{title}: {whole}")
    note = _("The whole city: %(figure)s.") % {"figure": whole}
    return Figure(title, drawn(svg), note, href=f"{reverse('explore')}?view=map&{shown.query}")


def _table(shown: Filter, sides: list[list[Cell]]) -> PageTable:
    """Share, interval and n of both wallets, ward by ward."""
    language = get_language() or "en"
    rows = [
        TableRow(
            name=cells[0].name(language),
            cells=[text for cell in cells for text in share_cells(cell)],
            code=cells[0].code_text,
            href=area_link(cells[0], shown),
        )
        for cells in zip(*sides, strict=True)
    ]
    head = [_("Area")]
    for wallet in WALLETS:
        head += [str(wallet.label), _("95 % interval"), "n"]
    return PageTable("wallets", _("The figures of both maps"), head, rows)
