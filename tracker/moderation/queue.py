"""Which entries a moderator asks for, and in which order they are given."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from tracker.accounts.models import User
from tracker.fieldwork.models import Visit
from tracker.fieldwork.states import VisitState
from tracker.moderation.kinds import Priority
from tracker.moderation.models import Flag
from tracker.moderation.queries import in_priority, in_queue_order, waiting_for

LOOKUPS = {
    "city": "shop__city_id",
    "ward": "shop__ward_id",
    "segment": "shop__segment",
    "worker": "worker__username",
}


@dataclass(frozen=True)
class QueueFilter:
    """What narrows the queue; what is empty narrows nothing."""

    state: VisitState = VisitState.SUBMITTED
    city: str = ""
    ward: str = ""
    segment: str = ""
    worker: str = ""
    text: str = ""  # of a name or an address, as typed
    folded: str = ""  # the same as names are compared
    hours: int = 0  # waiting for longer than these
    flag: str = ""
    priority: str = ""
    is_everybody: bool = False  # also what is not on the own desk

    @property
    def is_of_waiting(self) -> bool:
        return self.state == VisitState.SUBMITTED


def wanted_entries(wanted: QueueFilter, person: User, *, at: datetime) -> QuerySet[Visit]:
    """What the filter leaves, in no order; waiting entries without the own."""
    if wanted.is_of_waiting:
        found = waiting_for(person)
    else:
        found = Visit.objects.filter(state=wanted.state)
    named = {lookup: getattr(wanted, name) for name, lookup in LOOKUPS.items()}
    found = found.filter(**{lookup: value for lookup, value in named.items() if value})
    if wanted.text:
        match = Q(shop__address__icontains=wanted.text.strip())
        named_so = Q(shop__name_folded__contains=wanted.folded)
        found = found.filter(match | named_so if wanted.folded else match)
    if wanted.hours:
        found = found.filter(received_at__lt=at - timedelta(hours=wanted.hours))
    if wanted.flag:
        here = {"visit": OuterRef("pk"), "revision": OuterRef("revision")}
        found = found.filter(Exists(Flag.objects.filter(**here, code=wanted.flag)))
    return in_priority(found, Priority(wanted.priority)) if wanted.priority else found


def in_order(wanted: QueueFilter, found: QuerySet[Visit], person: User) -> QuerySet[Visit]:
    """Waiting entries as a moderator is given them, others newest first."""
    if wanted.is_of_waiting:
        return in_queue_order(found, person)
    return found.order_by("-received_at", "-pk")
