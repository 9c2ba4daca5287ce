"""The log as people read it: of an entry, of a person, of a time."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from tracker.audit.models import AuditEvent


@dataclass(frozen=True)
class LogFilter:
    """What of the log is wanted; empty values do not narrow it."""

    subject: str = ""  # the UUID or number of an entry, a shop, a person …
    actor: str = ""  # the name of the account
    kind: str = ""
    since: datetime | None = None
    until: datetime | None = None


def events(wanted: LogFilter) -> QuerySet[AuditEvent]:
    """The acts that fit, newest first."""
    found = AuditEvent.objects.order_by("-pk")
    if wanted.subject:
        found = found.filter(subject_id=wanted.subject)
    if wanted.actor:
        found = found.filter(actor_name=wanted.actor)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.since:
        found = found.filter(at__gte=wanted.since)
    if wanted.until:
        found = found.filter(at__lt=wanted.until)
    return found


def kinds() -> list[str]:
    """Every kind of act that has happened."""
    return list(AuditEvent.objects.order_by("kind").values_list("kind", flat=True).distinct())
