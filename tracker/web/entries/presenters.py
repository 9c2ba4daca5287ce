"""Entries in words: answers, state, reasons, photos."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tracker.fieldwork.models import Photo, Visit
from tracker.fieldwork.pictures.photos import refusal_sentence
from tracker.fieldwork.states import PhotoState, VisitState
from tracker.moderation.kinds import Reason
from tracker.moderation.models import Correction, Decision
from tracker.moderation.notifications import notified_decisions, notified_state
from tracker.survey.answers import Answer, Evidence
from tracker.survey.outcomes import Outcome
from tracker.survey.routes import Route
from tracker.survey.specs import TRAITS
from tracker.survey.traits import Trait

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
class CorrectionLine:
    """What a moderator mended, as people read it."""

    at: datetime
    by: str
    changes: list[str]  # "Alipay: No → Yes"
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
    worker_id: int
    observed_at: datetime
    received_at: datetime
    state: str
    state_label: str
    revision: int
    outcome: str
    is_answered: bool
    answers: list[AnswerLine]
    in_words: str
    at_till: str  # the routes that were seen, in words
    evidence: str
    note: str
    photos: list[PhotoCard]
    moves: list[MoveLine] = field(default_factory=list)
    corrections: list[CorrectionLine] = field(default_factory=list)

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


def answers_in_words(visit: Visit) -> str:
    """All answers in one line, for the glyph; the outcome where there are none."""
    if visit.outcome != Outcome.ANSWERED:
        return str(Outcome(visit.outcome).label)
    return " · ".join(f"{line.label}: {line.word}" for line in answer_lines(visit))


def routes_in_words(routes: Iterable[str]) -> str:
    """Their whole names; said in words too where they were not asked."""
    between = pgettext("between names: A, B and C", ", ")
    return between.join(str(Route(route).label) for route in routes) or _("not asked")


def photo_card(photo: Photo) -> PhotoCard:
    if photo.state == PhotoState.REFUSED:
        return PhotoCard(str(photo.uuid), False, refusal_sentence(photo.refusal))
    is_ready = photo.state == PhotoState.READY
    return PhotoCard(
        str(photo.uuid), is_ready, "" if is_ready else _("The photo is being processed.")
    )


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


def correction_lines(corrections: Iterable[Correction]) -> list[CorrectionLine]:
    """Corrections in their order; the old value stays readable for ever."""
    return [
        CorrectionLine(
            at=correction.at,
            by=correction.by.username,
            changes=[
                f"{_label(name)}: {_word(name, old)} → {_word(name, new)}"
                for name, (old, new) in correction.changes.items()
            ],
            reasons=[str(Reason(reason).label) for reason in correction.reasons],
            note=correction.note,
        )
        for correction in sorted(corrections, key=lambda correction: correction.revision)
    ]


def _label(name: str) -> str:
    if name == "routes":
        return _("At the till")
    return str(Trait(name).label) if name in TRAITS else _("Outcome")


def _word(name: str, value: str | list[str] | None) -> str:
    if isinstance(value, list) or value is None:
        return routes_in_words(value or ())
    return str(Answer(value).label if name in TRAITS else Outcome(value).label)


def entry_card(visit: Visit, *, notified_at: datetime | None = None) -> EntryCard:
    """Everything a page shows of one entry.

    With `notified_at` as its worker may know it then: what was sent back a moment ago still waits.
    """
    shop = visit.shop
    decisions: Iterable[Decision] = visit.decisions.all()
    state = VisitState(visit.state)
    if notified_at is not None:
        state = notified_state(decisions, at=notified_at)
        decisions = notified_decisions(decisions, at=notified_at)
    return EntryCard(
        uuid=str(visit.uuid),
        shop_id=shop.pk,
        shop_name=shop.name or _("(no name)"),
        floor=shop.floor,
        place=shop.address or (shop.ward or shop.city).name_ja,
        segment=str(shop.get_segment_display()),
        worker=visit.worker.username,
        worker_id=visit.worker_id,
        observed_at=visit.observed_at,
        received_at=visit.received_at,
        state=state.value,
        state_label=str(state.label),
        revision=visit.revision,
        outcome=str(Outcome(visit.outcome).label),
        is_answered=visit.outcome == Outcome.ANSWERED,
        answers=answer_lines(visit),
        in_words=answers_in_words(visit),
        at_till=routes_in_words(visit.seen_routes),
        evidence=str(Evidence(visit.evidence).label) if visit.evidence else "",
        note=visit.note,
        photos=[photo_card(photo) for photo in visit.photos.all()],
        moves=move_lines(decisions),
        corrections=correction_lines(visit.corrections.all()),
    )
