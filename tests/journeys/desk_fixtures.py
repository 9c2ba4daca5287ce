"""Entries for the desk of a running house, and what became of them."""

from collections import Counter
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from tests.factories import (
    GINZA,
    make_entry,
    make_flag,
    make_screening,
    make_shop,
    make_user,
)
from tests.fieldwork.pictures.test_photos import picture
from tracker.accounts.models import User
from tracker.accounts.roles import Role
from tracker.audit.models import AuditEvent
from tracker.fieldwork.models import Visit
from tracker.fieldwork.states import VisitState
from tracker.moderation.kinds import Priority
from tracker.moderation.models import Decision, Lease
from tracker.outbox.models import OutboxMessage
from tracker.places.grid import Fix
from tracker.workflows.entries import visits


def fill(number: int) -> None:
    """A new batch of so many waiting entries, each with a photo; every third is flagged.

    What was left of the batch before is withdrawn, so that each test has a desk of its own.
    """
    worker = User.objects.filter(username="walker").first() or make_user("walker", Role.FIELDWORKER)
    User.objects.update(letter_keys=True)
    for visit in Visit.objects.filter(state=VisitState.SUBMITTED):
        visits.withdraw_visit(visit=visit, by=worker, at=timezone.now())
    batch = f"{Visit.objects.count()}"
    for n in range(number):
        shop = make_shop(f"若葉{batch}-{n}号薬局", lat_e7=GINZA[0] + n * 500)
        shop.brand, shop.address = "若葉薬局", f"東京都中央区銀座{n % 8 + 1}丁目"
        shop.save()
        at = timezone.now() - timedelta(hours=90) + timedelta(minutes=20 * n)
        fix = Fix(GINZA[0] + n * 500 + 800, GINZA[1] + 900, 11)
        with transaction.atomic():
            visit = visits.submit_visit(
                entry=make_entry(shop, observed_at=at, fix=fix, note=batch), by=worker, at=at,
                photos=[picture((640 + n, 480))],
            )  # fmt: skip
            # What it is to be flagged for is said here, not by the worker process.
            OutboxMessage.objects.filter(handler="screen_visit", done_at=None).update(done_at=at)
        make_screening(visit, priority=Priority.HIGH if n % 3 == 0 else Priority.LOW)
        if n % 3 == 0:
            make_flag(visit, number=80.0 + n)


def rows() -> dict[str, object]:
    """Decisions, log and leases of the newest batch, counted."""
    batch = Visit.objects.filter(note=Visit.objects.latest("pk").note)
    decisions = Decision.objects.filter(visit__in=batch).order_by("pk")
    uuids = [str(uuid) for uuid in batch.values_list("uuid", flat=True)]
    events = AuditEvent.objects.filter(subject_id__in=uuids).exclude(actor_name="walker")
    return {
        "moves": Counter(f"{d.from_state} → {d.to_state}" for d in decisions),
        "reasons": [d.reasons for d in decisions if d.reasons],
        "unmeasured": sum(d.seconds is None for d in decisions if d.from_state == "submitted"),
        "log": Counter(events.values_list("kind", flat=True)),
        "states": Counter(batch.values_list("state", flat=True)),
        "leases": Lease.objects.count(),
    }
