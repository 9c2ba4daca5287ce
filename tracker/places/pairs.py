"""Pairs of listed shops that may be one: near, alike in name, not on different floors.

Pure but for reading shops: it looks at squares of about 40 m, so that a million shops are a few
seconds' work and no shop is compared with one that lies far away.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tracker.places.duplicates import BUCKET_LAT, BUCKET_LON
from tracker.places.matching import NEAR_METRES, SURE_LIKENESS, likeness
from tracker.places.queries import metres_between

BESIDE = ((0, 0), (0, 1), (1, -1), (1, 0), (1, 1))  # each pair of squares once


class ShopOfPair(NamedTuple):
    """What of a shop decides whether it is another one's duplicate."""

    pk: int
    name: str  # folded
    brand: str
    branch: str
    floor: str
    lat_e7: int
    lon_e7: int


class Pair(NamedTuple):
    shop: int  # the smaller id
    other: int
    likeness: float
    metres: float


def pairs_among(shops: Iterable[ShopOfPair]) -> Iterator[Pair]:
    """Every pair that may be one shop."""
    squares: defaultdict[tuple[int, int], list[ShopOfPair]] = defaultdict(list)
    for shop in shops:
        squares[shop.lat_e7 // BUCKET_LAT, shop.lon_e7 // BUCKET_LON].append(shop)
    for (row, column), here in squares.items():
        for up, right in BESIDE:
            there = squares.get((row + up, column + right), [])
            for number, one in enumerate(here):
                others = here[number + 1 :] if (up, right) == (0, 0) else there
                yield from (pair for other in others if (pair := pair_of(one, other)))


def pair_of(one: ShopOfPair, other: ShopOfPair) -> Pair | None:
    """The two as a pair, or None where they are two shops.

    Two branches of a chain with different branch names, and shops on different floors, are two.
    """
    if one.floor and other.floor and one.floor != other.floor:
        return None
    if one.branch and other.branch and one.branch != other.branch:
        return None
    metres = metres_between(one.lat_e7, one.lon_e7, other.lat_e7, other.lon_e7)
    if metres > NEAR_METRES:
        return None
    alike = likeness(one.name, other.name)
    if one.brand and one.brand == other.brand:
        alike = max(alike, SURE_LIKENESS)  # the same chain at the same spot
    if alike < SURE_LIKENESS:
        return None
    return Pair(min(one.pk, other.pk), max(one.pk, other.pk), alike, metres)
