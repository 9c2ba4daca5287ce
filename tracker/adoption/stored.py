"""What is stored of the counts, read number by number for the recount.

It reads the bytes by itself, without the code that wrote them.
"""

from array import array
from collections.abc import Iterator
from typing import NamedTuple

from tracker.adoption.models import AdoptionCount, CountEdition, CountedShop
from tracker.vocabulary import ALL_SEGMENTS, AreaLevel, EditionState, Measure, Segment, Trait

Key = tuple[str, str, int]  # level, segment, area
Moment = tuple[str, int]  # measure, month
TYPE_OF_WIDTH = {1: "B", 2: "H", 4: "I"}
SEGMENTS = {ALL_SEGMENTS, *Segment.values}
SHOWN = 5  # rows of one kind that are named


class Difference(NamedTuple):
    """One place where what is stored is not what the visits say."""

    where: str
    stored: str
    recounted: str

    def __str__(self) -> str:
        return f"{self.where}: stored {self.stored}, recounted {self.recounted}"


class StoredShop(NamedTuple):
    """Segment, city, ward and square of a shop, and its statuses by trait and month."""

    place: tuple[str, int, int, int]
    statuses: dict[Moment, bool]


def stray_rows() -> list[Difference]:
    """Rows of an edition that nobody knows."""
    known = CountEdition.objects.values("pk")
    strays: list[Difference] = []
    for model in (AdoptionCount, CountedShop):
        rows = model._default_manager.exclude(edition__in=known)
        strays += [
            Difference(f"{model._meta.model_name} {row}", "a row", "no such edition")
            for row in rows[:SHOWN]
        ]
    return strays


def stored_shops(found: list[Difference]) -> dict[int, StoredShop]:
    """Shop → what is kept of it in the current edition; unreadable spans are added to `found`."""
    shops: dict[int, StoredShop] = {}
    rows = CountedShop.objects.filter(edition__state=EditionState.CURRENT)
    for row in rows.order_by("shop").iterator(chunk_size=5000):
        place = (row.segment, row.city, row.ward, row.grid250)
        try:
            shops[row.shop_id] = StoredShop(place, _statuses(bytes(row.spans)))
        except ValueError as error:
            found.append(Difference(f"counted shop {row.shop_id}", str(error), "readable spans"))
    return shops


def _statuses(data: bytes) -> dict[Moment, bool]:
    """Spans as the months they cover. ValueError for a span of no trait, or two at once."""
    codes = array("I")
    codes.frombytes(data)
    traits = list(Trait.values)
    statuses: dict[Moment, bool] = {}
    for code in codes:
        number, first, more = code >> 29, (code >> 12) & 0x1FFFF, (code >> 1) & 0x7FF
        if number >= len(traits):
            raise ValueError(f"a span of trait {number}")
        for month in range(first, first + more + 1):
            if (traits[number], month) in statuses:
                raise ValueError(f"two statuses in month {month}")
            statuses[(traits[number], month)] = bool(code & 1)
    return statuses


def stored_cells(found: list[Difference]) -> Iterator[tuple[Key, dict[Moment, tuple[int, int]]]]:
    """Each stored row: its key, and (observed, yes) where it is not (0, 0)."""
    rows = AdoptionCount.objects.filter(edition__state=EditionState.CURRENT)
    for row in rows.iterator(chunk_size=5000):
        key = (row.level, row.segment, row.area)
        if row.level not in AreaLevel.values or row.segment not in SEGMENTS:
            found.append(Difference(f"row {row}", "a row", "no such level or segment"))
        try:
            yield key, _numbers(row)
        except (ValueError, KeyError) as error:
            found.append(Difference(f"row {row}", f"unreadable: {error}", "whole numbers"))
            yield key, {}


def _numbers(row: AdoptionCount) -> dict[Moment, tuple[int, int]]:
    numbers: dict[Moment, tuple[int, int]] = {}
    for measure in Measure.values:
        values = array(TYPE_OF_WIDTH[row.width])
        values.frombytes(bytes(getattr(row, measure)))
        months, odd = divmod(len(values), 2)
        if odd:
            raise ValueError("an odd number of numbers")
        for place in range(months):
            pair = (values[place], values[months + place])
            if pair != (0, 0):
                numbers[(measure, row.first_month + place)] = pair
    return numbers
