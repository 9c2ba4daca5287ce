"""Counts as they are asked for: of one month over areas, or of one area over months."""

from typing import NamedTuple

from django.db.models import Max, Min, QuerySet, Sum

from tracker.adoption.models import AdoptionCount
from tracker.vocabulary import ALL_SEGMENTS, AreaLevel, Measure


class Count(NamedTuple):
    """Shops with a live status, and those of them that are yes."""

    observed: int
    yes: int


NO_COUNT = Count(0, 0)


def _cells(
    level: AreaLevel, measure: Measure, segment: str, areas: list[int] | None
) -> QuerySet[AdoptionCount]:
    cells = AdoptionCount.objects.filter(level=level, measure=measure, segment=segment)
    return cells if areas is None else cells.filter(area__in=areas)


def counts_by_area(
    *,
    level: AreaLevel,
    measure: Measure,
    month: int,
    segment: str = ALL_SEGMENTS,
    areas: list[int] | None = None,
) -> dict[int, Count]:
    """Area code → counts at the end of `month`; areas without a live status are left out."""
    rows = (
        _cells(level, measure, segment, areas)
        .filter(month__lte=month)
        .values("area")
        .annotate(observed=Sum("observed_change"), yes=Sum("yes_change"))
        .filter(observed__gt=0)
        .order_by("area")
    )
    return {row["area"]: Count(row["observed"], row["yes"]) for row in rows}


def counts_by_month(
    *,
    level: AreaLevel,
    measure: Measure,
    area: int,
    first_month: int,
    last_month: int,
    segment: str = ALL_SEGMENTS,
) -> dict[int, Count]:
    """Month → counts of one area, for every month from `first_month` to `last_month`."""
    changes = {
        row.month: Count(row.observed_change, row.yes_change)
        for row in _cells(level, measure, segment, [area]).filter(month__lte=last_month)
    }
    running = NO_COUNT
    for month in sorted(month for month in changes if month < first_month):
        running = _sum(running, changes[month])
    series: dict[int, Count] = {}
    for month in range(first_month, last_month + 1):
        running = _sum(running, changes.get(month, NO_COUNT))
        series[month] = running
    return series


def _sum(one: Count, other: Count) -> Count:
    return Count(one.observed + other.observed, one.yes + other.yes)


def counted_months() -> tuple[int, int] | None:
    """The first and the last month in which any count changes; None when nothing is counted."""
    ends = AdoptionCount.objects.aggregate(first=Min("month"), last=Max("month"))
    return None if ends["first"] is None else (ends["first"], ends["last"])
