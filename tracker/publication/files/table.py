"""The table of a release: every area, segment, measure and month, of one moment."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from tracker.adoption.queries import NO_COUNT, Count, Runs, everything_counted
from tracker.places.atlas.cities import City
from tracker.places.kinds import ALL_SEGMENTS, AreaLevel, Segment
from tracker.places.models import Area
from tracker.places.queries import areas_by_code, wards_in
from tracker.publication.figures.cells import Cell, area_cell
from tracker.survey.measures import Measure

SQUARES = (AreaLevel.GRID1000, AreaLevel.GRID500, AreaLevel.GRID250)
SEGMENTS = (ALL_SEGMENTS, *Segment.values)


class TableQuestion(NamedTuple):
    """What one row answers; see columns.Asked."""

    month: int
    segment: str
    measure: Measure
    release: str
    as_of: date | None = None


Row = tuple[TableQuestion, Cell]


@dataclass(frozen=True)
class FileTable:
    """Read once; its rows can be gone through again and again."""

    release: str
    first_month: int
    last_month: int
    runs: dict[tuple[str, str, int], Runs]  # level, segment and area
    named: dict[tuple[AreaLevel, int], Area]

    @property
    def number_of_rows(self) -> int:
        """How many `rows` gives."""
        months = self.last_month - self.first_month + 1
        return len(self.named) * len(SEGMENTS) * len(Measure) * months

    def rows(self) -> Iterator[Row]:
        """Cities and wards: every segment, measure and month, observed or not."""
        for (level, code), area in self.named.items():
            for segment in SEGMENTS:
                runs = self.runs.get((level.value, segment, code))
                for measure in Measure:
                    for month in range(self.first_month, self.last_month + 1):
                        question = TableQuestion(month, segment, measure, self.release)
                        yield question, area_cell(area, _at(runs, measure, month))

    def areas(self, level: AreaLevel) -> list[int]:
        """Codes of a level in their order; of squares those with an observed shop."""
        if level not in SQUARES:
            return [code for of, code in self.named if of == level]
        found = (key[2] for key in self.runs if key[:2] == (level.value, ALL_SEGMENTS))
        return [
            code
            for code in sorted(found)
            if any(self.cell(level, code, one).count.observed for one in Measure)
        ]

    def squares(self) -> Iterator[Row]:
        """Squares with an observed shop: every measure, all shops, the last month."""
        for level in SQUARES:
            for code in self.areas(level):
                for measure in Measure:
                    question = TableQuestion(self.last_month, ALL_SEGMENTS, measure, self.release)
                    yield question, self.cell(level, code, measure)

    def cell(self, level: AreaLevel, code: int, measure: Measure) -> Cell:
        """All shops of an area at the end of the last month."""
        count = _at(self.runs.get((level.value, ALL_SEGMENTS, code)), measure, self.last_month)
        area = self.named.get((level, code))
        return Cell(level, code, "", "", "", count) if area is None else area_cell(area, count)


def table_of(*, release: str, last_month: int) -> FileTable:
    """The counts of this moment up to the end of a month."""
    found = everything_counted()
    first = [runs.first_month for runs in found if runs.level == AreaLevel.CITY]
    return FileTable(
        release=release,
        first_month=min([*first, last_month]),
        last_month=last_month,
        runs={(runs.level, runs.segment, runs.area): runs for runs in found},
        named=_named_areas(),
    )


def _named_areas() -> dict[tuple[AreaLevel, int], Area]:
    """Cities, then wards, in their order."""
    cities = areas_by_code(City.values)
    named = {(AreaLevel.CITY, int(city)): cities[city.value] for city in City}
    wards = {(AreaLevel.WARD, int(ward.code)): ward for city in City for ward in wards_in(city)}
    return named | wards


def _at(runs: Runs | None, measure: Measure, month: int) -> Count:
    return NO_COUNT if runs is None else runs.at(measure.value, month)
