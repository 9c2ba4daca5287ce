"""What a form or a phone hands in, before it is a visit. Pure data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tracker.places.kinds import Segment
from tracker.survey.answers import Answer
from tracker.survey.outcomes import Outcome
from tracker.survey.specs import TRAITS
from tracker.survey.traits import Trait


@dataclass(frozen=True)
class Fix:
    """Where the phone was: whole 1e-7 degrees, and the accuracy in metres."""

    lat_e7: int
    lon_e7: int
    accuracy_m: int | None


@dataclass(frozen=True)
class NewShop:
    """A shop that the worker adds with the entry."""

    name: str
    segment: Segment
    floor: str
    address: str
    lat_e7: int
    lon_e7: int


@dataclass(frozen=True)
class PhoneFacts:
    """What only the field app knows of an entry."""

    device_time: datetime | None
    clock_offset_ms: int | None  # server minus phone
    filled_ms: int | None  # from open to save, by a monotonic clock
    open_fix: Fix | None  # where the form was opened
    notice: str  # a value of Notice, or ""
    no_photo: str  # a value of NoPhoto, or ""
    photos: tuple[str, ...]  # SHA-256 of each photo that belongs to it
    sent_sha256: str  # of the bytes as the phone made them


@dataclass(frozen=True)
class VisitEntry:
    """One visit as the worker filled it in."""

    uuid: UUID
    shop_id: int
    outcome: Outcome
    answers: dict[Trait, Answer]
    evidence: str  # a value of Evidence, or ""
    note: str
    observed_at: datetime
    opened_at: datetime | None
    fix: Fix | None
    phone: PhoneFacts | None = None  # None: from the web form


def answers_in(content: Mapping[str, Any]) -> dict[str, str]:
    """Trait → answer in the content of a revision, in the order of the traits.

    A trait that the survey did not ask for when this was written was not checked.
    """
    return {trait: content.get(trait, Answer.NOT_CHECKED.value) for trait in TRAITS}
