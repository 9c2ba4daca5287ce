"""Counts as they are asked for: of one month over areas, or of one area over months.

Every question is one statement that names the current snapshot inside it, so that an answer
is of one snapshot whatever is made current meanwhile.
"""

from typing import NamedTuple

import numpy as np
from django.db.models import Q, QuerySet

from tracker.adoption.changes import Series
from tracker.adoption.models import AdoptionCount, CountSnapshot
from tracker.adoption.packing import series_from_bytes
from tracker.adoption.rows import counts_in
from tracker.adoption.states import SnapshotState
from tracker.places.kinds import ALL_SEGMENTS, AreaLevel
from tracker.survey.measures import Measure
from tracker.survey.specs import MEASURES


class Count(NamedTuple):
    """Shops with a live status, and those of them that are yes."""

    observed: int
    yes: int


NO_COUNT = Count(0, 0)


def _rows(
    level: AreaLevel, segment: str, areas: list[int] | None = None
) -> QuerySet[AdoptionCount]:
    rows = AdoptionCount.objects.filter(
        snapshot__state=SnapshotState.CURRENT, level=level, segment=segment
    )
    return rows if areas is None else rows.filter(area__in=areas)


def counts_by_area(
    *,
    level: AreaLevel,
    measure: Measure,
    month: int,
    segment: str = ALL_SEGMENTS,
    areas: list[int] | None = None,
) -> dict[int, Count]:
    """Area code → counts at the end of `month`; areas without a live status are left out."""
    rows = _rows(level, segment, areas).filter(first_month__lte=month).order_by("area")
    values = rows.values_list("area", "first_month", "width", measure.value)
    found = {area: _at(bytes(data), width, month - first) for area, first, width, data in values}
    return {area: count for area, count in found.items() if count.observed}


def _at(data: bytes, width: int, place: int) -> Count:
    """The pair of one month, read where it stands: observed first, all of yes after it."""
    months = len(data) // (2 * width)
    if place >= months:
        return NO_COUNT
    observed, yes = (
        int.from_bytes(data[begin : begin + width], "little")
        for begin in (place * width, (months + place) * width)
    )
    return Count(observed, yes)


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
    return series_by_area(
        level=level,
        measure=measure,
        areas=[area],
        first_month=first_month,
        last_month=last_month,
        segment=segment,
    )[area]


def series_by_area(
    *,
    level: AreaLevel,
    measure: Measure,
    areas: list[int],
    first_month: int,
    last_month: int,
    segment: str = ALL_SEGMENTS,
) -> dict[int, dict[int, Count]]:
    """Area → month → counts, for each of the areas and every month from first to last."""
    months = range(first_month, last_month + 1)
    found = {area: dict.fromkeys(months, NO_COUNT) for area in areas}
    rows = _rows(level, segment, areas)
    for area, begin, width, data in rows.values_list("area", "first_month", "width", measure.value):
        pairs = series_from_bytes(bytes(data), width).T.tolist()
        for month, (observed, yes) in enumerate(pairs, start=begin):
            if month in months:
                found[area][month] = Count(observed, yes)
    return found


class Runs(NamedTuple):
    """All months of one area and segment. `counts`: measure → [observed, yes] × month."""

    level: str
    segment: str
    area: int
    first_month: int
    counts: dict[str, Series]

    def at(self, measure: str, month: int) -> Count:
        """The pair of one month; zeros outside of what is kept."""
        run = self.counts[measure]
        place = month - self.first_month
        if not 0 <= place < run.shape[1]:
            return NO_COUNT
        return Count(int(run[0, place]), int(run[1, place]))


def everything_counted(segments_of_squares: tuple[str, ...] = (ALL_SEGMENTS,)) -> list[Runs]:
    """Every area with all its months, in one statement: of one moment, whatever is written.

    Squares only for the segments named. Ordered by level, segment and area.
    """
    named = Q(level__in=[AreaLevel.CITY, AreaLevel.WARD])
    rows = AdoptionCount.objects.filter(snapshot__state=SnapshotState.CURRENT)
    wanted = rows.filter(named | Q(segment__in=segments_of_squares))
    found = []
    for row in wanted.order_by("level", "segment", "area"):
        first, series = counts_in(row)
        counts = dict(zip(MEASURES, series, strict=True))
        found.append(Runs(row.level, row.segment, row.area, first, counts))
    return found


def counted_months() -> tuple[int, int] | None:
    """The first and the last month with a live status; None when nothing is counted."""
    months = [
        int(month) + row.first_month
        for row in _rows(AreaLevel.CITY, ALL_SEGMENTS)
        for month in np.flatnonzero(counts_in(row).series.any(axis=(0, 1)))[[0, -1]]
    ]
    return (min(months), max(months)) if months else None


def state_of_counts() -> str:
    """Names the present state of all counts; it changes whenever one of them may have changed."""
    current = CountSnapshot.objects.filter(state=SnapshotState.CURRENT)
    snapshot, refreshes = current.values_list("pk", "refreshes").first() or (0, 0)
    return f"{snapshot}.{refreshes}"
