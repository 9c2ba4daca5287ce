"""The sign of a tier inside one small square, where the pattern of the map could miss it.

Dots stand 9 units apart and hatch lines 10: a square of 250 m is 4 units wide. Without a mark
of its own, too few would look like not surveyed there, and wide like reliable.
"""

from dataclasses import dataclass
from typing import NamedTuple

from tracker.adoption.estimation.estimates import Tier

SMALL = 12.0  # units; a larger square holds at least one whole dot and one hatch line
WHITE, BLACK = "#FFFFFF", "#000000"
DOT = "#767E8A"
DOT_RADIUS = 1.2  # units
EDGE = 0.4  # units; half of an outline, which the hatch must not cross
Point = tuple[float, float]


class Box(NamedTuple):
    """Edges in units of the scene."""

    left: float
    top: float
    right: float
    bottom: float


class Stroke(NamedTuple):
    """A straight line of a colour; width in units."""

    start: Point
    end: Point
    colour: str
    width: float


@dataclass(frozen=True)
class Glyph:
    """The mark of one small square: a dot, or two hatch lines."""

    dot: tuple[Point, float] | None
    strokes: list[Stroke]


def box_of(rings: list[list[Point]]) -> Box:
    """The smallest box around every ring."""
    wide = [x for ring in rings for x, _y in ring]
    high = [y for ring in rings for _x, y in ring]
    return Box(min(wide), min(high), max(wide), max(high))


def is_small(box: Box) -> bool:
    return min(box.right - box.left, box.bottom - box.top) < SMALL


def has_own_mark(rings: list[list[Point]], tier: Tier | None) -> bool:
    """Whether a shape is signed by a mark of its own instead of the pattern of the map."""
    return tier in (Tier.WIDE, Tier.TOO_FEW) and is_small(box_of(rings))


def glyph_of(rings: list[list[Point]], tier: Tier | None) -> Glyph | None:
    """The mark of a shape; None where the pattern of the map signs it, or nothing does."""
    if not has_own_mark(rings, tier):
        return None
    box = box_of(rings)
    return Glyph(dot_of(box), []) if tier == Tier.TOO_FEW else Glyph(None, strokes_of(box))


def dot_of(box: Box) -> tuple[Point, float]:
    """Centre and radius of the one dot of a square with too few shops."""
    radius = min(DOT_RADIUS, (box.right - box.left) / 5, (box.bottom - box.top) / 5)
    return ((box.left + box.right) / 2, (box.top + box.bottom) / 2), radius


def strokes_of(box: Box) -> list[Stroke]:
    """The two hatch lines of a square with a wide interval: white, and black beside it."""
    left, top, right, bottom = box.left + EDGE, box.top + EDGE, box.right - EDGE, box.bottom - EDGE
    shift = min(right - left, bottom - top) / 4
    return [
        Stroke((left, bottom - shift), (right - shift, top), WHITE, shift * 0.8),
        Stroke((left + shift, bottom), (right, top + shift), BLACK, shift * 0.6),
    ]
