"""What is stored of the counts, read number by number for the recount.

It reads the bytes by itself, without the code that wrote them.
"""

from array import array
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tracker.adoption.models import AdoptionCount, CountedShop, CountSnapshot
from tracker.adoption.states import SnapshotState
from tracker.places.kinds import ALL_SEGMENTS, AreaLevel, Segment
from tracker.survey.specs import MEASURES, SINGLES

Key = tuple[str, str, int]  # level, segment, area
Moment = tuple[str, int]  # measure, month
OBSERVED, YES = "observed", "yes"
Numbers = dict[tuple[str, str], dict[int, int]]  # measure and which → month → number
TYPE_OF_WIDTH = {1: "B", 2: "H", 4: "I"}
SEGMENTS = {ALL_SEGMENTS, *Segment.values}
LEVELS = frozenset(AreaLevel.values)
NAMED = {number: single for single, number in SINGLES.items()}
SHOWN = 5  # rows of one kind that are named


class Mismatch(NamedTuple):
    """One place where what is stored is not what the visits say."""

    where: str
    stored: str
    recounted: str

    def __str__(self) -> str:
        return f"{self.where}: stored {self.stored}, recounted {self.recounted}"


class StoredShop(NamedTuple):
    """Segment, city, ward and square of a shop, and its statuses by single and month."""

    place: tuple[str, int, int, int]
    statuses: dict[Moment, bool]


def stray_rows() -> list[Mismatch]:
    """Rows of a snapshot that nobody knows."""
    known = CountSnapshot.objects.values("pk")
    strays: list[Mismatch] = []
    for model in (AdoptionCount, CountedShop):
        rows = model._default_manager.exclude(snapshot__in=known)
        strays += [
            Mismatch(f"{model._meta.model_name} {row}", "a row", "no such snapshot")
            for row in rows[:SHOWN]
        ]
    return strays


def stored_shops(found: list[Mismatch]) -> dict[int, StoredShop]:
    """Shop → what is kept of it in the current snapshot; unreadable spans are added to `found`."""
    shops: dict[int, StoredShop] = {}
    rows = CountedShop.objects.filter(snapshot__state=SnapshotState.CURRENT)
    for row in rows.order_by("shop").iterator(chunk_size=5000):
        place = (row.segment, row.city, row.ward, row.grid250)
        try:
            shops[row.shop_id] = StoredShop(place, _statuses(bytes(row.spans)))
        except ValueError as error:
            found.append(Mismatch(f"counted shop {row.shop_id}", str(error), "readable spans"))
    return shops


def _statuses(data: bytes) -> dict[Moment, bool]:
    """Spans as the months they cover. ValueError for a span of no trait, or two at once."""
    codes = array("I")
    codes.frombytes(data)
    statuses: dict[Moment, bool] = {}
    for code in codes:
        number, first, more = code >> 29, (code >> 12) & 0x1FFFF, (code >> 1) & 0x7FF
        if number not in NAMED:
            raise ValueError(f"a span of trait {number}")
        for month in range(first, first + more + 1):
            if (NAMED[number], month) in statuses:
                raise ValueError(f"two statuses in month {month}")
            statuses[(NAMED[number], month)] = bool(code & 1)
    return statuses


def stored_cells(found: list[Mismatch]) -> Iterator[tuple[Key, Numbers]]:
    """Each stored row: its key, and the numbers of every measure that are not 0."""
    rows = AdoptionCount.objects.filter(snapshot__state=SnapshotState.CURRENT)
    for row in rows.iterator(chunk_size=5000):
        key = (row.level, row.segment, row.area)
        if row.level not in LEVELS or row.segment not in SEGMENTS:
            found.append(Mismatch(f"row {row}", "a row", "no such level or segment"))
        try:
            yield key, _numbers(row)
        except (ValueError, KeyError) as error:
            found.append(Mismatch(f"row {row}", f"unreadable: {error}", "whole numbers"))
            yield key, {}


def _numbers(row: AdoptionCount) -> Numbers:
    numbers: Numbers = {}
    for measure in MEASURES:
        values = array(TYPE_OF_WIDTH[row.width])
        values.frombytes(bytes(getattr(row, measure)))
        months, odd = divmod(len(values), 2)
        if odd:
            raise ValueError("an odd number of numbers")
        numbers[(measure, OBSERVED)] = _by_month(values[:months], row.first_month)
        numbers[(measure, YES)] = _by_month(values[months:], row.first_month)
    return numbers


def _by_month(values: Iterable[int], first_month: int) -> dict[int, int]:
    return {month: number for month, number in enumerate(values, first_month) if number}
