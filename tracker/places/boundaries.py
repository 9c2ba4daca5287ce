"""Imported ward boundaries: which ward a point lies in, and the outline to draw."""

from functools import lru_cache

from django.db.models import Count
from shapely import Point, STRtree
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from tracker.places.grid import degrees
from tracker.places.models import Area

Version = tuple[tuple[str, int], ...]


def boundary_version() -> Version:
    """Sources of the boundaries, each with its number of wards; empty without boundaries.

    A source line ends in a digest of its file, so other boundaries are another version.
    """
    found = Area.objects.exclude(boundary=None).values("boundary_source")
    counted = found.annotate(number=Count("code")).order_by("boundary_source")
    return tuple((row["boundary_source"], row["number"]) for row in counted)


def boundary_ward(lat_e7: int, lon_e7: int) -> str:
    """The ward whose imported boundary holds the point; "" without boundaries."""
    version = boundary_version()
    if not version:
        return ""
    tree, codes = _tree(version)
    point = Point(float(degrees(lon_e7)), float(degrees(lat_e7)))
    found = sorted(codes[index] for index in tree.query(point, predicate="intersects"))
    return found[0] if found else ""


@lru_cache(maxsize=2)
def _tree(version: Version) -> tuple[STRtree, list[str]]:
    areas = Area.objects.exclude(boundary=None).exclude(city=None).order_by("code")
    shapes: list[BaseGeometry] = [shape(area.boundary) for area in areas]
    return STRtree(shapes), [area.code for area in areas]
