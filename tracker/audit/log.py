"""The one way to write the log, and the arithmetic of its chain."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.db.models import Max

from tracker.accounts.models import User
from tracker.audit.models import AuditEvent, LogHead

FIRST_DIGEST = "0" * 64
Fact = str | int | bool | None | list[str]


def event_digest(event: AuditEvent) -> str:
    """SHA-256 over every column but the digest itself, in a fixed JSON form."""
    covered = [
        event.pk,
        event.previous_digest,
        event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        event.kind,
        event.actor_id,
        event.actor_name,
        event.subject_type,
        event.subject_id,
        event.facts,
    ]
    text = json.dumps(covered, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Event:
    """One act, before it has its place in the chain."""

    kind: str
    subject_type: str
    subject_id: str | int
    facts: dict[str, Fact] = field(default_factory=dict)


def record(
    *,
    kind: str,
    actor: User | None,
    subject_type: str,
    subject_id: str | int,
    at: datetime,
    facts: dict[str, Fact] | None = None,
) -> AuditEvent:
    """Add one event. Call it last in a transaction: it holds the chain's head until commit."""
    event = Event(kind, subject_type, subject_id, facts or {})
    return record_all(events=[event], actor=actor, at=at)[0]


def record_all(*, events: Sequence[Event], actor: User | None, at: datetime) -> list[AuditEvent]:
    """Add events of one actor in their order, in one go; like `record`, last in a transaction.

    They are numbered here, while the head is held: a sequence of the database leaves gaps.
    """
    if not events:
        return []
    head, _ = LogHead.objects.select_for_update().get_or_create(
        pk=1, defaults={"digest": FIRST_DIGEST}
    )
    last = AuditEvent.objects.aggregate(number=Max("pk"))["number"] or 0
    rows: list[AuditEvent] = []
    for number, event in enumerate(events, start=last + 1):
        row = AuditEvent(
            pk=number,
            at=at,
            kind=event.kind,
            actor_id=actor.pk if actor else None,
            actor_name=actor.username if actor else "",
            subject_type=event.subject_type,
            subject_id=str(event.subject_id),
            facts=event.facts,
            previous_digest=rows[-1].digest if rows else head.digest,
        )
        row.digest = event_digest(row)
        rows.append(row)
    AuditEvent.objects.bulk_create(rows)
    LogHead.objects.filter(pk=1).update(digest=rows[-1].digest)
    return rows


@dataclass(frozen=True)
class Break:
    """A place where the log is not as it was written: what stands there, what should."""

    where: str
    found: str
    expected: str


def breaks() -> list[Break]:
    """Every event that was changed, moved, put in or follows a gap; and an end that was cut."""
    found: list[Break] = []
    number, digest = 0, FIRST_DIGEST
    for event in AuditEvent.objects.order_by("pk").iterator():
        where = f"log event {event.pk}"
        if event.digest != event_digest(event):
            found.append(Break(where, "another content", "the content its digest was made of"))
        elif event.pk != number + 1:
            found.append(Break(where, f"as the one after {number}", f"event {number + 1}"))
        elif event.previous_digest != digest:
            found.append(Break(where, "another event before it", "an unbroken chain"))
        number, digest = event.pk, event.digest
    return found + _breaks_at_the_end(number, digest)


def _breaks_at_the_end(number: int, digest: str) -> list[Break]:
    """The head remembers the last event: what was cut off before it, or put in behind it."""
    head = LogHead.objects.filter(pk=1).values_list("digest", flat=True).first()
    if digest == (head or FIRST_DIGEST):
        return []
    if head is None:
        return [Break("head of the log", "nothing", f"the digest of event {number}")]
    known = AuditEvent.objects.filter(digest=head).values_list("pk", flat=True).first()
    if known is None:
        return [Break(f"log after event {number}", "its end", f"the event {head[:12]}…")]
    later = AuditEvent.objects.filter(pk__gt=known).order_by("pk").values_list("pk", flat=True)
    return [Break(f"log event {pk}", "an event behind the end", "none") for pk in later]
