"""One entry with everything beside it that helps to judge it: what the middle and right columns
of the desk show."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localtime
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from tracker.accounts.models import User
from tracker.accounts.permissions import Action, may
from tracker.fieldwork.models import Visit
from tracker.fieldwork.queries import earlier_visits, newest_approved, visits_around
from tracker.fieldwork.states import VisitState
from tracker.languages import html_code
from tracker.moderation.four_eyes import may_judge
from tracker.moderation.kinds import Reason, ReviewReason
from tracker.moderation.queries import flags_of, lease_on, screening_of
from tracker.places.queries import chain_near, metres_between
from tracker.survey.answers import NoPhoto, Notice
from tracker.survey.outcomes import Outcome
from tracker.web.desk.flags import flag_lines
from tracker.web.desk.forms import DecisionForm, ReopenForm
from tracker.web.desk.place_map import MapPlace, PlaceMap, metres_apart, place_map
from tracker.web.desk.presenters import age_text, is_old, metres_text, seconds_text
from tracker.web.entries.presenters import (
    AnswerLine,
    answer_lines,
    answers_in_words,
    entry_card,
)

EARLIER, CHAIN, DAY = 10, 5, 12  # lines at most
CHAIN_METRES = 3_000.0


@dataclass(frozen=True)
class FixLine:
    """A fix in words: the duplicate of its dot on the map."""

    number: int
    when: str
    away: str
    accuracy: str


@dataclass(frozen=True)
class NearLine:
    """A shop of the chain, or another visit of the day."""

    uuid: str
    name: str
    away: str
    at: datetime
    answers: list[AnswerLine]
    in_words: str
    state: str
    state_label: str
    is_this: bool = False


@dataclass(frozen=True)
class ReasonChoice:
    number: int
    value: str
    label: str
    in_theirs: str  # "" where the worker reads the same language
    is_chosen: bool


def panel_of(visit: Visit, person: User, *, at: datetime, form: DecisionForm) -> dict[str, object]:
    """What the template `desk/panel.html` shows."""
    is_waiting = visit.state == VisitState.SUBMITTED
    may_decide = may(person, Action.DECIDE)
    decided = visit.state in (VisitState.APPROVED, VisitState.REJECTED)
    picture, fixes = where_it_was(visit)
    screening = screening_of(visit)
    return {
        "card": entry_card(visit),
        "age": age_text(visit.received_at, at),
        "is_old": is_waiting and is_old(visit.received_at, at),
        "flags": flag_lines(flags_of(visit)),
        "review_reason": str(ReviewReason(screening.review_reason).label) if screening else "",
        "is_screened": screening is not None,
        "facts": facts_of(visit),
        "taken": taken_sentence(visit, person, at=at),
        "map": picture,
        "fixes": fixes,
        "earlier": [entry_card(other) for other in earlier_visits(visit)[:EARLIER]],
        "chain": chain_lines(visit),
        "day": day_lines(visit),
        "form": form,
        "reasons": reason_choices(form, visit.worker.language),
        "worker_language": html_code(visit.worker.language),
        "may_decide": is_waiting and may_decide and may_judge(person, visit),
        "is_own": is_waiting and may_decide and not may_judge(person, visit),
        "reopen_form": ReopenForm() if decided and may(person, Action.REOPEN) else None,
    }


def facts_of(visit: Visit) -> list[str]:
    """How the entry came about, each in a few words."""
    facts = []
    if visit.filled_ms is not None:
        facts.append(_("completed in %(time)s") % {"time": seconds_text(visit.filled_ms / 1000)})
    elif visit.opened_at is not None:
        taken = (visit.observed_at - visit.opened_at).total_seconds()
        facts.append(_("completed in %(time)s") % {"time": seconds_text(max(taken, 0))})
    if visit.no_photo:
        facts.append(str(NoPhoto(visit.no_photo).label))
    if visit.notice:
        facts.append(str(Notice(visit.notice).label))
    return facts


def where_it_was(visit: Visit) -> tuple[PlaceMap, list[FixLine]]:
    """The map, and the same in words."""
    shop = MapPlace(visit.shop.lat_e7, visit.shop.lon_e7)
    named = {"open_fix": _("Form opened"), "fix": _("Saved")}
    fixes = [
        (when, MapPlace(*visit.fixes[name])) for name, when in named.items() if name in visit.fixes
    ]
    lines = [
        FixLine(
            number=number,
            when=when,
            away=metres_text(metres_apart(shop, place)),
            accuracy="" if place.accuracy_m is None else metres_text(place.accuracy_m),
        )
        for number, (when, place) in enumerate(fixes, start=1)
    ]
    return place_map(shop, [place for _when, place in fixes]), lines


def taken_sentence(visit: Visit, person: User, *, at: datetime) -> str:
    """Who else has it on the desk, and until when; "" where nobody has."""
    lease = lease_on(visit, at=at)
    if lease is None or lease.by_id == person.pk:
        return ""
    return _("Assigned to %(name)s until %(time)s.") % {
        "name": lease.by.username,
        "time": f"{localtime(lease.expires_at):%H:%M}",
    }


def chain_lines(visit: Visit) -> list[NearLine]:
    """Shops of the same chain nearby with their latest approved answers."""
    near = chain_near(visit.shop, metres=CHAIN_METRES, limit=CHAIN)
    latest = newest_approved(shop.pk for shop in near)
    return [
        _near_line(latest[shop.pk], shop.name, metres_text(shop.metres))
        for shop in near
        if shop.pk in latest
    ]


def day_lines(visit: Visit) -> list[NearLine]:
    """What the same worker logged on the same day in Tokyo: those nearest in time."""
    begins = localtime(visit.observed_at).replace(hour=0, minute=0, second=0, microsecond=0)
    return [
        _near_line(other, other.shop.name, _between(visit, other), is_this=other.pk == visit.pk)
        for other in visits_around(visit, begins=begins, each=DAY // 2)
    ]


def _between(visit: Visit, other: Visit) -> str:
    one, two = visit.shop, other.shop
    return metres_text(metres_between(one.lat_e7, one.lon_e7, two.lat_e7, two.lon_e7))


def _near_line(visit: Visit, name: str, away: str, *, is_this: bool = False) -> NearLine:
    return NearLine(
        uuid=str(visit.uuid),
        name=name or _("(no name)"),
        away=away,
        at=visit.observed_at,
        answers=answer_lines(visit) if visit.outcome == Outcome.ANSWERED else [],
        in_words=answers_in_words(visit),
        state=visit.state,
        state_label=str(VisitState(visit.state).label),
        is_this=is_this,
    )


def reason_choices(form: DecisionForm, language: str) -> list[ReasonChoice]:
    """The reasons with their keys 1 to 9; beside each what the worker will read."""
    chosen = form["reasons"].value() or []
    is_same = get_language() == language
    with override(language):
        theirs = {reason: str(reason.label) for reason in Reason}
    return [
        ReasonChoice(
            number=number,
            value=reason.value,
            label=str(reason.label),
            in_theirs="" if is_same else theirs[reason],
            is_chosen=reason.value in chosen,
        )
        for number, reason in enumerate(Reason, start=1)
    ]
