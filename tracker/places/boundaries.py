"""Imported ward boundaries: which ward a point lies in, and the outline to draw."""

from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Count
from shapely import Point, STRtree
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from tracker.places.grid import E7
from tracker.places.models import Area

Version = tuple[tuple[str, int], ...]


def boundary_version() -> Version:
    """Sources of the boundaries, each with its number of wards; empty without boundaries.

    A source line ends in a digest of its file, so other boundaries are another version.
    """
    found = Area.objects.exclude(boundary=None).values("boundary_source")
    counted = found.annotate(number=Count("code")).order_by("boundary_source")
    return tuple((row["boundary_source"], row["number"]) for row in counted)


@dataclass(frozen=True)
class Boundaries:
    """The imported boundaries of one moment."""

    tree: STRtree
    codes: list[str]

    def ward_at(self, lat_e7: int, lon_e7: int) -> str:
        """The ward whose boundary holds the point; "" where none does."""
        if not self.codes:
            return ""
        point = Point(lon_e7 / E7, lat_e7 / E7)
        found = sorted(
            self.codes[index] for index in self.tree.query(point, predicate="intersects")
        )
        return found[0] if found else ""


def current_boundaries() -> Boundaries:
    """As they are stored now. Whoever locates many points asks once, and hands them on."""
    return _read(boundary_version())


@lru_cache(maxsize=2)
def _read(version: Version) -> Boundaries:
    if not version:
        return Boundaries(STRtree([]), [])
    areas = Area.objects.exclude(boundary=None).exclude(city=None).order_by("code")
    shapes: list[BaseGeometry] = [shape(area.boundary) for area in areas]
    return Boundaries(STRtree(shapes), [area.code for area in areas])
