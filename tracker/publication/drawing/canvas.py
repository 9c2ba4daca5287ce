"""Areas laid out on a canvas: outlines of wards and squares of the grid, projected to fit a box."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import cos, radians

from tracker.adoption.estimation.estimates import Tier
from tracker.places.grid import corners_of
from tracker.places.outlines import Ring
from tracker.publication.drawing.glyphs import Box, Glyph, box_of, glyph_of

Point = tuple[float, float]


@dataclass(frozen=True)
class Shape:
    """One area on the canvas: its rings, its fill, its tier, its name and figure."""

    code: str
    rings: list[list[Point]]
    fill: str
    tier: Tier | None  # None for an outline without a figure
    label: str

    @cached_property
    def box(self) -> Box:
        """The smallest box around it."""
        return box_of(self.rings)

    @cached_property
    def glyph(self) -> Glyph | None:
        """The mark that it has instead of the pattern of the map."""
        return glyph_of(self.rings, self.tier)


@dataclass(frozen=True)
class Paint:
    """How an area is to look, before it has a place: its code, fill, tier, name and figure."""

    code: int
    fill: str
    tier: Tier
    label: str


class Projection:
    """Equirectangular, true at the middle latitude, fitted into a box and centred there."""

    def __init__(self, points: Sequence[Point], box: Box) -> None:
        ground = _ground(points)
        self.squeeze = _squeeze(points)
        self.west, self.north = min(x for x, _y in points), max(y for _x, y in points)
        wide, high = ground
        self.scale = min((box.right - box.left) / wide, (box.bottom - box.top) / high)
        self.left = box.left + (box.right - box.left - wide * self.scale) / 2
        self.top = box.top + (box.bottom - box.top - high * self.scale) / 2

    def __call__(self, point: Point) -> Point:
        return (
            round(self.left + (point[0] - self.west) * self.squeeze * self.scale, 1),
            round(self.top + (self.north - point[1]) * self.scale, 1),
        )


def snug_box(points: Sequence[Point], *, width: float, highest: float, margin: float) -> Box:
    """A box of a width, as high as the ground needs, and no higher than allowed."""
    wide, high = _ground(points)
    inner = min(highest - 2 * margin, (width - 2 * margin) * high / wide)
    return Box(margin, margin, width - margin, round(margin + inner, 1))


def points_of(outlines: Mapping[str, list[Ring]], paints: Sequence[Paint] = ()) -> list[Point]:
    """Every corner of the outlines, and of the squares among the areas painted."""
    corners = [point for rings in outlines.values() for ring in rings for point in ring]
    return corners + [
        point
        for paint in paints
        if f"{paint.code:05d}" not in outlines
        for point in corners_of(paint.code)
    ]


def shapes_on(
    project: Projection, outlines: Mapping[str, list[Ring]], paints: Sequence[Paint]
) -> list[Shape]:
    """Wards filled; or squares filled, with the outlines of the wards above them."""
    drawn = {
        code: [[project(point) for point in ring] for ring in rings]
        for code, rings in sorted(outlines.items())
    }
    by_code = {f"{paint.code:05d}": paint for paint in paints}
    wards = [_shape(by_code[code], rings) for code, rings in drawn.items() if code in by_code]
    if wards:
        return wards
    squares = [
        _shape(paint, [[project(point) for point in corners_of(paint.code)]]) for paint in paints
    ]
    return squares + [Shape(code, rings, "none", None, "") for code, rings in drawn.items()]


def _shape(paint: Paint, rings: list[list[Point]]) -> Shape:
    return Shape(f"{paint.code:05d}", rings, paint.fill, paint.tier, paint.label)


def _squeeze(points: Sequence[Point]) -> float:
    norths = [y for _x, y in points]
    return cos(radians((min(norths) + max(norths)) / 2))


def _ground(points: Sequence[Point]) -> Point:
    """Width and height in degrees of latitude."""
    wide, high = [x for x, _y in points], [y for _x, y in points]
    return (max(wide) - min(wide)) * _squeeze(points), max(high) - min(high)
