"""Counts of every ward, city and some squares, drawn by a fixed chance."""

import numpy as np

from tests.factories import NOON
from tracker.adoption.changes import CountCell
from tracker.adoption.models import AdoptionCount, CountSnapshot
from tracker.adoption.rows import Counts, row_of
from tracker.adoption.states import SnapshotState
from tracker.months import month_index
from tracker.places.kinds import ALL_SEGMENTS, Segment
from tracker.places.models import Area
from tracker.survey.specs import MEASURES

LAST = month_index(2026, 3)
MONTHS = 4
SIZES = (0, 3, 12, 40, 400)  # nothing, too few, wide, reliable
SQUARES = {"grid1000": 53_394_601, "grid500": 533_946_011, "grid250": 5_339_460_111}
SEGMENTS = (Segment.DRUGSTORE.value, Segment.CAFE.value)


def count_a_town() -> None:
    """A current snapshot of four months up to `LAST`; all shops are the sum of two groups."""
    chance = np.random.default_rng(7)
    snapshot = CountSnapshot.objects.create(
        state=SnapshotState.CURRENT, begun_at=NOON, made_current_at=NOON
    )
    areas = [("ward", int(area.code)) for area in Area.objects.exclude(city=None)]
    areas += [("city", code) for code in (13100, 26100, 27100)]
    areas += [(level, first + n) for level, first in SQUARES.items() for n in range(2)]
    rows = []
    for level, area in areas:
        parts = [_series(chance) for _segment in SEGMENTS]
        for segment, series in zip((*SEGMENTS, ALL_SEGMENTS), (*parts, sum(parts)), strict=True):
            counts = Counts(LAST - MONTHS + 1, np.asarray(series))
            rows.append(row_of(snapshot.pk, CountCell(level, segment, area), counts))
    AdoptionCount.objects.bulk_create(row for row in rows if row is not None)


def _series(chance: np.random.Generator) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    observed = chance.choice(SIZES, size=(len(MEASURES), MONTHS))
    yes = chance.integers(0, observed + 1)
    return np.stack([observed, yes], axis=1).astype(np.int64)
