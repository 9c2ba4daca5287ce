"""The JSON that an Overpass server answers."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

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
    """Rows of `elements`; ways and relations need `out center`."""
    elements = document.get("elements") if isinstance(document, dict) else None
    if not isinstance(elements, list):
        raise ImportFailed(_("The file is not an Overpass response: it has no “elements”."))
    if not elements:
        raise ImportFailed(_("The file contains no shops."))
    return each_row(elements, _row)


def _row(number: int, element: object) -> ShopRow:
    if not isinstance(element, dict) or element.get("type") not in ("node", "way", "relation"):
        raise RowProblem(_("not an OSM node, way or relation"))
    centre, tags = element.get("center") or element, element.get("tags") or {}
    if not isinstance(centre, dict) or not isinstance(tags, dict):
        raise RowProblem(_("not an OSM node, way or relation"))
    if "lat" not in centre or "lon" not in centre:
        raise RowProblem(_("no position: ask Overpass for “out center”"))
    place = position(centre["lat"], centre["lon"])
    tags = {checked(key): checked(value) for key, value in tags.items()}
    key = checked(f"{element['type']}/{element.get('id')}", ID_LIMIT)
    return row_of_tags(number, tags, place, osm_id=key)
