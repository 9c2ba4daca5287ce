"""What a chart is made of, independent of who paints it: marks with places in units."""

from dataclasses import dataclass
from typing import NamedTuple

from tracker.publication.drawing.styles import COLOURS, CORNERS, INK, LINE, PAPER, Point


class Path(NamedTuple):
    """A line through points, or an area where it is closed. No `ink`, no line; no `fill`, no area.

    `dash` gives the lengths of stroke and gap, like “7 4”.
    """

    points: tuple[Point, ...]
    ink: str = ""
    width: float = 1
    dash: str = ""
    fill: str = ""
    opacity: float = 1
    is_closed: bool = False


class Dot(NamedTuple):
    place: Point
    radius: float
    fill: str
    ink: str


class TextMark(NamedTuple):
    """A text on its baseline; `anchor` is start, middle or end."""

    place: Point
    text: str
    size: float = 11
    anchor: str = "start"
    ink: str = INK
    weight: int = 400


class Named(NamedTuple):
    """Marks that stand for one area: its code, and its figure in words."""

    code: str
    label: str
    marks: "tuple[Mark, ...]"


class Placed(NamedTuple):
    """Marks of another drawing, moved to a place and enlarged."""

    place: Point
    scale: float
    marks: "tuple[Mark, ...]"


Mark = Path | Dot | TextMark | Named | Placed
SIGN_WIDTH = 1.6  # of the outline of a sign


@dataclass(frozen=True)
class Drawing:
    """Marks in paint order; `kind` names the chart to the style page size."""

    width: float
    height: float
    title: str
    kind: str
    marks: tuple[Mark, ...]


def line(begin: Point, end: Point, ink: str = LINE, width: float = 1, dash: str = "") -> Path:
    return Path((begin, end), ink, width, dash)


def sign(place: Point, measure: str, *, is_hollow: bool, size: float = 4) -> Mark:
    """The sign of a measure: dot, square, triangle or diamond; hollow for a wide interval."""
    colour = COLOURS[measure][0]
    fill = PAPER if is_hollow else colour
    if measure not in CORNERS:
        return Dot(place, size, fill, colour)
    x, y = place
    points = [(round(x + dx * size, 1), round(y + dy * size, 1)) for dx, dy in CORNERS[measure]]
    return Path(tuple(points), colour, SIGN_WIDTH, fill=fill, is_closed=True)
