"""Put work down, claim it, finish it. The row is the truth; Celery is only notified."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta

from celery import current_app
from django.db import transaction
from django.db.models import F, Q
from kombu.exceptions import OperationalError

from tracker.outbox.models import OutboxMessage
from tracker.outbox.queries import due_messages

# An older claim is taken for that of a worker that died. A city of a million shops may take
# longer: it is then counted twice, and written once.
CLAIM_SECONDS = 30
MAX_ATTEMPTS = 5
FIRST_RETRY_SECONDS = 2
WORK_TASK = "tracker.work_outbox"

logger = logging.getLogger(__name__)
_IS_QUIET: ContextVar[bool] = ContextVar("outbox_is_quiet", default=False)


@contextmanager
def without_notifying() -> Iterator[None]:
    """Whatever is put inside notifies nobody: for thousands of acts at once."""
    token = _IS_QUIET.set(True)
    try:
        yield
    finally:
        _IS_QUIET.reset(token)


def put(
    *,
    handler: str,
    about: str | int,
    at: datetime,
    due_at: datetime | None = None,
    notify: bool = True,
) -> OutboxMessage:
    """Write the work down in the caller's transaction; notify the worker once that commits.

    Thousands of rows at once, and what is due later, should not notify: the sweeper takes them.
    """
    message = OutboxMessage.objects.create(
        handler=handler, about=str(about), created_at=at, due_at=due_at or at
    )
    if notify and not _IS_QUIET.get():
        transaction.on_commit(lambda: notify_worker(message.pk))
    return message


def put_all(*, handler: str, abouts: Sequence[str | int], at: datetime) -> None:
    """Write down many pieces of work that are done in one pass; notify once."""
    messages = OutboxMessage.objects.bulk_create(
        [
            OutboxMessage(handler=handler, about=str(about), created_at=at, due_at=at)
            for about in abouts
        ]
    )
    if messages and not _IS_QUIET.get():
        transaction.on_commit(lambda: notify_worker(messages[0].pk))


def notify_worker(message_id: int) -> None:
    """Tell a worker. A broker that is away costs nothing: the sweeper looks every few seconds."""
    try:
        current_app.send_task(WORK_TASK, args=[message_id], retry=False, ignore_result=True)
    except (OperationalError, OSError) as error:
        logger.info("broker away, message %s waits for the sweeper: %s", message_id, error)


def claim(*, message_id: int, at: datetime) -> bool:
    """Take an open message by a conditional UPDATE; attempts count before the work begins."""
    stale = at - timedelta(seconds=CLAIM_SECONDS)
    return (
        OutboxMessage.objects.filter(pk=message_id, done_at=None, set_aside_at=None, due_at__lte=at)
        .filter(Q(claimed_at=None) | Q(claimed_at__lt=stale))
        .update(claimed_at=at, attempts=F("attempts") + 1)
        == 1
    )


def claim_alike(*, message: OutboxMessage, most: int, at: datetime) -> list[OutboxMessage]:
    """Take up to `most` waiting messages of the same handler, to be done in one pass."""
    waiting = due_messages(at=at, claim_seconds=CLAIM_SECONDS).filter(handler=message.handler)
    ids = list(waiting.order_by("due_at", "pk").values_list("pk", flat=True)[:most])
    stale = at - timedelta(seconds=CLAIM_SECONDS)
    chosen = OutboxMessage.objects.filter(pk__in=ids)
    unclaimed = Q(claimed_at=None) | Q(claimed_at__lt=stale)
    chosen.filter(unclaimed, done_at=None, set_aside_at=None).update(
        claimed_at=at, attempts=F("attempts") + 1
    )
    # Two workers of one microsecond would both believe it theirs: handlers may run twice.
    return list(chosen.filter(claimed_at=at, done_at=None))


def hold(*, handler: str, about: str | int, at: datetime) -> None:
    """Say that the work on it goes on: it takes longer than a dead worker is waited for."""
    claimed = OutboxMessage.objects.filter(handler=handler, about=str(about), done_at=None)
    claimed.filter(set_aside_at=None, claimed_at__lt=at).update(claimed_at=at)


def finish_all(*, message_ids: list[int], at: datetime) -> None:
    """Mark them all done."""
    OutboxMessage.objects.filter(pk__in=message_ids).update(done_at=at, last_error="")


def finish(*, message_id: int, at: datetime) -> None:
    """Mark it done; in the transaction of the work itself, where it has one."""
    OutboxMessage.objects.filter(pk=message_id).update(done_at=at, last_error="")


def fail(*, message_id: int, at: datetime, error: str) -> None:
    """Put it back with a growing pause, or aside after the last attempt."""
    message = OutboxMessage.objects.get(pk=message_id)
    message.last_error = error[:2000]
    if message.attempts >= MAX_ATTEMPTS:
        message.set_aside_at = at
        logger.error("%s set aside after %s attempts: %s", message, message.attempts, error)
    else:
        pause = FIRST_RETRY_SECONDS * 2**message.attempts
        message.claimed_at = None
        message.due_at = at + timedelta(seconds=pause)
    message.save(update_fields=["last_error", "set_aside_at", "claimed_at", "due_at"])
