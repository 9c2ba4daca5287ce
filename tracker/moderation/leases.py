"""Which moderator has which entries on the desk: short leases, each taken by one statement.

A lease only keeps an entry out of the others' queues. What decides a race of two decisions is
the revision.
"""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from tracker.accounts.models import User
from tracker.fieldwork.models import Visit
from tracker.moderation.models import Lease
from tracker.moderation.queries import in_queue_order, not_taken_by_others

AT_ONCE = 10  # entries
LEASE = timedelta(minutes=10)
TRIES = 5  # each lost try means that somebody else won


def take_leases(*, among: QuerySet[Visit], by: User, at: datetime) -> list[int]:
    """Fill the person's desk up to ten of these waiting entries; the ids that are on it then.

    What the person has besides is given back, what is held already is renewed. Never takes
    what another has: an insert that meets a row does nothing, and a row that ran out changes
    hands by a conditional UPDATE.
    """
    Lease.objects.filter(by=by).exclude(visit__in=among.values("pk")).delete()
    renew_leases(by=by, at=at)
    parked = _parked(by, at)
    for _try in range(TRIES):
        missing = AT_ONCE - len(parked)
        free = _free_ids(among, parked, by, at, most=missing) if missing > 0 else []
        if not free:
            break
        _take(sorted(free), by, at)
        parked = _parked(by, at)
    return parked


def _parked(by: User, at: datetime) -> list[int]:
    mine = Lease.objects.filter(by=by, expires_at__gt=at)
    return list(mine.values_list("visit_id", flat=True))


def _free_ids(
    among: QuerySet[Visit], parked: list[int], by: User, at: datetime, *, most: int
) -> list[int]:
    free = not_taken_by_others(among.exclude(pk__in=parked), by, at=at)
    return list(in_queue_order(free, by).values_list("pk", flat=True)[:most])


def _take(visit_ids: list[int], by: User, at: datetime) -> None:
    """In the order of the ids, so that two who take the same never wait for each other."""
    ends = at + LEASE
    over = Lease.objects.filter(visit__in=visit_ids, expires_at__lte=at)
    for claim_id in over.order_by("visit_id").values_list("pk", flat=True):
        Lease.objects.filter(pk=claim_id, expires_at__lte=at).update(
            by=by, taken_at=at, expires_at=ends
        )
    Lease.objects.bulk_create(
        [Lease(visit_id=pk, by=by, taken_at=at, expires_at=ends) for pk in visit_ids],
        ignore_conflicts=True,
    )


def renew_leases(*, by: User, at: datetime) -> datetime:
    """Ten more minutes for everything the person has; when they end."""
    ends = at + LEASE
    Lease.objects.filter(by=by, expires_at__lt=ends).update(expires_at=ends)
    return ends


def release_leases(*, by: User, until: datetime | None = None) -> int:
    """Give back what the person has; how many.

    With `until` only what was not renewed beyond it: a page that closes late takes nothing
    from the page that was opened after it.
    """
    mine = Lease.objects.filter(by=by)
    return (mine.filter(expires_at__lte=until) if until else mine).delete()[0]


def release_lease_of(*, visit: Visit, by: User) -> None:
    """Give one entry back."""
    Lease.objects.filter(visit=visit, by=by).delete()


def release_lease(*, visit: Visit) -> None:
    """Nobody needs the entry any more: it was decided."""
    Lease.objects.filter(visit=visit).delete()
