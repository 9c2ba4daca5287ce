"""A map inside a page: the areas and their signs only, while the page itself brings the words."""

from collections.abc import Mapping, Sequence

from shapely import Polygon
from shapely.ops import polylabel

from tracker.adoption.estimation.estimates import Tier
from tracker.places.outlines import Ring
from tracker.publication.drawing import styles
from tracker.publication.drawing.canvas import (
    Paint,
    Projection,
    Shape,
    points_of,
    shapes_on,
    snug_box,
)
from tracker.publication.drawing.lattice import Sign, lattice_svg
from tracker.publication.drawing.map_svg import PATTERN_OF, PATTERNS, shape_svg

WIDTH, HIGHEST, MARGIN = 560.0, 620.0, 6.0
MOST_TITLED = 600  # squares; above it a title on each would make the page too heavy
SIGN, GRAIN = 7.0, 3.0  # units: the size of a sign, and how exactly its place is sought
SMALLEST = 4.0  # of a square that has room for a sign


# Once in a page: every drawing of it may refer to the patterns.
DEFS = (
    '<svg xmlns="http://www.w3.org/2000/svg" class="patterns" width="0" height="0" '
    f'aria-hidden="true" focusable="false"><defs>{PATTERNS}</defs></svg>'
)


def panel_svg(
    outlines: Mapping[str, list[Ring]],
    paints: Sequence[Paint],
    *,
    title: str,
    signs: Mapping[int, Sign] | None = None,
    most_titled: int = MOST_TITLED,
) -> str:
    """The map, fitted to what it shows. The page has to hold DEFS."""
    ground = points_of(outlines, paints)
    box = snug_box(ground, width=WIDTH, highest=HIGHEST, margin=MARGIN)
    project, signs = Projection(ground, box), signs or {}
    if len(paints) > most_titled:
        drawn = lattice_svg(project, paints, signs)
        drawn += [shape_svg(shape) for shape in shapes_on(project, outlines, [])]
    else:
        shapes = shapes_on(project, outlines, paints)
        drawn = [_area(shape, signs.get(int(shape.code))) for shape in shapes]
    return "".join([styles.head(WIDTH, box.bottom + MARGIN, title, "panel"), *drawn, "</svg>"])


def _area(shape: Shape, sign: Sign | None) -> str:
    drawn = shape_svg(shape)
    if sign is None or shape.tier is None:
        return drawn
    return drawn.removesuffix("</g>") + sign_svg(_middle(shape), _size(shape), sign) + "</g>"


def _middle(shape: Shape) -> styles.Point:
    """The point of the largest part that is farthest from its edge."""
    largest = max((Polygon(ring) for ring in shape.rings), key=lambda part: part.area)
    point = polylabel(largest, GRAIN)
    return round(point.x, 1), round(point.y, 1)


def _size(shape: Shape) -> float:
    box = shape.box
    room = min(box.right - box.left, box.bottom - box.top) / 3
    return round(min(SIGN, max(SMALLEST, room)), 1)


def sign_svg(place: styles.Point, size: float, sign: Sign) -> str:
    """A triangle that points up or down, with a rim that keeps it apart from a hatch."""
    (x, y), way = place, -1 if sign.is_rise else 1
    corners = [
        (round(x + dx * size, 1), round(y + way * dy * size, 1))
        for dx, dy in ((0, 0.9), (1, -0.8), (-1, -0.8))
    ]
    rim = styles.WHITE if sign.ink == styles.INK else styles.INK
    return (
        f'<path d="{styles.path(corners)}Z" fill="{sign.ink}" stroke="{rim}" '
        'stroke-width="1.2" paint-order="stroke"/>'
    )


def _pattern(tier: Tier | None) -> list[str]:
    return [PATTERN_OF[tier]] if tier in PATTERN_OF else []


def swatch_svg(fill: str, tier: Tier, sign: Sign | None = None) -> str:
    """A small field of the key beside a map."""
    box = 'x="0.5" y="0.5" width="31" height="19"'
    over = "".join(f'<rect {box} fill="url(#{name})"/>' for name in _pattern(tier))
    mark = sign_svg((16, 10), 5.5, sign) if sign else ""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" class="swatch" viewBox="0 0 32 20" width="32" '
        f'height="20" aria-hidden="true"><rect {box} fill="{fill}" '
        f'stroke="{styles.OUTLINE}"/>{over}{mark}</svg>'
    )
