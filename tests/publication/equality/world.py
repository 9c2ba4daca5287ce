"""A counted world whose integers are known: every figure is worked out here by another road."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from math import sqrt
from statistics import NormalDist
from typing import NamedTuple
from urllib.parse import urlencode

import numpy as np

from tests.factories import NOON
from tracker.adoption.changes import CountCell
from tracker.adoption.models import AdoptionCount, CountSnapshot
from tracker.adoption.rows import Counts, row_of
from tracker.adoption.states import SnapshotState
from tracker.months import month_index, month_text
from tracker.places.atlas.cities import CITY_OF_SLUG, City, city_of, wards_of
from tracker.places.grid import children
from tracker.places.kinds import ALL_SEGMENTS, Segment
from tracker.places.squares import squares_of_wards
from tracker.survey.specs import MEASURES

LAST = month_index(2026, 3)
MONTHS = 4
SIZES = (0, 3, 12, 40, 400)  # shops: nothing, too few, wide, reliable
GRIDS = ("grid1000", "grid500", "grid250")
SEGMENTS = dict.fromkeys(GRIDS, (Segment.DRUGSTORE.value, Segment.CAFE.value)) | {
    level: tuple(Segment.values) for level in ("city", "ward")
}
MANY, FEW = 300, 40  # squares of 250 m in Tokyo, more than a page lists; of the other kinds
Z = NormalDist().inv_cdf(0.975)
Numbers = np.ndarray[tuple[int, ...], np.dtype[np.int64]]  # measure × [observed, yes] × month


class Figure(NamedTuple):
    """A figure as a file gives it: shares of four digits, None where nothing may be said."""

    n: int
    yes: int | None
    share: float | None
    low: float | None
    high: float | None
    tier: str


class Shown(NamedTuple):
    """The same as a page shows it: whole per cent of what the file gives."""

    n: int
    share: int | None
    low: int | None
    high: int | None
    tier: str


class Asked(NamedTuple):
    """The five filters of a map, as its address has them."""

    city: str
    measure: str
    level: str
    month: int
    segment: str

    @property
    def query(self) -> str:
        return urlencode(self._asdict() | {"month": month_text(self.month)})


@dataclass(frozen=True, repr=False)
class World:
    """(level, segment, area) → its integers from MONTHS before the end of `LAST`."""

    numbers: dict[tuple[str, str, int], Numbers]

    def figures(self, asked: Asked) -> dict[str, Figure]:
        """Area → its figure: all wards, or the squares with an observed shop."""
        counts = {area: self._count(asked, area) for area in areas_of(asked.city, asked.level)}
        return {
            str(area): figure_of(*count)
            for area, count in counts.items()
            if count[0] or asked.level == "ward"
        }

    def _count(self, asked: Asked, area: int) -> tuple[int, int]:
        series = self.numbers[asked.level, asked.segment, area]
        observed, yes = series[MEASURES.index(asked.measure), :, asked.month - LAST - 1]
        return int(observed), int(yes)


def figure_of(observed: int, yes: int) -> Figure:
    """Wilson's ends as the roots of (p − yes/n)² = z² p(1 − p)/n, and what they are good for."""
    if not observed:
        return Figure(0, None, None, None, None, "not_surveyed")
    share, spread = yes / observed, Z * Z / observed
    a, b = 1 + spread, 2 * share + spread
    root = sqrt(max(0.0, b * b - 4 * a * share * share))
    low, high = (b - root) / (2 * a), (b + root) / (2 * a)
    reach = (high - low) / 2
    if observed < 10 or reach > 0.2:
        return Figure(observed, None, None, None, None, "too_few")
    tier = "reliable" if reach <= 0.1 else "wide"
    return Figure(observed, yes, round(share, 4), round(abs(low), 4), round(high, 4), tier)


def shown(figure: Figure) -> Shown:
    """Half a per cent is rounded up, as on paper."""
    share, low, high = (_percent(end) for end in (figure.share, figure.low, figure.high))
    return Shown(figure.n, share, low, high, figure.tier)


def _percent(end: float | None) -> int | None:
    if end is None:
        return None
    return int((100 * Decimal(str(end))).quantize(Decimal(1), ROUND_HALF_UP))


def areas_of(city: str, level: str) -> list[int]:
    """Wards of a city, or so many of its squares that all wholly lie in one ward."""
    code = CITY_OF_SLUG[city]
    if level == "ward":
        return [int(ward.code) for ward in wards_of(code)]
    squares = _own_squares(code)
    for _step in range(GRIDS.index(level)):
        squares = [child for square in squares for child in children(square)]
    return squares[: MANY if (city, level) == ("tokyo", "grid250") else FEW]


def _own_squares(city: City) -> list[int]:
    by_ward = squares_of_wards().items()
    return sorted(
        square for ward, (own, _shared) in by_ward if city_of(ward) == city for square in own
    )


def count_the_world() -> World:
    """A current snapshot with all of it; all shops are the sum of their groups."""
    chance = np.random.default_rng(11)
    snapshot = CountSnapshot.objects.create(
        state=SnapshotState.CURRENT, begun_at=NOON, made_current_at=NOON
    )
    numbers: dict[tuple[str, str, int], Numbers] = {}
    for level, area in _places():
        groups = SEGMENTS[level]
        parts = [_series(chance) for _group in groups]
        for segment, series in zip((*groups, ALL_SEGMENTS), (*parts, sum(parts)), strict=True):
            numbers[level, segment, area] = np.asarray(series)
    first = LAST - MONTHS + 1
    rows = [
        row_of(snapshot.pk, CountCell(*key), Counts(first, one)) for key, one in numbers.items()
    ]
    AdoptionCount.objects.bulk_create([row for row in rows if row is not None], batch_size=2000)
    return World(numbers)


def _places() -> Iterator[tuple[str, int]]:
    for city, code in CITY_OF_SLUG.items():
        yield "city", int(code)
        for level in ("ward", *GRIDS):
            yield from ((level, area) for area in areas_of(city, level))


def _series(chance: np.random.Generator) -> Numbers:
    observed = chance.choice(SIZES, size=(len(MEASURES), MONTHS))
    return np.stack([observed, chance.integers(0, observed + 1)], axis=1).astype(np.int64)
