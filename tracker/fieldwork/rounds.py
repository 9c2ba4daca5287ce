"""When shops were last visited and photographed, and which have waited longest; no answers."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import F, Max, OuterRef, QuerySet, Subquery

from tracker.fieldwork.models import Photo, Visit
from tracker.places.models import Area, Shop
from tracker.vocabulary import PhotoState, VisitState

NOT_A_VISIT = (VisitState.WITHDRAWN, VisitState.REJECTED)


def last_visits(survivors: Mapping[int, int]) -> dict[int, datetime]:
    """Shop → its last visit by anybody. `survivors`: shop → the shop it counts as."""
    visits = Visit.objects.filter(shop__in=list(survivors)).exclude(state__in=NOT_A_VISIT)
    return _latest(survivors, visits.values_list("shop").annotate(Max("observed_at")))


def last_photos(survivors: Mapping[int, int]) -> dict[int, datetime]:
    """Shop → the last visit of which a photo came that could be used, as far as we know yet."""
    photos = (
        Photo.objects.filter(visit__shop__in=list(survivors))
        .exclude(state=PhotoState.REFUSED)
        .exclude(visit__state__in=NOT_A_VISIT)
    )
    return _latest(survivors, photos.values_list("visit__shop").annotate(Max("visit__observed_at")))


def _latest(
    survivors: Mapping[int, int], rows: Iterable[tuple[int, datetime]]
) -> dict[int, datetime]:
    """The latest moment of each shop, those of shops merged into it among them."""
    found: dict[int, datetime] = {}
    for shop, moment in rows:
        survivor = survivors[shop]
        found[survivor] = max(moment, found.get(survivor, moment))
    return found


def longest_due_shops(*, area: Area, limit: int) -> list[int]:
    """Keys of the shops of a city or ward that nobody visited, then of those visited longest ago.

    Visits of a shop merged into another do not count here: that shop then takes a place on the
    list that it may not need, and is told with its right date.
    """
    where = {"ward": area} if area.city_id else {"city": area}
    shops: QuerySet[Shop] = Shop.objects.filter(**where, merged_into=None)
    visits = Visit.objects.filter(shop=OuterRef("pk")).exclude(state__in=NOT_A_VISIT)
    last = Subquery(visits.values("shop").annotate(last=Max("observed_at")).values("last"))
    ordered = shops.annotate(last=last).order_by(F("last").asc(nulls_first=True), "pk")
    return list(ordered.values_list("pk", flat=True)[:limit])
