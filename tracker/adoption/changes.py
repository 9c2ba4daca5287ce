"""From spans to changes of counts, over every level and segment a shop belongs to."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from tracker.adoption.models import ShopSpan
from tracker.vocabulary import ALL_SEGMENTS, AreaLevel


class Cell(NamedTuple):
    """One number of the map: which area, which shops, which measure, from which month."""

    level: str
    area: int
    segment: str
    measure: str
    month: int


class Change(NamedTuple):
    observed: int
    yes: int


Changes = dict[Cell, Change]


def areas_of(span: ShopSpan) -> list[tuple[str, int]]:
    """Every level and area a span counts in; the squares nest by integer division."""
    areas = [
        (AreaLevel.CITY.value, int(span.city_code)),
        (AreaLevel.GRID250.value, span.grid250),
        (AreaLevel.GRID500.value, span.grid250 // 10),
        (AreaLevel.GRID1000.value, span.grid250 // 100),
    ]
    if span.ward_code:
        areas.append((AreaLevel.WARD.value, int(span.ward_code)))
    return areas


def changes_of(spans: Iterable[ShopSpan], *, sign: int = 1) -> Changes:
    """+1 at the first month of each span and −1 after its last, times `sign`."""
    changes: defaultdict[Cell, list[int]] = defaultdict(lambda: [0, 0])
    for span in spans:
        for level, area in areas_of(span):
            for segment in (ALL_SEGMENTS, span.segment):
                for month, step in ((span.first_month, sign), (span.last_month + 1, -sign)):
                    pair = changes[Cell(level, area, segment, span.measure, month)]
                    pair[0] += step
                    pair[1] += step * span.is_yes
    return settled(changes)


def settled(changes: dict[Cell, list[int]]) -> Changes:
    """Without the cells in which nothing changes in the end."""
    return {
        cell: Change(observed, yes) for cell, (observed, yes) in changes.items() if observed or yes
    }


def difference(new: Changes, old: Changes) -> Changes:
    """What must be added to counts that hold `old` so that they hold `new`."""
    result: dict[Cell, list[int]] = {}
    for cell in new.keys() | old.keys():
        after, before = new.get(cell, Change(0, 0)), old.get(cell, Change(0, 0))
        result[cell] = [after.observed - before.observed, after.yes - before.yes]
    return settled(result)
