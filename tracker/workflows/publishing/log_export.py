"""The log leaves Noren: who took what is on the log itself."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

from tracker.accounts.models import User
from tracker.accounts.permissions import Action, check_may
from tracker.audit import log
from tracker.audit.models import AuditEvent
from tracker.audit.queries import LogFilter, events

CHUNK = 2000


def export_log(*, wanted: LogFilter, by: User, at: datetime) -> Iterator[str]:
    """JSON lines, oldest first, with both digests: the chain can be checked without us.

    Recorded before the first line leaves. Raises Refused.
    """
    check_may(by, Action.EXPORT_LOG)
    log.record(
        kind="log_exported",
        actor=by,
        subject_type="log",
        subject_id=wanted.subject or wanted.actor or wanted.kind or "all",
        at=at,
    )
    return _lines(wanted)


def _lines(wanted: LogFilter) -> Iterator[str]:
    for event in events(wanted).order_by("pk").iterator(chunk_size=CHUNK):
        yield json.dumps(_facts(event), ensure_ascii=False) + "\n"


def _facts(event: AuditEvent) -> dict[str, object]:
    return {
        "id": event.pk,
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "kind": event.kind,
        "actor_id": event.actor_id,
        "actor_name": event.actor_name,
        "subject_type": event.subject_type,
        "subject_id": event.subject_id,
        "facts": event.facts,
        "previous_digest": event.previous_digest,
        "digest": event.digest,
    }
