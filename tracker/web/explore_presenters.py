"""Figures as a page shows them: words, choices and small pictures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from tracker.adoption.queries import Count
from tracker.adoption.strata import weighted_city
from tracker.months import month_of, month_text
from tracker.publication import words
from tracker.publication.figures import Cell, city_cell, city_series
from tracker.publication.filters import CITY_SLUGS, LEVELS, SEGMENTS, Filter, months_on_offer
from tracker.publication.trend import trend_svg
from tracker.vocabulary import City, Measure

TREND_MONTHS = 24


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Row:
    """One line of the table beside the map."""

    name: str
    code: int
    sentence: str
    share: str
    low: str
    high: str
    observed: int
    tier: str
    tier_name: str


@dataclass(frozen=True)
class TrendRow:
    month: str
    share: str
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
        slug=CITY_SLUGS[city],
        name=str(city.label),
        month=words.month_name(month),
        measures=measures,
        is_empty=all(not row.observed for item in measures for row in item.trend_rows),
    )


def _headline(city: City, measure: Measure, first: int, month: int) -> MeasureHeadline:
    cell = city_cell(city, measure, month)
    series = city_series(city, measure, first, month)
    sentence = words.figure_sentence(cell)
    svg = trend_svg(
        series,
        measure.value,
        f"{measure.label}: {sentence}",
        words.month_name(first),
        words.month_name(month),
    )
    return MeasureHeadline(
        measure=measure.value,
        label=str(measure.label),
        share="" if cell.share is None else words.percent(cell.share),
        sentence=sentence,
        weighted=words.weighted_sentence(weighted_city(city=city, measure=measure, month=month)),
        trend=mark_safe(svg),  # noqa: S308  # our own painter escapes every text it writes
        trend_rows=[_trend_row(cell, month, count) for month, count in series],
    )


def _trend_row(cell: Cell, month: int, count: Count) -> TrendRow:
    then = Cell(cell.level, cell.code, cell.name_ja, cell.name_en, cell.name_zh_hans, count)
    share = "" if then.share is None else words.percent(then.share)
    return TrendRow(words.month_name(month), share, count.observed)


def table_rows(cells: Sequence[Cell]) -> list[Row]:
    """The figures of the map, one line an area, in the order of the codes."""
    language = get_language() or "en"
    return [
        Row(
            name=cell.name(language),
            code=cell.code,
            sentence=words.figure_sentence(cell),
            share="" if cell.share is None else words.percent(cell.share),
            low="" if cell.interval is None else words.percent(cell.interval.low),
            high="" if cell.interval is None else words.percent(cell.interval.high),
            observed=cell.count.observed,
            tier=cell.tier.value,
            tier_name=words.tier_name(cell.tier),
        )
        for cell in cells
    ]


def filter_choices(wanted: Filter, months: range) -> dict[str, list[Choice]]:
    """What the filter form offers, with what is chosen."""
    return {
        "city": [
            Choice(slug, str(city.label), city == wanted.city) for city, slug in CITY_SLUGS.items()
        ],
        "measure": [
            Choice(item.value, str(item.label), item == wanted.measure) for item in Measure
        ],
        "level": [Choice(item.value, str(item.label), item == wanted.level) for item in LEVELS],
        "segment": [
            Choice(item, words.segment_name(item), item == wanted.segment) for item in SEGMENTS
        ],
        "month": [
            Choice(month_text(month), words.month_name(month), month == wanted.month)
            for month in reversed(months)
        ],
    }
