"""Visits as workers and moderators ask for them."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import Max, QuerySet

from tracker.accounts.models import User
from tracker.fieldwork.models import Photo, Visit, VisitRevision
from tracker.fieldwork.parked import ParkedEntry
from tracker.fieldwork.states import VisitState
from tracker.places.models import Shop
from tracker.survey.outcomes import Outcome


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
        .prefetch_related("photos", "decisions__by", "corrections__by")
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


def visits_around(visit: Visit, *, begins: datetime, each: int) -> list[Visit]:
    """What the same worker observed within 24 hours from `begins`, in the order of time.

    Up to `each` before this visit and as many after it, with their shops, and the visit itself.
    """
    ends = begins + timedelta(days=1)
    day = (
        Visit.objects.filter(
            worker=visit.worker_id,
            observed_at__gte=begins,
            observed_at__lt=ends,
            # Observed is never after received: this finds the rows by their index.
            received_at__gte=begins,
            received_at__lt=ends + timedelta(days=7),
        )
        .exclude(state=VisitState.WITHDRAWN)
        .exclude(pk=visit.pk)
        .select_related("shop")
    )
    before = day.filter(observed_at__lte=visit.observed_at).order_by("-observed_at", "-pk")
    after = day.filter(observed_at__gt=visit.observed_at).order_by("observed_at", "pk")
    return [*reversed(before[:each]), visit, *after[:each]]


def newest_approved(shop_ids: Iterable[int]) -> dict[int, Visit]:
    """Shop id → its latest approved visit with answers."""
    found: dict[int, Visit] = {}
    visits = Visit.objects.filter(
        shop_id__in=list(shop_ids), state=VisitState.APPROVED, outcome=Outcome.ANSWERED
    )
    for visit in visits.order_by("observed_at", "received_at", "pk"):
        found[visit.shop_id] = visit
    return found


def last_visit_dates(
    shop_ids: Iterable[int], *, before: datetime | None = None
) -> dict[int, datetime]:
    """Shop id → when it was last visited by anybody, before a moment too; never the answers."""
    visits = Visit.objects.filter(shop_id__in=list(shop_ids)).exclude(
        state__in=[VisitState.WITHDRAWN, VisitState.REJECTED]
    )
    if before:
        visits = visits.filter(observed_at__lt=before)
    return dict(visits.values_list("shop_id").annotate(last=Max("observed_at")))


def waiting_for_shop(uuid: UUID) -> str:
    """What a parked entry's `waits_for` says where it waits for its shop."""
    return f"shop {uuid}"


def waiting_for_revision(uuid: UUID, revision: int) -> str:
    """What a parked entry's `waits_for` says where it waits for an earlier revision."""
    return f"visit {uuid} {revision}"


def waiting_for_look(person: User) -> str:
    """What it says where its worker has left, and somebody has to look at it first."""
    return f"look {person.pk}"


def set_aside_of(person: User) -> QuerySet[ParkedEntry]:
    """What somebody handed in while leaving, in the order of its coming."""
    return ParkedEntry.objects.filter(waits_for=waiting_for_look(person)).order_by("pk")


def is_here(waits_for: str) -> bool:
    """Whether what a parked entry waits for has come."""
    kind, uuid, *revision = waits_for.split()
    if kind == "look":
        return False
    if kind == "shop":
        return Shop.objects.filter(uuid=uuid).exists()
    return Visit.objects.filter(uuid=uuid, revision__gte=int(revision[0])).exists()


class Sent(NamedTuple):
    """A revision as it was sent before, stored or held."""

    worker_id: int
    sha256: str
    is_parked: bool


def revisions_sent(uuids: Collection[UUID], by: User) -> dict[tuple[UUID, int], Sent]:
    """What is known of these entries, by UUID and revision; of those that wait, only one's own."""
    kept = VisitRevision.objects.filter(visit__uuid__in=uuids).values_list(
        "visit__uuid", "number", "visit__worker_id", "sent_sha256"
    )
    parked = ParkedEntry.objects.filter(uuid__in=uuids, worker=by).values_list(
        "uuid", "revision", "worker_id", "sent_sha256"
    )
    found = {(uuid, number): Sent(worker, sha, True) for uuid, number, worker, sha in parked}
    return found | {(uuid, number): Sent(worker, sha, False) for uuid, number, worker, sha in kept}


def photos_by_uuid() -> QuerySet[Photo]:
    """Photos with their visit, for the page that shows one."""
    return Photo.objects.select_related("visit")
