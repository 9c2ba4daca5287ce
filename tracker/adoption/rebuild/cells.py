"""From the spans of many shops to the numbers of every area, segment and month. Pure."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from tracker.adoption.timelines import Ints, Spans

Numbers = np.ndarray[Any, np.dtype[np.int32]]
SEGMENT_SLOTS = 16  # an area times this, plus the segment, is one key
ALL = SEGMENT_SLOTS - 1  # the slot of all segments together
GRID_STEP = 10  # a square's code without its last digit is its parent's


class ShopPlaces(NamedTuple):
    """Where shops count, in order of (square, segment, ward). One entry per shop."""

    grid250: Ints
    segment: Ints  # 0 … SEGMENT_SLOTS - 2
    ward: Ints  # JIS code; 0 where not known
    city: Ints


class Rows(NamedTuple):
    """Areas and segments, and their numbers: row × measure × [observed, yes] × month."""

    area: Ints
    segment: Ints  # or ALL
    counts: Numbers

    def only(self, chosen: Ints) -> "Rows":
        return Rows(self.area[chosen], self.segment[chosen], self.counts[chosen])


class CountTable(NamedTuple):
    """Rows of one level."""

    level: str
    rows: Rows


class Block(NamedTuple):
    """Shops of whole 1 km squares, and their spans by measure."""

    places: ShopPlaces
    spans: dict[str, Spans]


class Window(NamedTuple):
    """The months that are counted."""

    first: int
    months: int


def tables_of(block: Block, measures: Sequence[str], window: Window) -> Iterator[CountTable]:
    """Every level; coarse squares are sums of finer ones. Other blocks have a share in the
    wards and the city too.
    """
    cells, counts = _cell_counts(block, measures, window)
    for level, code in (("city", cells.city), ("ward", cells.ward)):
        known = np.flatnonzero(code)
        yield from _with_all(level, _summed(Rows(code, cells.segment, counts).only(known)))
    yield from _grid_tables(_summed(Rows(cells.grid250, cells.segment, counts)))


def _grid_tables(finer: Rows) -> Iterator[CountTable]:
    yield from _with_all("grid250", finer)
    for level in ("grid500", "grid1000"):
        finer = _summed(Rows(finer.area // GRID_STEP, finer.segment, finer.counts))
        yield from _with_all(level, finer)


def _cell_counts(
    block: Block, measures: Sequence[str], window: Window
) -> tuple[ShopPlaces, Numbers]:
    cell_of_shop, cells = _cells(block.places)
    counts = np.empty((len(cells.grid250), len(measures), 2, window.months), dtype=np.int32)
    for number, measure in enumerate(measures):
        counts[:, number] = _counts(block.spans[measure], cell_of_shop, len(counts), window)
    return cells, counts


def _cells(places: ShopPlaces) -> tuple[Ints, ShopPlaces]:
    """The number of each shop's cell, and the cells: shops that count in all the same areas."""
    differs = np.zeros(len(places.grid250), dtype=bool)
    differs[:1] = True
    for column in places:
        differs[1:] |= column[1:] != column[:-1]
    begins = np.flatnonzero(differs)
    return np.cumsum(differs) - 1, ShopPlaces(*(column[begins] for column in places))


def _counts(spans: Spans, cell_of_shop: Ints, cells: int, window: Window) -> Numbers:
    """Cell × [observed, yes] × month: +1 where a span begins, −1 after it, summed up."""
    first, months = window
    counts = np.empty((cells, 2, months), dtype=np.int32)
    base = cell_of_shop[spans.shop] * (months + 1) - first
    size = cells * (months + 1)
    all_begins, all_ends = base + spans.first, base + spans.last + 1
    pairs = ((all_begins, all_ends), (all_begins[spans.is_yes], all_ends[spans.is_yes]))
    for row, (begins, ends) in enumerate(pairs):
        steps = np.bincount(begins, minlength=size) - np.bincount(ends, minlength=size)
        counts[:, row] = np.cumsum(steps.reshape(cells, months + 1), axis=1)[:, :months]
    return counts


def _summed(rows: Rows) -> Rows:
    """Rows of one area and segment added up; in order of area, then segment."""
    area, segment, counts = rows
    key = area * SEGMENT_SLOTS + segment
    if np.any(key[1:] < key[:-1]):
        order = np.argsort(key, kind="stable")
        key, counts = key[order], counts[order]
    begins = np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]])) if len(key) else key
    if len(begins) < len(key):
        counts = np.add.reduceat(counts, begins, axis=0)
    return Rows(*np.divmod(key[begins], SEGMENT_SLOTS), counts)


def _with_all(level: str, rows: Rows) -> Iterator[CountTable]:
    """The rows by segment, then those of all segments together."""
    if not len(rows.area):
        return
    yield CountTable(level, rows)
    totals = _summed(Rows(rows.area, np.full_like(rows.area, ALL), rows.counts))
    yield CountTable(level, totals)
