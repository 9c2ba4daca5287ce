"""What is to be written of one part of a snapshot: its shops, and its counts."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from tracker.adoption.changes import CountCell, Series
from tracker.adoption.packing import WIDTHS, bytes_by_shop
from tracker.adoption.rebuild.cells import ALL, Block, CountTable, Rows, tables_of
from tracker.adoption.rebuild.census import Census, window_of
from tracker.adoption.rebuild.writing import Row
from tracker.adoption.timelines import Spans, spans_of_many
from tracker.places.kinds import ALL_SEGMENTS, AreaLevel, Segment
from tracker.survey.specs import MEASURES, SINGLES

SEGMENTS = [*Segment.values]
SHARED_LEVELS = frozenset({AreaLevel.CITY.value, AreaLevel.WARD.value})
TO_1KM = {AreaLevel.GRID1000.value: 1, AreaLevel.GRID500.value: 10, AreaLevel.GRID250.value: 100}


class PartRows(NamedTuple):
    """What is to be written of one part, and which counts it shares with other parts."""

    shops: list[Row]
    counts: list[Row]
    first_month: int
    shared: dict[CountCell, Series]


def rows_of_part(snapshot: int, census: Census, *, border: Sequence[int] = ()) -> PartRows:
    """Count the shops of a part. Squares of 1 km in `border` hold shops of other cities too."""
    window = window_of(census.visits)
    spans = spans_of_many(census.visits, tuple(SINGLES))
    counts: list[Row] = []
    shared: dict[CountCell, Series] = {}
    for table in tables_of(Block(census.places, spans), MEASURES, window):
        own, others_too = divided(table, border)
        shared |= cells_of_part(others_too)
        counts += count_rows(snapshot, own, window.first)
    return PartRows(list(shop_rows(snapshot, census, spans)), counts, window.first, shared)


def divided(table: CountTable, border: Sequence[int]) -> tuple[CountTable, CountTable]:
    """The rows that this part writes alone, and those that other parts add to as well."""
    if table.level in SHARED_LEVELS:
        is_shared = np.ones(len(table.rows.area), dtype=bool)
    else:
        is_shared = np.isin(table.rows.area // TO_1KM[table.level], border)
    own, others_too = (table.rows.only(np.flatnonzero(one)) for one in (~is_shared, is_shared))
    return CountTable(table.level, own), CountTable(table.level, others_too)


def shop_rows(snapshot: int, census: Census, spans: dict[str, Spans]) -> Iterator[Row]:
    """What of each shop is counted, in the order of the table's columns."""
    shops, data = bytes_by_shop(spans, SINGLES)
    grid250, segment, ward, city = (column[shops].tolist() for column in census.places)
    ids = census.shop_ids[shops].tolist()
    for number, kept in enumerate(data):
        yield (
            snapshot, ids[number], SEGMENTS[segment[number]], city[number], ward[number],
            grid250[number], kept,
        )  # fmt: skip


def count_rows(snapshot: int, table: CountTable, first_month: int) -> Iterator[Row]:
    """The rows of one level, in the order of the table's columns; empty rows are left out."""
    largest = table.rows.counts.max(axis=(1, 2, 3), initial=0)
    for narrower, width in pairwise((0, *WIDTHS)):
        low, high = 1 << 8 * narrower, 1 << 8 * width
        chosen = np.flatnonzero((largest >= low) & (largest < high))
        rows = table.rows.only(chosen)
        yield from _rows_of_width((snapshot, table.level), rows, width, first_month)


def _rows_of_width(
    begins_with: tuple[int, str], rows: Rows, width: int, first_month: int
) -> Iterator[Row]:
    counts = rows.counts.astype(f"<u{width}")
    counted: list[list[bool]] = counts.max(axis=(2, 3), initial=0).astype(bool).tolist()
    size = 2 * counts.shape[3] * width
    data = counts.tobytes()
    names = [segment_name(slot) for slot in rows.segment.tolist()]
    for number, area in enumerate(rows.area.tolist()):
        begin = number * size * len(MEASURES)
        series = (
            data[begin + size * at : begin + size * (at + 1)] if is_counted else b""
            for at, is_counted in enumerate(counted[number])
        )
        yield (*begins_with, names[number], area, first_month, width, *series)


def cells_of_part(table: CountTable) -> dict[CountCell, Series]:
    """The counts of a table by cell."""
    rows = table.rows
    names = [segment_name(slot) for slot in rows.segment.tolist()]
    return {
        CountCell(table.level, name, area): counts.astype(np.int64)
        for name, area, counts in zip(names, rows.area.tolist(), rows.counts, strict=True)
    }


def segment_name(slot: int) -> str:
    """The segment of a slot of `adoption.cells`."""
    return ALL_SEGMENTS if slot == ALL else SEGMENTS[slot]
