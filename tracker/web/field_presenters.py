"""Shops as lines of a list: where, how far, when last visited; never what was answered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from tracker.places.models import Shop
from tracker.vocabulary import Segment


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


def distance_band(metres: float) -> str:
    """A distance as exact as a phone knows it."""
    for upper, text in ((10, "< 10 m"), (25, "10–25 m"), (50, "25–50 m"), (100, "50–100 m")):
        if metres < upper:
            return text
    if metres < 1000:
        return f"{round(metres, -2):.0f} m"
    return f"{metres / 1000:.1f} km"
