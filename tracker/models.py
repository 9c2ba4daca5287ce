"""Django's door: it finds every model here. Nobody else imports this module."""

from tracker.accounts.models import User
from tracker.adoption.models import AdoptionCount, ShopSpan
from tracker.audit.models import AuditEvent, TrailHead
from tracker.fieldwork.models import Photo, Visit, VisitRevision
from tracker.moderation.models import Decision
from tracker.outbox.models import OutboxMessage
from tracker.places.models import Area, Shop, Source

__all__ = [
    "AdoptionCount",
    "Area",
    "AuditEvent",
    "Decision",
    "OutboxMessage",
    "Photo",
    "Shop",
    "ShopSpan",
    "Source",
    "TrailHead",
    "User",
    "Visit",
    "VisitRevision",
]
