"""Shops by place and by name, and the names of areas."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

from django.db.models import Count, F, Max, Min, OuterRef, Q, QuerySet, Subquery

from tracker.places.grid import E7, degrees
from tracker.places.matching import NEAR_METRES, fold, is_look_alike
from tracker.places.models import Area, DuplicatePair, Shop, ShopChange, Source

EARTH_METRES = 6_371_008.8  # mean radius, IUGG
METRES_PER_DEGREE = 111_195.0
FIRST_REACH = 300  # metres; widened until there are enough shops
LAST_REACH = 40_000
DEMO_DATASET = "demo"


def metres_between(lat_e7: int, lon_e7: int, other_lat_e7: int, other_lon_e7: int) -> float:
    """Great-circle distance by the haversine formula, in metres."""
    lat, other_lat = radians(lat_e7 / E7), radians(other_lat_e7 / E7)
    half_lat = (other_lat - lat) / 2
    half_lon = radians((other_lon_e7 - lon_e7) / E7) / 2
    chord = sin(half_lat) ** 2 + cos(lat) * cos(other_lat) * sin(half_lon) ** 2
    return 2 * EARTH_METRES * asin(sqrt(chord))


def box_around(lat_e7: int, lon_e7: int, metres: float) -> Q:
    """Shops in the square so many metres north, south, east and west of a point."""
    step_lat = int(metres / METRES_PER_DEGREE * E7) + 1
    step_lon = int(step_lat / max(cos(radians(lat_e7 / E7)), 0.1)) + 1
    return Q(
        lat_e7__range=(lat_e7 - step_lat, lat_e7 + step_lat),
        lon_e7__range=(lon_e7 - step_lon, lon_e7 + step_lon),
    )


def shops_within(*, lat_e7: int, lon_e7: int, metres: float) -> list[tuple[Shop, float]]:
    """Shops at most so far away, nearest first, with their distance in metres."""
    box = Shop.objects.filter(box_around(lat_e7, lon_e7, metres), merged_into=None)
    box = box.select_related("ward", "city")
    found = [(shop, metres_between(lat_e7, lon_e7, shop.lat_e7, shop.lon_e7)) for shop in box]
    return sorted(
        ((shop, away) for shop, away in found if away <= metres),
        key=lambda pair: (pair[1], pair[0].pk),
    )


def shops_near(*, lat_e7: int, lon_e7: int, limit: int = 50) -> Sequence[tuple[Shop, float]]:
    """The nearest shops with their distance in metres; looks further where there are few."""
    reach = FIRST_REACH
    found = shops_within(lat_e7=lat_e7, lon_e7=lon_e7, metres=reach)
    while len(found) < limit and reach < LAST_REACH:
        reach *= 4
        found = shops_within(lat_e7=lat_e7, lon_e7=lon_e7, metres=reach)
    return found[:limit]


def look_alikes(*, name: str, lat_e7: int, lon_e7: int) -> list[tuple[Shop, float]]:
    """Shops within 40 m whose name is nearly the same."""
    folded = fold(name)
    near = shops_within(lat_e7=lat_e7, lon_e7=lon_e7, metres=NEAR_METRES)
    return [
        (shop, away) for shop, away in near if is_look_alike(folded, shop.name_folded, metres=away)
    ]


def search_shops(*, text: str, limit: int = 50) -> list[Shop]:
    """Shops whose name, in any width or kana, or whose address holds the text."""
    folded = fold(text)
    match = Q(address__icontains=text.strip()) | Q(name_en__icontains=text.strip())
    if folded:
        match |= Q(name_folded__contains=folded)
    shops = Shop.objects.filter(match, merged_into=None).select_related("ward", "city")
    return list(shops.order_by("name_folded", "pk")[:limit])


def areas_by_code(codes: Iterable[str]) -> dict[str, Area]:
    return Area.objects.in_bulk(list(codes))


def wards_in(city: str) -> QuerySet[Area]:
    """The wards of a city in the order of their codes."""
    return Area.objects.filter(city_id=city).order_by("code")


def all_wards() -> QuerySet[Area]:
    """The wards of all cities in the order of their codes."""
    return Area.objects.exclude(city=None).order_by("code")


class NearShop(NamedTuple):
    pk: int
    name: str
    metres: float


def chain_near(shop: Shop, *, metres: float, limit: int) -> list[NearShop]:
    """Other shops of the same brand at most so far away, nearest first.

    A brand may have hundreds of shops in a city: only what is needed of each is read.
    """
    if not shop.brand:
        return []
    box = Shop.objects.filter(
        box_around(shop.lat_e7, shop.lon_e7, metres), merged_into=None, brand=shop.brand
    ).exclude(pk=shop.pk)
    near = [
        NearShop(pk, name, metres_between(shop.lat_e7, shop.lon_e7, lat_e7, lon_e7))
        for pk, name, lat_e7, lon_e7 in box.values_list("pk", "name", "lat_e7", "lon_e7")
    ]
    close = [other for other in near if other.metres <= metres]
    return sorted(close, key=lambda other: (other.metres, other.pk))[:limit]


def has_invented_shops() -> bool:
    """Whether any shop comes from the demonstration."""
    return Source.objects.filter(dataset=DEMO_DATASET).exists()


def source_credits() -> list[str]:
    """The datasets that shops were learnt from, each with its licence."""
    found = Source.objects.exclude(dataset=DEMO_DATASET).values_list("dataset", "licence")
    return sorted({f"{dataset}: {licence}" if licence else dataset for dataset, licence in found})


def place_of(shop: Shop) -> tuple[str, str]:
    """Latitude and longitude as decimal text."""
    return str(degrees(shop.lat_e7)), str(degrees(shop.lon_e7))


def shops_by_square(city: str) -> list[tuple[int, int]]:
    """1 km square and number of shops that are not merged, in order of the squares."""
    shops = Shop.objects.filter(city=city, merged_into=None)
    by_square = shops.values_list(F("grid125") / 1000).annotate(shops=Count("pk"))
    return list(by_square.order_by(F("grid125") / 1000))


def squares_in_several(cities: Collection[str]) -> list[int]:
    """1 km squares in which shops of more than one of these cities stand for themselves."""
    shops = Shop.objects.filter(city__in=cities, merged_into=None)
    by_square = shops.annotate(square=F("grid125") / 1000).values("square")
    several = by_square.annotate(least=Min("city"), greatest=Max("city"))
    return list(several.filter(least__lt=F("greatest")).values_list("square", flat=True))


def moved_since(moment: datetime) -> set[int]:
    """Shops that were moved, filed anew or merged since then."""
    return set(ShopChange.objects.filter(at__gte=moment).values_list("shop_id", flat=True))


def listed_shops(*, city: str) -> Iterator[tuple[int, str, str, str, str, int, int]]:
    """Id, folded name, brand, branch, floor and place of every shop that stands for itself."""
    rows = Shop.objects.filter(city_id=city, merged_into=None).order_by("pk")
    columns = ("pk", "name_folded", "brand", "branch", "floor", "lat_e7", "lon_e7")
    return rows.values_list(*columns).iterator(chunk_size=5000)


def open_pairs(*, area: str = "") -> QuerySet[DuplicatePair]:
    """Pairs that wait for somebody's look, the most alike first; of a city or a ward."""
    found = DuplicatePair.objects.filter(
        dismissed_at=None, shop__merged_into=None, other__merged_into=None
    ).select_related("shop__ward", "shop__city", "other__ward", "other__city")
    if area:
        found = found.filter(Q(shop__city_id=area) | Q(shop__ward_id=area))
    return found.order_by("-likeness", "metres", "pk")


def merged_lately(*, limit: int = 20) -> list[Shop]:
    """Shops that were merged into another, the newest merge first."""
    last = ShopChange.objects.filter(shop=OuterRef("pk")).order_by("-at", "-pk").values("at")[:1]
    merged = Shop.objects.exclude(merged_into=None).annotate(merged_at=Subquery(last))
    return list(merged.select_related("merged_into").order_by("-merged_at", "-pk")[:limit])
