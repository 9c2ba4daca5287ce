"""Figures: of a map, and of one area over months. The same functions as the pages use."""

from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.adoption.queries import NO_COUNT, counts_by_month, state_of_counts
from tracker.api.build import build
from tracker.api.cursors import Keyed
from tracker.api.filter_parameters import AREA, FILTERS, SERIES
from tracker.api.read_view import ApiQuestion, ListView
from tracker.api.shapes import ShapeField
from tracker.errors import Invalid
from tracker.places.atlas.cities import WARD_CODES, City, city_of
from tracker.places.kinds import AreaLevel
from tracker.places.queries import areas_by_code, has_invented_shops
from tracker.places.squares import candidates
from tracker.publication.figures.cells import Cell, area_cell, cells_of
from tracker.publication.figures.filters import filter_from, month_among, months_on_offer
from tracker.publication.files.columns import COLUMNS, ColumnKind, row_of

FILTERED = ("measure", "segment")  # what a series shares with a map
LEVEL_OF_DIGITS = {8: AreaLevel.GRID1000, 9: AreaLevel.GRID500, 10: AreaLevel.GRID250}


class FigureList(ListView):
    """Rows of the download; they change with the counts and with nothing else."""

    @property
    def fields(self) -> tuple[ShapeField, ...]:
        return tuple(
            ShapeField(
                column.name,
                column.note,
                # What is too few to say is empty; a text is never null.
                "string" if column.kind is ColumnKind.TEXT else [column.kind.value, "null"],
                tuple(column.values),
            )
            for column in COLUMNS
        )

    def state(self) -> str:
        return f"{state_of_counts()} {has_invented_shops()} {build()}"


class Adoption(FigureList):
    """The figures of one map; the filters are those of the page."""

    operation = "list_adoption"
    title = gettext_lazy("The figures of a map")
    note = gettext_lazy(
        "One row per area: the wards of a city, or every square with an observed shop. "
        "Shares come with interval and n; where there is not enough data they are empty, "
        "never 0."
    )
    own_parameters = FILTERS
    file = "adoption"

    def rows(self, asked: ApiQuestion) -> Iterator[Keyed]:
        wanted = filter_from(asked.values, at=asked.at)
        cells = sorted(cells_of(wanted), key=lambda cell: cell.code)
        return ((cell.code, row_of(wanted, cell)) for cell in cells if cell.code > asked.after)


class AdoptionSeries(FigureList):
    """One area over months."""

    operation = "list_adoption_series"
    title = gettext_lazy("The figures of one area over months")
    note = gettext_lazy(
        "One row per month, earliest first, with the columns of the map. Months before the "
        "first visit have an n of 0."
    )
    own_parameters = SERIES
    file = "series"

    def rows(self, asked: ApiQuestion) -> Iterator[Keyed]:
        area, city = _area_of(asked.values["area"])
        values = {"city": city.slug}
        values |= {key: asked.values[key] for key in FILTERED if key in asked.values}
        wanted = filter_from(values, at=asked.at)
        wanted = replace(wanted, level=area.level)
        offered = months_on_offer(at=asked.at)
        first = _month(asked.values, "first", offered, offered[0])
        last = _month(asked.values, "last", offered, offered[-1])
        series = counts_by_month(
            level=area.level,
            measure=wanted.measure,
            area=area.code,
            first_month=max(first, asked.after + 1),
            last_month=last,
            segment=wanted.segment,
        )
        return (
            (month, row_of(wanted.at_month(month), replace(area, count=count)))
            for month, count in sorted(series.items())
        )


def _area_of(code: str) -> tuple[Cell, City]:
    """The area of a code, still without its count, and its city. Invalid where there is none."""
    wards = candidates(int(code[:8])) & WARD_CODES
    if len(code) > 5 and wards:
        square = Cell(LEVEL_OF_DIGITS[len(code)], int(code), "", "", "", NO_COUNT)
        return square, city_of(min(wards))
    area = areas_by_code([code]).get(code)
    if area is None:
        raise Invalid(
            _("“%(value)s” is not the code of a surveyed area.") % {"value": code},
            field=AREA.name,
        )
    return area_cell(area, NO_COUNT), City(area.city_id or code)


def _month(values: dict[str, str], name: str, offered: range, default: int) -> int:
    """The month of a parameter; Invalid where it is none, or none with data."""
    text = values.get(name, "")
    return month_among(text, name, offered) if text else default
