"""What a form or a phone hands in, before it is a visit. Pure data."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tracker.vocabulary import Answer, Outcome, Trait


@dataclass(frozen=True)
class Fix:
    """Where the phone was: whole 1e-7 degrees, and the accuracy in metres."""

    lat_e7: int
    lon_e7: int
    accuracy_m: int | None


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
