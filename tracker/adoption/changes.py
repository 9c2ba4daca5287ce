"""What one shop adds to every cell it counts in, and what a refresh changes there."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np

from tracker.adoption.timeline import Span
from tracker.places.kinds import ALL_SEGMENTS, AreaLevel
from tracker.survey.specs import MEASURES

Series = np.ndarray[Any, np.dtype[np.int64]]


class CountCell(NamedTuple):
    """One row of counts."""

    level: str
    segment: str
    area: int


class CountPlace(NamedTuple):
    """Where a shop counts. Codes are JIS X 0402 and X 0410; a ward of 0 is not known."""

    segment: str
    city: int
    ward: int
    grid250: int

    def cells(self) -> list[CountCell]:
        """Every cell the place belongs to; the squares nest by integer division."""
        areas = [
            (AreaLevel.CITY.value, self.city),
            (AreaLevel.WARD.value, self.ward),
            (AreaLevel.GRID250.value, self.grid250),
            (AreaLevel.GRID500.value, self.grid250 // 10),
            (AreaLevel.GRID1000.value, self.grid250 // 100),
        ]
        return [
            CountCell(level, segment, area)
            for level, area in areas
            if area
            for segment in (ALL_SEGMENTS, self.segment)
        ]

    def area_at(self, level: AreaLevel, segment: str) -> int:
        """The area of its cell at a level and of a segment; 0 where it does not count."""
        own = {(cell.level, cell.segment): cell.area for cell in self.cells()}
        return own.get((level.value, segment), 0)


class Contribution(NamedTuple):
    """A shop's place and its spans by measure."""

    place: CountPlace
    spans: dict[str, list[Span]]


class Delta:
    """The sum of what was added and taken away, per cell: measure × [observed, yes] × month."""

    def __init__(self, contributions: Iterable[Contribution]) -> None:
        spans = [
            span
            for contribution in contributions
            for runs in contribution.spans.values()
            for span in runs
        ]
        self.first_month = min((span.first for span in spans), default=0)
        self.months = 1 + max((span.last for span in spans), default=0) - self.first_month
        self.by_cell: dict[CountCell, Series] = {}

    def add(self, contribution: Contribution, sign: int) -> None:
        """+1 or −1 in every month of every span."""
        change = self._series(contribution.spans)
        if not change.any():
            return
        for cell in contribution.place.cells():
            known = self.by_cell.setdefault(cell, np.zeros_like(change))
            known += sign * change

    def changed(self) -> dict[CountCell, Series]:
        """The cells in which something changes in the end."""
        return {cell: series for cell, series in self.by_cell.items() if series.any()}

    def _series(self, spans: dict[str, list[Span]]) -> Series:
        series = np.zeros((len(MEASURES), 2, self.months), dtype=np.int64)
        for number, measure in enumerate(MEASURES):
            for span in spans.get(measure, ()):
                run = slice(span.first - self.first_month, span.last - self.first_month + 1)
                series[number, 0, run] += 1
                series[number, 1, run] += span.is_yes
        return series
