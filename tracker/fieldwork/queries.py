"""Visits as workers and moderators ask for them."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Max, QuerySet

from tracker.accounts.models import User
from tracker.fieldwork.models import Photo, Visit
from tracker.vocabulary import VisitState


def entries_of(worker: User) -> QuerySet[Visit]:
    """The worker's own entries, newest first."""
    return (
        Visit.objects.filter(worker=worker)
        .select_related("shop", "shop__ward", "shop__city")
        .prefetch_related("photos", "decisions")
        .order_by("-received_at", "-pk")
    )


def all_entries() -> QuerySet[Visit]:
    """Every entry with what a page shows beside it, oldest first."""
    return (
        Visit.objects.select_related("shop", "shop__ward", "shop__city", "worker")
        .prefetch_related("photos", "decisions__by")
        .order_by("received_at", "pk")
    )


def earlier_visits(visit: Visit) -> QuerySet[Visit]:
    """Other visits of the same shop up to this one that were not withdrawn, newest first."""
    return (
        all_entries()
        .filter(shop_id=visit.shop_id, observed_at__lte=visit.observed_at)
        .exclude(pk=visit.pk)
        .exclude(state=VisitState.WITHDRAWN)
        .order_by("-observed_at", "-pk")
    )


def last_visit_dates(shop_ids: Iterable[int]) -> dict[int, datetime]:
    """Shop id → when it was last visited by anybody; never what was answered."""
    rows = (
        Visit.objects.filter(shop_id__in=list(shop_ids))
        .exclude(state__in=[VisitState.WITHDRAWN, VisitState.REJECTED])
        .values_list("shop_id")
        .annotate(last=Max("observed_at"))
    )
    return dict(rows)


def photos_by_uuid() -> QuerySet[Photo]:
    """Photos with their visit, for the page that shows one."""
    return Photo.objects.select_related("visit")
