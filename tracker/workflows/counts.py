"""Keep the counts true: fold in one shop, count from scratch, recount and compare."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection, transaction

from tracker.adoption import actions
from tracker.adoption.actions import Progress
from tracker.adoption.verify import Difference, differences_of_counts
from tracker.audit import trail
from tracker.outbox.models import OutboxMessage
from tracker.outbox.queries import open_messages
from tracker.workflows.checks import differences_of_photos, differences_of_states


def refresh_shop(*, shop_id: int, at: datetime) -> None:
    """Bring the counts up to date with one shop's approved visits; safe to run twice or late."""
    actions.refresh_shop(shop_id=shop_id)


@transaction.atomic
def rebuild(*, at: datetime, progress: Progress) -> int:
    """Count everything from scratch; returns the number of stored cells."""
    cells = actions.rebuild(progress=progress)
    trail.record(
        kind="counts_rebuilt",
        actor=None,
        subject_type="counts",
        subject_id="all",
        at=at,
        facts={"cells": cells},
    )
    return cells


@dataclass
class Verdict:
    """What a recount found. `waiting` is work not yet done, which is no error by itself."""

    differences: list[Difference] = field(default_factory=list)
    waiting: int = 0
    set_aside: int = 0

    @property
    def is_clean(self) -> bool:
        return not self.differences


def verify() -> Verdict:
    """Recount by another road and name every difference; reads one moment of the database."""
    begins = not connection.in_atomic_block
    with transaction.atomic():
        if begins and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        return _verdict()


def _verdict() -> Verdict:
    found = differences_of_counts() + differences_of_states() + differences_of_photos()
    broken = trail.first_broken_event()
    if broken is not None:
        found.append(Difference(f"trail event {broken.pk}", "another digest", "an unbroken chain"))
    return Verdict(
        differences=found,
        waiting=open_messages().count(),
        set_aside=OutboxMessage.objects.exclude(set_aside_at=None).count(),
    )
