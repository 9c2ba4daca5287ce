"""The shops behind two figures, counted together: of two months, or of two measures.

It reads what is kept of every shop of the city in the current snapshot, so that the numbers
are those of the counts to the last shop.
"""

import numpy as np
from django.db.models import Q

from tracker.adoption.estimation.comparison import Overlap
from tracker.adoption.models import CountedShop
from tracker.adoption.states import SnapshotState
from tracker.adoption.statuses import Look, kept_spans, overlaps_of, statuses_at
from tracker.adoption.timelines import Ints
from tracker.places.atlas.cities import City, wards_of
from tracker.places.kinds import ALL_SEGMENTS, AreaLevel
from tracker.places.squares import squares_between_cities
from tracker.survey.specs import SINGLES

GRID250_DIVISOR = {AreaLevel.GRID1000: 100, AreaLevel.GRID500: 10, AreaLevel.GRID250: 1}


def overlaps_by_level(
    *,
    city: City,
    levels: tuple[AreaLevel, ...],
    before: Look,
    after: Look,
    segment: str = ALL_SEGMENTS,
) -> dict[AreaLevel, dict[int, Overlap]]:
    """Level → area code → its shops by their status in `before` and in `after`. One statement.

    A shop whose ward is not known counts in no ward. A square that the city shares with another
    one is counted whole, as on a map.
    """
    shops = CountedShop.objects.filter(_here(city), snapshot__state=SnapshotState.CURRENT)
    if segment != ALL_SEGMENTS:
        shops = shops.filter(segment=segment)
    rows = list(shops.values_list("city", "ward", "grid250", "spans"))
    spans = kept_spans(bytes(row[-1]) for row in rows)
    pair = (statuses_at(spans, before, SINGLES), statuses_at(spans, after, SINGLES))
    places: Ints = np.array([row[:-1] for row in rows], dtype=np.int64).reshape(-1, 3)
    own = {
        AreaLevel.CITY: {int(city)},
        AreaLevel.WARD: {int(ward.code) for ward in wards_of(city)},
    }
    found = {level: overlaps_of(areas_at(places, level), *pair) for level in levels}
    return {
        level: {code: one for code, one in areas.items() if code in own.get(level, areas)}
        for level, areas in found.items()
    }


def _here(city: City) -> Q:
    """The shops of the city, and those in squares that it shares with another city."""
    here = Q(city=int(city))
    for square, cities in squares_between_cities().items():
        if city in cities:
            here |= Q(grid250__range=(square * 100, square * 100 + 99))
    return here


def areas_at(places: Ints, level: AreaLevel) -> Ints:
    """The area of each shop at a level, from its city, its ward and its square of 250 m.

    0 where it has none there.
    """
    if level == AreaLevel.CITY:
        return places[:, 0]
    return places[:, 1] if level == AreaLevel.WARD else places[:, 2] // GRID250_DIVISOR[level]
