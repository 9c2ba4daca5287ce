"""Outlines of wards to draw: the imported boundary, or one made from the 1 km squares.

No package ships ward polygons for all cities. The list of squares that each ward
touches gives a fair approximation: a ward has its own squares, and of each shared square
those 250 m parts that lie nearest to its own ones. It is labelled as approximate.
"""

from functools import cache, lru_cache

from django.utils.functional import lazy
from django.utils.translation import gettext as _
from shapely import Point, STRtree, box
from shapely.geometry import MultiPolygon, Polygon, shape
from shapely.geometry.polygon import orient
from shapely.ops import unary_union

from tracker.places.atlas.cities import WARD_CODES, city_of
from tracker.places.boundaries import Version, boundary_version
from tracker.places.credits import SQUARES, in_words
from tracker.places.grid import bounds, children
from tracker.places.models import Area
from tracker.places.squares import municipalities, squares_of_wards

Ring = list[tuple[float, float]]


def outlines_of(city: str) -> dict[str, list[Ring]]:
    """Ward code → rings of its outline in degrees (longitude, latitude), for one city."""
    return _outlines(city, boundary_version())


def outline_credit() -> str:
    """Where the outlines come from, and that they are approximate where they are."""
    version = boundary_version()
    if not version:
        return _("Approximate outlines, made from 1 km squares. %(credit)s") % {"credit": SQUARES}
    sources = "; ".join(in_words(source) for source, _number in version)
    if sum(number for _source, number in version) == len(WARD_CODES):
        return sources
    return _("%(source)s. Other outlines are approximate, made from 1 km squares. %(credit)s") % {
        "source": sources,
        "credit": SQUARES,
    }


outline_credit_lazy = lazy(outline_credit, str)


def polygons_of(city: str) -> dict[str, list[list[Ring]]]:
    """Ward code → its polygons, each its outer ring, counter-clockwise, and then its holes."""
    return {
        code: [_polygon_rings(orient(polygon)) for polygon in _polygons(geometry)]
        for code, geometry in _geometries(city, boundary_version()).items()
    }


@lru_cache(maxsize=8)
def _outlines(city: str, version: Version) -> dict[str, list[Ring]]:
    geometries = _geometries(city, version).items()
    return {code: _rings(geometry) for code, geometry in geometries}


@lru_cache(maxsize=8)
def _geometries(city: str, version: Version) -> dict[str, Polygon | MultiPolygon]:
    imported = Area.objects.filter(city_id=city).exclude(boundary=None)
    found = {area.code: shape(area.boundary) for area in imported}
    for code in sorted(WARD_CODES):
        if code not in found and city_of(code).value == city:
            found[code] = _approximate(code)
    return found


@cache
def _approximate(code: str) -> Polygon | MultiPolygon:
    own, shared = squares_of_wards()[code]
    parts = [_square(square) for square in own]
    for square in shared:
        for half in children(square):
            parts += [_square(part) for part in children(half) if _nearest_ward(part) == code]
    return unary_union(parts)


def _square(code: int) -> Polygon:
    edges = bounds(code)
    return box(edges.west, edges.south, edges.east, edges.north)


@cache
def _nearest_ward(grid250: int) -> str:
    """Of the wards that may own the part, the one whose own squares are nearest."""
    centre = _square(grid250).centroid
    rivals = sorted(municipalities()[grid250 // 100] & WARD_CODES)
    return min(rivals, key=lambda code: (_distance(code, centre), code))


def _distance(code: str, centre: Point) -> float:
    tree = _own_squares(code)
    if len(tree.geometries) == 0:
        return 0.5 / 120  # a ward without a square of its own takes part at half a square
    return float(tree.geometries[tree.nearest(centre)].distance(centre))


@cache
def _own_squares(code: str) -> STRtree:
    return STRtree([_square(square) for square in squares_of_wards()[code][0]])


def _rings(geometry: Polygon | MultiPolygon) -> list[Ring]:
    return [ring for polygon in _polygons(geometry) for ring in _polygon_rings(polygon)]


def _polygons(geometry: Polygon | MultiPolygon) -> list[Polygon]:
    polygons = geometry.geoms if isinstance(geometry, MultiPolygon) else [geometry]
    return [polygon for polygon in polygons if not polygon.is_empty]


def _polygon_rings(polygon: Polygon) -> list[Ring]:
    return [
        [(float(east), float(north)) for east, north, *_rest in ring.coords]
        for ring in (polygon.exterior, *polygon.interiors)
    ]
