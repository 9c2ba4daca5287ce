"""Finds shops that are probably the same one, in squares of about 40 m."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from tracker.places.matching import is_look_alike
from tracker.places.models import Shop
from tracker.places.queries import metres_between

BUCKET_LAT, BUCKET_LON = 4_000, 5_000  # 1e-7 degrees: both more than 40 m in Japan
NAMELESS_METRES = 5  # shops without a name are one only when they stand on one spot


@dataclass
class Neighbourhood:
    """Shops by bucket, each with the row of the file that it came from, or 0.

    A shop within 40 m lies in its own bucket or in one beside it.
    """

    buckets: dict[tuple[int, int], list[tuple[Shop, int]]] = field(
        default_factory=lambda: defaultdict(list)
    )

    @classmethod
    def of_all_shops(cls) -> Neighbourhood:
        neighbourhood = cls()
        for shop in Shop.objects.only("name", "name_folded", "lat_e7", "lon_e7", "floor"):
            neighbourhood.add(shop, 0)
        return neighbourhood

    def add(self, shop: Shop, row: int) -> None:
        self.buckets[_bucket(shop)].append((shop, row))

    def duplicate_of(self, shop: Shop) -> tuple[Shop, int] | None:
        """A probable duplicate and its row."""
        row, column = _bucket(shop)
        for around in ((row + up, column + right) for up in (-1, 0, 1) for right in (-1, 0, 1)):
            for other, row in self.buckets.get(around, ()):
                if _is_duplicate(shop, other):
                    return other, row
        return None


def _bucket(shop: Shop) -> tuple[int, int]:
    return shop.lat_e7 // BUCKET_LAT, shop.lon_e7 // BUCKET_LON


def _is_duplicate(one: Shop, other: Shop) -> bool:
    if one.floor and other.floor and one.floor != other.floor:
        return False
    metres = metres_between(one.lat_e7, one.lon_e7, other.lat_e7, other.lon_e7)
    if not one.name_folded and not other.name_folded:
        return metres <= NAMELESS_METRES
    return is_look_alike(one.name_folded, other.name_folded, metres=metres)
