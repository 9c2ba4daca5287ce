"""What is open in the outbox."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from tracker.outbox.models import OutboxMessage


def open_messages() -> QuerySet[OutboxMessage]:
    """Everything not yet done and not set aside."""
    return OutboxMessage.objects.filter(done_at=None, set_aside_at=None)


def due_messages(*, at: datetime, claim_seconds: int) -> QuerySet[OutboxMessage]:
    """What a worker may take now: due, and unclaimed or claimed by a worker that died."""
    stale = at - timedelta(seconds=claim_seconds)
    return open_messages().filter(Q(claimed_at=None) | Q(claimed_at__lt=stale), due_at__lte=at)
