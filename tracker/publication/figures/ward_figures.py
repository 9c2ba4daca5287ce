"""Everything about one ward: its figures, its squares, the age of its statuses, its coverage."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from shapely import Polygon, box
from shapely.ops import unary_union

from tracker.adoption.estimation.coverage import Coverage, coverage_of
from tracker.adoption.queries import NO_COUNT, counts_by_area
from tracker.frames.groups import GROUPS
from tracker.frames.queries import establishments_by_ward
from tracker.places.grid import bounds
from tracker.places.kinds import AreaLevel
from tracker.places.models import Area
from tracker.places.outlines import Ring, outlines_of
from tracker.publication.figures.cells import Cell, area_cell, cells_of
from tracker.publication.figures.filters import Filter
from tracker.survey.measures import Measure


class Covered(NamedTuple):
    """Shops of a census group: those observed, and those that the frame lists, where it tells."""

    segments: tuple[str, ...]
    observed: int
    establishments: int | None
    coverage: Coverage


@dataclass(frozen=True)
class WardMap:
    """The outline of a ward, and the figures of the squares that touch it."""

    outline: dict[str, list[Ring]]
    squares: list[Cell]


def ward_of(code: str) -> Area | None:
    """One of our wards by its JIS code."""
    return Area.objects.filter(pk=code).exclude(city=None).first()


def ward_figure(ward: Area, shown: Filter, measure: Measure) -> Cell:
    """The share of a measure in a ward, for the month and the shops of the filter."""
    code = int(ward.code)
    counts = counts_by_area(
        level=AreaLevel.WARD,
        measure=measure,
        month=shown.month,
        segment=shown.segment,
        areas=[code],
    )
    return area_cell(ward, counts.get(code, NO_COUNT))


def ward_map(ward: Area, shown: Filter) -> WardMap:
    """Squares at the edge count the shops of the neighbours too: a square has one figure."""
    rings = outlines_of(str(ward.city_id))[ward.code]
    ground = unary_union([Polygon(ring) for ring in rings])
    squares = [
        cell
        for cell in cells_of(replace(shown, as_of=None))
        if ground.intersection(_square(cell.code)).area > 0
    ]
    return WardMap({ward.code: rings}, squares)


def ward_coverage(ward: Area, shown: Filter) -> list[Covered]:
    """Each census group, in the month of the filter; nothing where no frame is loaded."""
    framed = establishments_by_ward()
    if not framed:
        return []
    return [
        _covered(ward, shown, tuple(sorted(group.segments)), framed.get((ward.code, name)))
        for name, group in GROUPS.items()
    ]


def _covered(
    ward: Area, shown: Filter, segments: tuple[str, ...], establishments: int | None
) -> Covered:
    observed = sum(
        ward_figure(ward, replace(shown, segment=segment), shown.measure).count.observed
        for segment in segments
    )
    return Covered(segments, observed, establishments, coverage_of(observed, establishments))


def _square(code: int) -> Polygon:
    edges = bounds(code)
    return box(edges.west, edges.south, edges.east, edges.north)
