"""Keep the counts true: bring in shops, recount by another road and compare."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection, transaction

from tracker.adoption import actions
from tracker.adoption.stored import Mismatch
from tracker.adoption.verify import differences_of_counts
from tracker.audit import log
from tracker.outbox.models import OutboxMessage
from tracker.outbox.queries import open_messages
from tracker.workflows.counting.checks import (
    differences_of_photos,
    differences_of_seal_keys,
    differences_of_states,
)

Progress = Callable[[int, int], None]  # steps done, steps in all


def refresh_shops(*, shop_ids: list[int], at: datetime) -> None:
    """Bring the counts up to date with these shops in one pass; safe to run twice or late."""
    actions.refresh_cells(shop_ids=shop_ids, at=at)


@dataclass
class RecountVerdict:
    """What a recount found. `waiting` is work not yet done, which is no error by itself."""

    differences: list[Mismatch] = field(default_factory=list)
    waiting: int = 0
    set_aside: int = 0

    @property
    def is_clean(self) -> bool:
        return not self.differences


def silent(done: int, total: int) -> None:
    """No bar where nobody watches."""


def verify(*, progress: Progress = silent) -> RecountVerdict:
    """Recount by another road and name every difference; reads one moment of the database.

    `progress` is told shops recounted and shops in all.
    """
    with one_moment():
        found = differences_of_counts(progress=progress)
        found += differences_of_states() + differences_of_photos() + differences_of_seal_keys()
        found += [Mismatch(broken.where, broken.found, broken.expected) for broken in log.breaks()]
        return RecountVerdict(
            differences=found,
            waiting=open_messages().count(),
            set_aside=OutboxMessage.objects.exclude(set_aside_at=None).count(),
        )


@contextmanager
def one_moment() -> Iterator[None]:
    """Everything read inside is of one moment, and nobody who writes has to wait."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            # `atomic` would take the one write lock of this database at once.
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
