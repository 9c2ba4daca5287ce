"""The shops behind two figures, counted together: of two months, or of two measures.

It reads what is kept of every shop of the city in the current edition, so that the numbers
are those of the counts to the last shop.
"""

import numpy as np

from tracker.adoption.comparison import Overlap
from tracker.adoption.models import CountedShop
from tracker.adoption.statuses import Look, kept_spans, overlaps_of, statuses_at
from tracker.adoption.timelines import Ints
from tracker.places.atlas.cities import City
from tracker.vocabulary import ALL_SEGMENTS, AreaLevel, EditionState, Trait

TRAITS = tuple(Trait.values)
DIVISOR = {AreaLevel.GRID1000: 100, AreaLevel.GRID500: 10, AreaLevel.GRID250: 1}


def overlaps_by_level(
    *,
    city: City,
    levels: tuple[AreaLevel, ...],
    before: Look,
    after: Look,
    segment: str = ALL_SEGMENTS,
) -> dict[AreaLevel, dict[int, Overlap]]:
    """Level → area code → its shops by their status in `before` and in `after`. One statement.

    A shop whose ward is not known counts in no ward.
    """
    shops = CountedShop.objects.filter(edition__state=EditionState.CURRENT, city=int(city))
    if segment != ALL_SEGMENTS:
        shops = shops.filter(segment=segment)
    rows = list(shops.values_list("ward", "grid250", "spans"))
    spans = kept_spans(bytes(text) for _ward, _square, text in rows)
    pair = (statuses_at(spans, before, TRAITS), statuses_at(spans, after, TRAITS))
    places: Ints = np.array([row[:2] for row in rows], dtype=np.int64).reshape(-1, 2)
    found = {level: overlaps_of(_areas(places, level, city), *pair) for level in levels}
    found.get(AreaLevel.WARD, {}).pop(0, None)
    return found


def _areas(places: Ints, level: AreaLevel, city: City) -> Ints:
    """The area of each shop at a level, from its ward and its square of 250 m."""
    if level == AreaLevel.CITY:
        return np.full(len(places), int(city), dtype=np.int64)
    return places[:, 0] if level == AreaLevel.WARD else places[:, 1] // DIVISOR[level]
