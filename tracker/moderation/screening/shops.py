"""What the neighbourhood tells: shops with like names beside a new one, and its chain."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from math import cos, radians

from django.db.models import Q

from tracker.fieldwork.draw import key_of, period_of
from tracker.fieldwork.due import is_drawn
from tracker.fieldwork.models import Visit
from tracker.moderation.screening.records import counted_visits, records_of
from tracker.moderation.triage.facts import Duplicate, Record
from tracker.places.grid import E7
from tracker.places.matching import NEAR_METRES, is_look_alike
from tracker.places.models import Shop
from tracker.places.queries import METRES_PER_DEGREE, metres_between

NEW_DAYS = 30  # a shop is new for so long
CHAIN_DAYS = 180
MOST_OF_CHAINS = 2000  # the newest entries of all chains concerned


def new_shops(shop_ids: Iterable[int], *, at: datetime) -> list[Shop]:
    """Those of the shops that a worker has listed of late."""
    since = at - timedelta(days=NEW_DAYS)
    shops = Shop.objects.filter(pk__in=list(shop_ids), created_at__gte=since, merged_into=None)
    return list(shops.filter(created_by__isnull=False).order_by("pk"))


def duplicates_of(shops: list[Shop]) -> dict[int, tuple[Duplicate, ...]]:
    """Shop → other shops within 40 m with nearly the same name; one query."""
    if not shops:
        return {}
    near = Q()
    for shop in shops:
        near |= _box(shop)
    others = list(Shop.objects.filter(near, merged_into=None))
    found: defaultdict[int, list[Duplicate]] = defaultdict(list)
    for shop in shops:
        for other in others:
            away = metres_between(shop.lat_e7, shop.lon_e7, other.lat_e7, other.lon_e7)
            if other.pk != shop.pk and _may_be_one(shop, other, away):
                found[shop.pk].append(Duplicate(other.pk, other.name, away))
    return {shop: tuple(duplicates) for shop, duplicates in found.items()}


def _may_be_one(shop: Shop, other: Shop, away: float) -> bool:
    if shop.floor and other.floor and shop.floor != other.floor:
        return False
    return is_look_alike(shop.name_folded, other.name_folded, metres=away)


def _box(shop: Shop) -> Q:
    lat = int(NEAR_METRES / METRES_PER_DEGREE * E7) + 1
    lon = int(lat / cos(radians(shop.lat_e7 / E7))) + 1
    return Q(
        lat_e7__range=(shop.lat_e7 - lat, shop.lat_e7 + lat),
        lon_e7__range=(shop.lon_e7 - lon, shop.lon_e7 + lon),
    )


def drawn_entries(entries: Sequence[Record]) -> frozenset[int]:
    """Entries of shops drawn to be photographed again in their survey period; one query."""
    visits = Visit.objects.filter(pk__in=[one.key for one in entries])
    shops = dict(visits.values_list("pk", "shop__uuid"))
    return frozenset(
        one.key for one in entries if is_drawn(shops[one.key], key=key_of(_period(one)))
    )


def _period(entry: Record) -> str:
    return period_of(datetime.fromtimestamp(entry.at, UTC))


def chain_records(brands: set[str], *, until: datetime) -> dict[str, tuple[Record, ...]]:
    """Brand → its late entries, oldest first; one query."""
    since = until - timedelta(days=CHAIN_DAYS)
    late = counted_visits().filter(shop__brand__in=brands, received_at__range=(since, until))
    found: defaultdict[str, list[Record]] = defaultdict(list)
    for record in records_of(late.order_by("-received_at", "-pk")[:MOST_OF_CHAINS]):
        found[record.place.brand].append(record)
    return {
        brand: tuple(sorted(records, key=lambda record: (record.at, record.key)))
        for brand, records in found.items()
    }
