"""Very many squares of one level as few paths, in whole steps of the grid: a page stays light.

One square then costs some five bytes on the way instead of sixty, and loses its own title; the
table beside the map, or its file, has the figures. Rows count north, so y points up here.
"""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from tracker.adoption.estimation.estimates import Tier
from tracker.places.grid import LAT_STEPS, LON_ORIGIN, LON_STEPS, origin
from tracker.publication.drawing.canvas import Paint, Projection
from tracker.publication.drawing.glyphs import BLACK, DOT, WHITE
from tracker.publication.drawing.styles import OUTLINE


class Sign(NamedTuple):
    """A rise or a fall, drawn upon an area: grey alone cannot tell the two apart."""

    is_rise: bool
    ink: str


class SquarePlace(NamedTuple):
    """A square by its column and row, in steps of its level."""

    column: int
    row: int


def lattice_svg(
    project: Projection, paints: Sequence[Paint], signs: Mapping[int, Sign]
) -> list[str]:
    """The squares, their marks and their signs. All are of one level."""
    if not paints:
        return []
    ordered = sorted(paints, key=lambda paint: (paint.fill, str(paint.tier), paint.code))
    drawn = []
    for (fill, tier), alike in groupby(ordered, key=lambda paint: (paint.fill, paint.tier)):
        places = [place_of(paint.code) for paint in alike]
        squares = "".join(f"M{place.column} {place.row}h1v1h-1z" for place in places)
        drawn.append(f'<path d="{squares}" fill="{fill}" stroke="{OUTLINE}" stroke-width=".06"/>')
        drawn += _marks(places, tier)
    return [f'<g transform="{_matrix(project, paints[0].code)}">', *drawn, *_signs(signs), "</g>"]


def place_of(code: int) -> SquarePlace:
    row, column, size = origin(code)
    return SquarePlace(column // size, row // size)


def _matrix(project: Projection, code: int) -> str:
    """From steps of the grid to units of the canvas."""
    size = origin(code)[2]
    x = project.left + (LON_ORIGIN - project.west) * project.squeeze * project.scale
    y = project.top + project.north * project.scale
    wide = size / LON_STEPS * project.squeeze * project.scale
    return f"matrix({wide:.6f} 0 0 {-size / LAT_STEPS * project.scale:.6f} {x:.3f} {y:.3f})"


def _marks(places: Sequence[SquarePlace], tier: Tier) -> list[str]:
    """One dot in each square with too few shops; a white and a black line where it is wide."""
    if tier == Tier.TOO_FEW:
        dots = "".join(f"M{place.column}.5 {place.row}.5h0" for place in places)
        look = f'stroke="{DOT}" stroke-width=".4" stroke-linecap="round"'
        return [f'<path d="{dots}" {look}/>']
    if tier != Tier.WIDE:
        return []
    white = "".join(f"M{place.column}.1 {place.row}.35l.55 .55" for place in places)
    black = "".join(f"M{place.column}.35 {place.row}.1l.55 .55" for place in places)
    return [
        f'<path d="{white}" stroke="{WHITE}" stroke-width=".2"/>',
        f'<path d="{black}" stroke="{BLACK}" stroke-width=".15"/>',
    ]


def _signs(signs: Mapping[int, Sign]) -> list[str]:
    """Triangles that point up or down."""
    drawn = []
    by_look = sorted(signs.items(), key=lambda item: (item[1], item[0]))
    for sign, alike in groupby(by_look, key=lambda item: item[1]):
        top, way = (".8", "-") if sign.is_rise else (".2", " ")
        places = [place_of(code) for code, _sign in alike]
        path = "".join(f"M{one.column}.5 {one.row}{top}l.3{way}.55h-.6z" for one in places)
        drawn.append(f'<path d="{path}" fill="{sign.ink}"/>')
    return drawn
