"""Django's door: it finds every model here. Nobody else imports this module."""

from tracker.accounts.models import Device, Invitation, TokenGrant, User
from tracker.adoption.models import AdoptionCount, CountedShop, CountSnapshot, SnapshotPart
from tracker.audit.models import AuditEvent, LogHead
from tracker.fieldwork.assignments import Assignment
from tracker.fieldwork.models import Photo, Visit, VisitRevision
from tracker.fieldwork.parked import ParkedEntry, ParkedPhoto
from tracker.frames.models import Frame, FrameCount
from tracker.jobs.models import Job
from tracker.moderation.looks import PhotoLook
from tracker.moderation.models import Decision, Flag, Lease, Screening
from tracker.moderation.rates import Rate
from tracker.outbox.models import OutboxMessage
from tracker.places.models import Area, DuplicatePair, Shop, ShopChange, Source
from tracker.publication.claims.models import PublicClaim
from tracker.publication.extracts.models import Extract
from tracker.publication.releases.models import Release, ReleaseFile
from tracker.rechecks.models import Reinterview, ReinterviewDraw, SpotCheck
from tracker.rules.models import AcceptanceRule, RuleEnd

__all__ = [
    "AcceptanceRule",
    "AdoptionCount",
    "Area",
    "Assignment",
    "AuditEvent",
    "CountSnapshot",
    "CountedShop",
    "Decision",
    "Device",
    "DuplicatePair",
    "Extract",
    "Flag",
    "Frame",
    "FrameCount",
    "Invitation",
    "Job",
    "Lease",
    "LogHead",
    "OutboxMessage",
    "ParkedEntry",
    "ParkedPhoto",
    "Photo",
    "PhotoLook",
    "PublicClaim",
    "Rate",
    "Reinterview",
    "ReinterviewDraw",
    "Release",
    "ReleaseFile",
    "RuleEnd",
    "Screening",
    "Shop",
    "ShopChange",
    "SnapshotPart",
    "Source",
    "SpotCheck",
    "TokenGrant",
    "User",
    "Visit",
    "VisitRevision",
]
