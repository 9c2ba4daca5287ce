"""The one way to write the trail, and the arithmetic of its chain."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from tracker.accounts.models import User
from tracker.audit.models import AuditEvent, TrailHead

FIRST_DIGEST = "0" * 64
Fact = str | int | bool | None | list[str]


def digest_of(event: AuditEvent) -> str:
    """SHA-256 over every column but the key and the digest itself, in a fixed JSON form."""
    covered = [
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
    """Add events of one actor in their order, in one go; like `record`, last in a transaction."""
    head, _ = TrailHead.objects.select_for_update().get_or_create(
        pk=1, defaults={"digest": FIRST_DIGEST}
    )
    rows: list[AuditEvent] = []
    for event in events:
        row = AuditEvent(
            at=at,
            kind=event.kind,
            actor_id=actor.pk if actor else None,
            actor_name=actor.username if actor else "",
            subject_type=event.subject_type,
            subject_id=str(event.subject_id),
            facts=event.facts,
            previous_digest=rows[-1].digest if rows else head.digest,
        )
        row.digest = digest_of(row)
        rows.append(row)
    if rows:
        AuditEvent.objects.bulk_create(rows)
        TrailHead.objects.filter(pk=1).update(digest=rows[-1].digest)
    return rows


def first_broken_event() -> AuditEvent | None:
    """The first event whose digest or predecessor is not as it was written."""
    previous = FIRST_DIGEST
    for event in AuditEvent.objects.order_by("pk").iterator():
        if event.previous_digest != previous or event.digest != digest_of(event):
            return event
        previous = event.digest
    return None
