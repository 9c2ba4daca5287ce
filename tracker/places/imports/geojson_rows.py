"""GeoJSON of points and outlines."""

from collections.abc import Iterator

import shapely
from django.utils.translation import gettext as _
from shapely.errors import ShapelyError
from shapely.geometry import shape

from tracker.errors import ImportFailed
from tracker.places.imports.rows import (
    BadRow,
    Row,
    RowProblem,
    ShopRow,
    address_of,
    checked,
    position,
)


def read(document: object) -> Iterator[Row]:
    """Rows of a FeatureCollection; an outline counts by its centre."""
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list):
        raise ImportFailed(_("The file is not a GeoJSON FeatureCollection."))
    if not features:
        raise ImportFailed(_("The file holds no shops."))
    return _rows(features)


def _rows(features: list[object]) -> Iterator[Row]:
    for number, feature in enumerate(features, start=1):
        try:
            yield _row(number, feature)
        except RowProblem as problem:
            yield BadRow(number, str(problem))


def _row(number: int, feature: object) -> ShopRow:
    if not isinstance(feature, dict) or not isinstance(feature.get("properties") or {}, dict):
        raise RowProblem(_("not a GeoJSON feature"))
    tags = {
        checked(key): checked(value) for key, value in (feature.get("properties") or {}).items()
    }
    lat_e7, lon_e7 = _place(feature.get("geometry"))
    osm_id = tags.pop("@id", "") or str(feature.get("id") or "")
    is_osm = osm_id.split("/")[0] in ("node", "way", "relation")
    return ShopRow(
        number=number,
        name=tags.get("name") or tags.get("name:ja") or tags.get("brand", ""),
        lat_e7=lat_e7,
        lon_e7=lon_e7,
        osm_id=osm_id if is_osm else "",
        external_id="" if is_osm else checked(osm_id),
        address=address_of(tags),
        postal_code=tags.get("addr:postcode", ""),
        tags=tags,
    )


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
