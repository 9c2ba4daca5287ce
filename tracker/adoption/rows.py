"""Rows of counts taken apart and put together again."""

from typing import NamedTuple

import numpy as np

from tracker.adoption.changes import CountCell, Series
from tracker.adoption.models import AdoptionCount
from tracker.adoption.packing import series_from_bytes, series_to_bytes, width_of
from tracker.errors import CountsBroken
from tracker.survey.specs import MEASURES


class Counts(NamedTuple):
    """measure × [observed, yes] × month, from `first_month` on."""

    first_month: int
    series: Series


def counts_in(row: AdoptionCount) -> Counts:
    """What a stored row says; CountsBroken where its bytes are no series."""
    try:
        series = [series_from_bytes(bytes(getattr(row, name)), row.width) for name in MEASURES]
        months = {run.shape[1] for run in series if run.size}
        if len(months) != 1:
            raise ValueError(f"series of {sorted(months)} months")
    except ValueError as error:
        raise CountsBroken(f"{row}: {error}") from error
    empty = np.zeros((2, months.pop()), dtype=np.int64)
    return Counts(row.first_month, np.stack([run if run.size else empty for run in series]))


def row_of(snapshot: int, cell: CountCell, counts: Counts) -> AdoptionCount | None:
    """A row for these counts, not saved; None where nothing is left to count."""
    months = np.flatnonzero(counts.series.any(axis=(0, 1)))
    if not len(months):
        return None
    first, last = int(months[0]), int(months[-1])
    series = counts.series[:, :, first : last + 1]
    width = width_of(int(series.max()))
    return AdoptionCount(
        snapshot_id=snapshot,
        level=cell.level,
        segment=cell.segment,
        area=cell.area,
        first_month=counts.first_month + first,
        width=width,
        **{name: series_to_bytes(series[n], width) for n, name in enumerate(MEASURES)},
    )


def added(one: Counts, other: Counts, cell: CountCell) -> Counts:
    """The sum over the months of both; CountsBroken where it would be below nothing."""
    first = min(one.first_month, other.first_month)
    after = max(part.first_month + part.series.shape[2] for part in (one, other))
    total = np.zeros((*one.series.shape[:2], after - first), dtype=np.int64)
    for part in (one, other):
        begin = part.first_month - first
        total[:, :, begin : begin + part.series.shape[2]] += part.series
    if (total < 0).any() or (total[:, 1] > total[:, 0]).any():
        raise CountsBroken(f"{' '.join(map(str, cell))}: fewer shops than none")
    return Counts(first, total)
