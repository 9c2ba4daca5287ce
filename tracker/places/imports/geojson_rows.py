"""GeoJSON of points and outlines."""

from collections.abc import Iterator

import shapely
from django.utils.translation import gettext as _
from shapely.errors import ShapelyError
from shapely.geometry import shape

from tracker.errors import ImportFailed
from tracker.places.imports.rows import (
    ID_LIMIT,
    Row,
    RowProblem,
    ShopRow,
    checked,
    each_row,
    position,
    row_of_tags,
)


def read(document: object) -> Iterator[Row]:
    """Rows of a FeatureCollection; an outline counts by its centre."""
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list):
        raise ImportFailed(_("The file is not a GeoJSON FeatureCollection."))
    if not features:
        raise ImportFailed(_("The file contains no shops."))
    return each_row(features, _row)


def _row(number: int, feature: object) -> ShopRow:
    if not isinstance(feature, dict) or not isinstance(feature.get("properties") or {}, dict):
        raise RowProblem(_("not a GeoJSON feature"))
    tags = {
        checked(key): checked(value) for key, value in (feature.get("properties") or {}).items()
    }
    place = _place(feature.get("geometry"))
    key = checked(tags.pop("@id", "") or feature.get("id"), ID_LIMIT)
    if key.split("/")[0] in ("node", "way", "relation"):
        return row_of_tags(number, tags, place, osm_id=key)
    return row_of_tags(number, tags, place, external_id=key)


def _place(geometry: object) -> tuple[int, int]:
    if not isinstance(geometry, dict):
        raise RowProblem(_("no geometry"))
    if geometry.get("type") == "Point":
        coordinates = geometry.get("coordinates")
        if not isinstance(coordinates, list) or len(coordinates) < 2:
            raise RowProblem(_("a point without two coordinates"))
        return position(coordinates[1], coordinates[0])
    try:
        centre = shapely.centroid(shape(geometry))
    except (ShapelyError, ValueError, TypeError, AttributeError, KeyError, IndexError):
        raise RowProblem(_("the geometry cannot be read")) from None
    if centre.is_empty:
        raise RowProblem(_("the geometry is empty"))
    return position(round(centre.y, 7), round(centre.x, 7))
