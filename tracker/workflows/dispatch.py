"""Work through the outbox: claim, do, finish. Every handler may run twice."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils import timezone

from tracker.outbox import actions as outbox
from tracker.outbox.models import OutboxMessage
from tracker.outbox.queries import due_messages
from tracker.workflows.counts import refresh_shop
from tracker.workflows.photos import prepare_photo

Handler = Callable[[str, datetime], None]
SWEEP_BUDGET = timedelta(seconds=30)  # a sweep ends after this, the next beat goes on

logger = logging.getLogger(__name__)

HANDLERS: dict[str, Handler] = {
    "refresh_shop": lambda about, at: refresh_shop(shop_id=int(about), at=at),
    "prepare_photo": lambda about, at: prepare_photo(photo_id=int(about), at=at),
}


def work(*, message_id: int, at: datetime) -> bool:
    """Do one message if nobody else has it; False where it was taken, done or failed."""
    if not outbox.claim(message_id=message_id, at=at):
        return False
    message = OutboxMessage.objects.get(pk=message_id)
    try:
        HANDLERS[message.handler](message.about, at)
    except Exception as error:  # one bad row must not stop the others
        logger.exception("outbox %s failed", message)
        outbox.fail(message_id=message_id, at=at, error=f"{type(error).__name__}: {error}")
        return False
    outbox.finish(message_id=message_id, at=at)
    return True


def sweep(*, at: datetime) -> int:
    """Do what is due and was not rung for; returns how many messages were done."""
    done = 0
    until = timezone.now() + SWEEP_BUDGET
    due = due_messages(at=at, claim_seconds=outbox.CLAIM_SECONDS).order_by("due_at", "pk")
    for message_id in list(due.values_list("pk", flat=True)[:2000]):
        done += work(message_id=message_id, at=timezone.now())
        if timezone.now() > until:
            break
    return done
