"""Bring ward boundaries in, and ask again where every shop lies."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _
from shapely.errors import ShapelyError
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry
from shapely.ops import unary_union

from tracker.audit import log
from tracker.errors import ImportFailed
from tracker.outbox import actions as outbox
from tracker.places import actions
from tracker.places.atlas.cities import WARD_CODES
from tracker.places.boundaries import current_boundaries
from tracker.places.grid import E7, grid125
from tracker.places.models import Shop
from tracker.places.squares import are_missing, candidates

# What JSON and shapely raise on files that are not boundaries.
UNREADABLE = (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError,
              ShapelyError)  # fmt: skip
CODE_FIELDS = ("N03_007", "code")  # MLIT's field, and a plain one
CREDIT_LIMIT = 170  # characters: the day and the digest of the file come after it


@dataclass
class AreaReport:
    wards: int = 0
    ignored: int = 0  # features of other municipalities
    moved: int = 0  # shops that now lie in another ward, or are known better


@transaction.atomic
def keep_areas() -> list[str]:
    """Bring the table of areas up to what the code knows; `migrate` calls it every time."""
    return actions.keep_areas()


@transaction.atomic
def import_areas(*, path: Path, source: str, at: datetime) -> AreaReport:
    """Keep the boundaries of our wards and re-locate the shops; ImportFailed changes nothing."""
    if len(source) > CREDIT_LIMIT:
        raise ImportFailed(
            _("The source line is longer than %(limit)s characters.") % {"limit": CREDIT_LIMIT}
        )
    report = AreaReport()
    shapes = _shapes(path, report)
    credit = f"{source} ({at:%F}, {hashlib.sha256(path.read_bytes()).hexdigest()[:8]})"
    for code, parts in sorted(shapes.items()):
        whole = unary_union(parts)
        _check_lies_in_its_squares(whole, code)
        geometry = json.loads(json.dumps(mapping(whole)))
        actions.set_boundary(code=code, geometry=geometry, source=credit)
        report.wards += 1
    if not report.wards:
        raise ImportFailed(
            _("The file contains no ward of the surveyed cities. Codes are read from %(fields)s.")
            % {"fields": ", ".join(CODE_FIELDS)}
        )
    boundaries = current_boundaries()
    for shop in Shop.objects.order_by("pk"):
        if actions.relocate(shop, boundaries):
            actions.remember(shop.pk, by=None, at=at)
            shop.save()
            outbox.put(handler="refresh_shop", about=shop.pk, at=at, notify=False)
            report.moved += 1
    log.record(
        kind="areas_imported",
        actor=None,
        subject_type="import",
        subject_id=path.name[:64],
        at=at,
        facts={"wards": report.wards, "moved": report.moved},
    )
    return report


def _shapes(path: Path, report: AreaReport) -> dict[str, list[BaseGeometry]]:
    """Ward code → its parts; other municipalities are counted and left."""
    found: dict[str, list[BaseGeometry]] = {}
    for feature in _features(path):
        properties = feature.get("properties") or {}
        code = next((str(properties[name]) for name in CODE_FIELDS if properties.get(name)), "")
        if code not in WARD_CODES:
            report.ignored += 1
            continue
        found.setdefault(code, []).append(_valid(shape(feature["geometry"]), code))
    return found


def _valid(geometry: BaseGeometry, code: str) -> BaseGeometry:
    whole = geometry if geometry.is_valid else geometry.buffer(0)
    if whole.is_empty or whole.geom_type not in ("Polygon", "MultiPolygon"):
        raise ImportFailed(_("The boundary of %(code)s is not a polygon.") % {"code": code})
    return whole


def _check_lies_in_its_squares(whole: BaseGeometry, code: str) -> None:
    """Catches metres for degrees, swapped coordinates and codes of another ward."""
    inside = whole.representative_point()
    square = grid125(round(inside.y * E7), round(inside.x * E7)) // 1000
    if code not in candidates(square) and not are_missing():
        raise ImportFailed(
            _(
                "The boundary of %(code)s is not where that ward is. Coordinates must be in "
                "degrees, longitude before latitude."
            )
            % {"code": code}
        )


def _features(path: Path) -> list[dict[str, dict[str, object]]]:
    try:
        document = json.loads(path.read_text(encoding="utf-8-sig"))
        features = document["features"]
        for feature in features:
            if not isinstance(feature["properties"] or {}, dict):
                raise TypeError("properties are not an object")
            if feature["geometry"] is not None:
                shape(feature["geometry"])
    except UNREADABLE as error:
        raise ImportFailed(
            _("%(file)s is not readable GeoJSON: %(why)s.") % {"file": path.name, "why": error}
        ) from error
    return [feature for feature in features if feature["geometry"] is not None]
