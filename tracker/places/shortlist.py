"""The few shops out of many that go onto a phone, with what it shows of them."""

from collections.abc import Collection, Sequence
from heapq import nsmallest
from math import cos, radians
from typing import NamedTuple
from uuid import UUID

from django.db.models import (
    Case,
    Exists,
    F,
    FloatField,
    IntegerField,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Cast

from tracker.places.atlas.cities import FIRST_CITY
from tracker.places.models import Area, Shop
from tracker.places.queries import LAST_REACH, box_around, metres_between

# Half sides of boxes in metres: each holds twice the area of the one before.
REACHES = [round(40 * 2 ** (step / 2)) for step in range(21)]
CORNER = 1.43  # the corner of a box is √2 as far as its side; a little more for the round earth


class ListedShop(NamedTuple):
    """What a phone is told of a shop. `place_name` is that of its ward, or of its city."""

    pk: int
    uuid: UUID
    name: str
    name_en: str
    name_zh_hans: str
    segment: str
    floor: str
    address: str
    lat_e7: int
    lon_e7: int
    city: str
    place_name: str


def nearest_shops(*, lat_e7: int, lon_e7: int, limit: int) -> list[int]:
    """Keys of the nearest shops within about 40 km, nearest first. Two statements.

    The first finds the smallest box that holds enough, on the index of places; the shops
    sought lie no further away than its corner, so the second reads a box around that.
    """
    reach = CORNER * _reach(lat_e7, lon_e7, limit)
    found = _box(lat_e7, lon_e7, reach).values_list("pk", "lat_e7", "lon_e7")
    away = ((metres_between(lat_e7, lon_e7, lat, lon), pk) for pk, lat, lon in found)
    return [pk for _metres, pk in nsmallest(limit, away)]


def in_areas(codes: Collection[str]) -> Q:
    """Shops of these wards and cities."""
    return Q(ward__in=codes) | Q(city__in=codes)


def nearest_in_areas(codes: Collection[str], *, lat_e7: int, lon_e7: int, limit: int) -> list[int]:
    """Keys of the nearest shops of some wards and cities, however far. One statement.

    Nearest on a plane, which orders the shops of a city as the round earth does but for a few.
    """
    north = Cast(F("lat_e7"), FloatField()) - lat_e7  # whole numbers would not hold the squares
    east = (Cast(F("lon_e7"), FloatField()) - lon_e7) * cos(radians(lat_e7 / 1e7))
    shops = Shop.objects.filter(in_areas(codes), merged_into=None)
    ordered = shops.order_by(north * north + east * east, "pk")
    return list(ordered.values_list("pk", flat=True)[:limit])


def _box(lat_e7: int, lon_e7: int, metres: float) -> QuerySet[Shop]:
    return Shop.objects.filter(box_around(lat_e7, lon_e7, metres), merged_into=None)


def _reach(lat_e7: int, lon_e7: int, limit: int) -> int:
    """Metres from the middle to the side of the first box that holds so many shops.

    The branches of the CASE are tried in turn, and each stops at the shop that decides it.
    """
    choices = [
        When(Exists(_box(lat_e7, lon_e7, reach)[limit - 1 :]), then=Value(reach))
        for reach in REACHES
    ]
    first = Case(*choices, default=Value(LAST_REACH), output_field=IntegerField())
    some_row = Area.objects.filter(code=FIRST_CITY)  # a statement needs one to stand on
    return some_row.values_list(first, flat=True).first() or LAST_REACH


def listed_shops(keys: Sequence[int]) -> list[ListedShop]:
    """The shops in the order of their keys."""
    rows = Shop.objects.filter(pk__in=list(keys)).values_list(
        *ListedShop._fields[:-2], "city", "city__name_ja", "ward__name_ja"
    )
    found = {pk: (pk, *rest, city, ward or of) for pk, *rest, city, of, ward in rows}
    return [ListedShop(*found[key]) for key in keys if key in found]


def merged_shops(keys: Sequence[int]) -> dict[int, int]:
    """Shop that was merged → the one of these that it counts as."""
    merged = Shop.objects.filter(merged_into__in=list(keys))
    return {pk: into for pk, into in merged.values_list("pk", "merged_into") if into}
