"""The headlines of the first page: words and small pictures."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString

from tracker.adoption.queries import Count
from tracker.adoption.strata import weighted_city
from tracker.months import month_of
from tracker.places.atlas.cities import City
from tracker.publication.drawing.trend import Ends, trend_chart
from tracker.publication.figures import words
from tracker.publication.figures.cells import Cell, city_cell, city_series
from tracker.publication.figures.filters import months_on_offer
from tracker.survey.measures import Measure
from tracker.web.explore.figures import charted
from tracker.web.explore.shares import cell_then, share_cells

TREND_MONTHS = 24


@dataclass(frozen=True)
class TrendRow:
    """A month with share, interval and n as text."""

    month: str
    cells: list[str]
    observed: int


@dataclass(frozen=True)
class MeasureHeadline:
    measure: str
    label: str
    share: str  # "" where there is no figure
    sentence: str
    weighted: str  # the share weighted by the census frame, or why there is none; "" without one
    trend: SafeString
    trend_rows: list[TrendRow]


@dataclass(frozen=True)
class CityHeadline:
    slug: str
    name: str
    month: str
    measures: list[MeasureHeadline]
    is_empty: bool


def city_headlines(*, at: datetime) -> list[CityHeadline]:
    """Each city with the newest figure and the trend of every measure."""
    month = month_of(at)
    first = max(months_on_offer(at=at)[0], month - TREND_MONTHS + 1)
    return [_city_headline(city, first, month) for city in City]


def _city_headline(city: City, first: int, month: int) -> CityHeadline:
    measures = [_headline(city, measure, first, month) for measure in Measure]
    return CityHeadline(
        slug=city.slug,
        name=str(city.label),
        month=words.month_name(month),
        measures=measures,
        is_empty=all(not row.observed for item in measures for row in item.trend_rows),
    )


def _headline(city: City, measure: Measure, first: int, month: int) -> MeasureHeadline:
    cell = city_cell(city, measure, month)
    series = city_series(city, measure, first, month)
    sentence = words.figure_sentence(cell)
    chart = trend_chart(
        series,
        measure.value,
        f"{measure.label}: {sentence}",
        Ends(words.month_name(first), words.month_name(month)),
    )
    return MeasureHeadline(
        measure=measure.value,
        label=str(measure.label),
        share="" if cell.share is None else words.percent(cell.share),
        sentence=sentence,
        weighted=words.weighted_sentence(weighted_city(city=city, measure=measure, month=month)),
        trend=charted(chart),
        trend_rows=[_trend_row(cell, month, count) for month, count in series],
    )


def _trend_row(cell: Cell, month: int, count: Count) -> TrendRow:
    return TrendRow(words.month_name(month), share_cells(cell_then(cell, count)), count.observed)
