"""All approved visits of a city as arrays, ready for the timeline."""

from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

import numpy as np

from tracker.adoption.history import approved_visits_of
from tracker.adoption.packing import FACT_BITS, SHOP_SHIFT, taken_apart, tokyo_months
from tracker.adoption.rebuild.cells import ShopPlaces, Window
from tracker.adoption.rebuild.reading import facts_code, keys_in_ranges, keys_of_shops
from tracker.adoption.timeline import LIVE_MONTHS
from tracker.adoption.timelines import Histories, Ints
from tracker.places.kinds import Segment
from tracker.places.models import Shop
from tracker.rules.queries import rulebook
from tracker.rules.rulebook import Rulebook

NOWHERE = -1


class Census(NamedTuple):
    """The shops of one city in the order of their cells, and their visits in order."""

    shop_ids: Ints
    places: ShopPlaces
    visits: Histories


class ListedShops(NamedTuple):
    """All shops, by their place in `places`; merged ones point to the shop they count as."""

    shop_ids: Ints
    places: ShopPlaces
    position: Ints  # shop id → position, or NOWHERE


def census_of(cities: Sequence[str], *, moved: Callable[[], Collection[int]]) -> dict[str, Census]:
    """City code → its census, without the moved shops. The visits are read once for all cities.

    `moved` is asked when the shops have been read, so that none is listed in two cities.
    """
    found = {city: _shops_in(city) for city in cities}
    gone = list(moved())
    listed = {city: _listed(city, rows[~np.isin(rows[:, 0], gone)]) for city, rows in found.items()}
    keys: dict[str, list[Ints]] = {city: [] for city in cities}
    rules = rulebook()
    for block in keys_in_ranges(rules) if cities else ():
        shops = block >> SHOP_SHIFT
        for city, of_city in listed.items():
            keys[city].append(_placed(block, shops, of_city.position))
    return {city: _census(of_city, keys.pop(city), rules) for city, of_city in listed.items()}


def _shops_in(city: str) -> Ints:
    """Id, square, segment and ward of every shop of a city, one row each."""
    segments = {segment: number for number, segment in enumerate(Segment.values)}
    rows = [
        (pk, grid125 // 10, segments[segment], int(ward or 0))
        for pk, grid125, segment, ward in Shop.objects.filter(city=city, merged_into=None)
        .values_list("pk", "grid125", "segment", "ward")
        .iterator(chunk_size=20_000)
    ]
    return np.array(rows, dtype=np.int64).reshape(-1, 4)


def _listed(city: str, rows: Ints) -> ListedShops:
    """The shops of a city, sorted by cell."""
    ids, grid250, segment, ward = rows.T
    order = np.lexsort((ids, ward, segment, grid250))
    ids = ids[order]
    places = ShopPlaces(grid250[order], segment[order], ward[order], np.full(len(ids), int(city)))
    return ListedShops(ids, places, _positions(ids, city))


def _positions(ids: Ints, city: str) -> Ints:
    """Shop id → position in `ids`; a merged shop has the position of the one it counts as."""
    merged = list(Shop.objects.filter(merged_into__city=city).values_list("pk", "merged_into_id"))
    largest = max([int(ids.max(initial=0)), *(pk for pk, _survivor in merged)])
    position = np.full(largest + 1, NOWHERE, dtype=np.int64)
    position[ids] = np.arange(len(ids))
    for pk, survivor in merged:
        position[pk] = position[survivor] if survivor <= largest else NOWHERE
    return position


def _placed(keys: Ints, shops: Ints, position: Ints) -> Ints:
    """The keys of one city's visits, with the shop's position in place of its id."""
    at = np.where(shops < len(position), position[np.minimum(shops, len(position) - 1)], NOWHERE)
    here = np.flatnonzero(at != NOWHERE)
    placed: Ints = (at[here] << SHOP_SHIFT) | (keys[here] & ((1 << SHOP_SHIFT) - 1))
    return placed


def histories_of(shop_ids: Ints, rules: Rulebook) -> Histories:
    """The visits of these shops, which must be in order, by their place in that order."""
    merged = dict(
        Shop.objects.filter(merged_into__in=shop_ids.tolist()).values_list("pk", "merged_into_id")
    )
    members = np.array(sorted({*shop_ids.tolist(), *merged}), dtype=np.int64)
    counts_as = np.array([merged.get(pk, pk) for pk in members.tolist()], dtype=np.int64)
    position = np.full(int(members.max(initial=0)) + 1, NOWHERE, dtype=np.int64)
    position[members] = np.searchsorted(shop_ids, counts_as)
    keys = keys_of_shops(members.tolist(), rules)
    none = ShopPlaces(*([np.empty(0, dtype=np.int64)] * 4))
    listed = ListedShops(shop_ids, none, position)
    return _census(listed, [_placed(keys, keys >> SHOP_SHIFT, position)], rules).visits


def _census(listed: ListedShops, blocks: list[Ints], rules: Rulebook) -> Census:
    keys = np.concatenate([np.empty(0, dtype=np.int64), *blocks])
    keys.sort()
    shop, minutes, facts = taken_apart(keys)
    _settle_ties(listed, keys, facts, rules)
    return Census(listed.shop_ids, listed.places, Histories(shop, tokyo_months(minutes), facts))


def _settle_ties(listed: ListedShops, keys: Ints, facts: Ints, rules: Rulebook) -> None:
    """Put visits of one shop in one minute into the order a whole minute cannot tell.

    A shop whose visits changed since they were read is left: it is brought in at the end.
    """
    moments = keys >> FACT_BITS
    tied = np.flatnonzero(moments[1:] == moments[:-1])
    positions = np.unique(keys[tied] >> SHOP_SHIFT)
    visits = approved_visits_of(listed.shop_ids[positions].tolist()) if len(positions) else {}
    for position in positions.tolist():
        codes = [facts_code(visit, rules) for visit in visits[int(listed.shop_ids[position])]]
        edges = np.array([position, position + 1], dtype=np.int64) << SHOP_SHIFT
        begin, end = np.searchsorted(keys, edges).tolist()
        if len(codes) == end - begin:
            facts[begin:end] = codes


def window_of(visits: Histories) -> Window:
    """From the month of the first visit to the last month that one may still be live in."""
    if not len(visits.month):
        return Window(0, 0)
    first = int(visits.month.min())
    return Window(first, int(visits.month.max()) + LIVE_MONTHS + 1 - first)


def part_of(census: Census, first_square: int, next_square: float) -> Census:
    """The shops in 1 km squares from the first one to before the next part's, and their visits."""
    squares = census.places.grid250 // 100
    begin, end = np.searchsorted(squares, [first_square, next_square]).tolist()
    first, after = np.searchsorted(census.visits.shop, [begin, end]).tolist()
    shop, month, facts = (column[first:after] for column in census.visits)
    return Census(
        census.shop_ids[begin:end],
        ShopPlaces(*(column[begin:end] for column in census.places)),
        Histories(shop - begin, month, facts),
    )
