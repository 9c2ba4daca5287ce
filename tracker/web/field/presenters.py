"""Shops as lines of a list: where, how far, when last visited; never what was answered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from tracker.places.kinds import Segment
from tracker.places.models import Shop
from tracker.web.entries.distances import distance_band


@dataclass(frozen=True)
class ShopLine:
    pk: int
    name: str
    segment: str
    floor: str
    place: str
    distance: str
    last_visit: datetime | None


def shop_lines(
    found: Iterable[tuple[Shop, float | None]], dates: Mapping[int, datetime]
) -> list[ShopLine]:
    return [
        ShopLine(
            pk=shop.pk,
            name=shop.name or _("(no name)"),
            segment=str(Segment(shop.segment).label),
            floor=shop.floor,
            place=shop.address or (shop.ward or shop.city).name_ja,
            distance="" if away is None else distance_band(away),
            last_visit=dates.get(shop.pk),
        )
        for shop, away in found
    ]
