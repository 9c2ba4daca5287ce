"""What waits for a decision, and what was decided."""

from django.db.models import QuerySet

from tracker.accounts.models import User
from tracker.fieldwork.models import Visit
from tracker.fieldwork.queries import all_entries
from tracker.moderation.models import Decision
from tracker.vocabulary import VisitState


def queue_for(person: User) -> QuerySet[Visit]:
    """Entries waiting for a decision, oldest first, without the person's own."""
    return all_entries().filter(state=VisitState.SUBMITTED).exclude(worker=person)


def decisions_of(visit: Visit) -> QuerySet[Decision]:
    """Every move of the visit, oldest first."""
    return Decision.objects.filter(visit=visit).select_related("by").order_by("pk")


def last_decision(visit: Visit) -> Decision | None:
    """The newest move of the visit, with who made it."""
    return decisions_of(visit).last()
