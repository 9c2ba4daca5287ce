"""Entries in words: answers, state, reasons, photos."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _

from tracker.fieldwork.models import Photo, Visit
from tracker.fieldwork.photos import refusal_sentence
from tracker.moderation.models import Decision
from tracker.vocabulary import Answer, Evidence, Outcome, PhotoState, Reason, Trait, VisitState

SIGNS = {Answer.YES: "○", Answer.NO: "✕", Answer.UNSURE: "？", Answer.NOT_CHECKED: "–"}


@dataclass(frozen=True)
class AnswerLine:
    trait: str
    label: str
    answer: str  # for the glyph and the colour
    sign: str
    word: str


@dataclass(frozen=True)
class PhotoCard:
    uuid: str
    is_ready: bool
    note: str  # why there is no picture yet


@dataclass(frozen=True)
class MoveLine:
    """One decision as people read it."""

    at: datetime
    by: str
    state: str
    reasons: list[str]
    note: str


@dataclass(frozen=True)
class EntryCard:
    uuid: str
    shop_id: int
    shop_name: str
    floor: str
    place: str
    segment: str
    worker: str
    observed_at: datetime
    received_at: datetime
    state: str
    state_label: str
    revision: int
    outcome: str
    is_answered: bool
    answers: list[AnswerLine]
    evidence: str
    note: str
    photos: list[PhotoCard]
    moves: list[MoveLine] = field(default_factory=list)

    @property
    def last_move(self) -> MoveLine | None:
        return self.moves[-1] if self.moves else None


def answer_lines(visit: Visit) -> list[AnswerLine]:
    return [
        AnswerLine(
            trait=trait.value,
            label=str(trait.label),
            answer=(answer := Answer(getattr(visit, trait.value))).value,
            sign=SIGNS[answer],
            word=str(answer.label),
        )
        for trait in Trait
    ]


def photo_card(photo: Photo) -> PhotoCard:
    if photo.state == PhotoState.REFUSED:
        return PhotoCard(str(photo.uuid), False, refusal_sentence(photo.refusal))
    is_ready = photo.state == PhotoState.READY
    return PhotoCard(str(photo.uuid), is_ready, "" if is_ready else _("The photo is on its way."))


def move_lines(decisions: Iterable[Decision]) -> list[MoveLine]:
    """Decisions in their order, reasons in the reader's language."""
    return [
        MoveLine(
            at=decision.at,
            by=decision.actor_name,
            state=str(VisitState(decision.to_state).label),
            reasons=[str(Reason(reason).label) for reason in decision.reasons],
            note=decision.note,
        )
        for decision in sorted(decisions, key=lambda decision: decision.pk)
    ]


def entry_card(visit: Visit) -> EntryCard:
    """Everything a page shows of one entry."""
    shop = visit.shop
    return EntryCard(
        uuid=str(visit.uuid),
        shop_id=shop.pk,
        shop_name=shop.name or _("(no name)"),
        floor=shop.floor,
        place=shop.address or (shop.ward or shop.city).name_ja,
        segment=str(shop.get_segment_display()),
        worker=visit.worker.username,
        observed_at=visit.observed_at,
        received_at=visit.received_at,
        state=visit.state,
        state_label=str(VisitState(visit.state).label),
        revision=visit.revision,
        outcome=str(Outcome(visit.outcome).label),
        is_answered=visit.outcome == Outcome.ANSWERED,
        answers=answer_lines(visit),
        evidence=str(Evidence(visit.evidence).label) if visit.evidence else "",
        note=visit.note,
        photos=[photo_card(photo) for photo in visit.photos.all()],
        moves=move_lines(visit.decisions.all()),
    )
