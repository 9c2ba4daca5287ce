"""Second visits and re-reviews: drawn by a clock, answered by people, changing no entry."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tracker.accounts.models import User
from tracker.accounts.permissions import Action, check_may
from tracker.audit import log
from tracker.errors import Invalid, Stale
from tracker.fieldwork.states import VisitState
from tracker.moderation.kinds import CheckKind
from tracker.moderation.models import Decision
from tracker.moderation.rates import current_rates
from tracker.rechecks import actions
from tracker.rechecks.models import JUDGED, SpotCheck
from tracker.rechecks.queries import (
    candidates_of,
    checks_of,
    day_of,
    days_drawn,
    decisions_to_show_again,
    open_check_of,
    open_reinterviews,
    second_visit_of,
)
from tracker.rechecks.sampling import chance, every_kth, in_order

LOOK_BACK_DAYS = 7  # a clock that stood still for a week is made up for
SLACK = timedelta(days=7)  # a second visit in time may be approved so much later
AMONG = 200  # a check is drawn from so many decisions, the newest first


def _secret() -> bytes:
    return f"rechecks|{settings.SECRET_KEY}".encode()


def draw_reinterviews(*, at: datetime) -> int:
    """Draw from every day that has ended and was not drawn from; returns the visits drawn.

    Safe to run twice and at once: a day is drawn from once.
    """
    today = day_of(at)
    days = [today - timedelta(days=back) for back in range(LOOK_BACK_DAYS, 0, -1)]
    done = days_drawn(days[0])
    return sum(_draw(day, at) for day in days if day not in done)


def _draw(day: date, at: datetime) -> int:
    candidates = candidates_of(day)
    drawn = every_kth(
        in_order(candidates, _secret()),
        rate=current_rates().second_visits,
        start=chance(_secret(), "draw", day.isoformat()),
    )
    try:
        with transaction.atomic():
            actions.write_draw(day=day, candidates=len(candidates), drawn=drawn, at=at)
            log.record(
                kind="reinterviews_drawn",
                actor=None,
                subject_type="day",
                subject_id=day.isoformat(),
                at=at,
                facts={"visits": len(candidates), "drawn": len(drawn)},
            )
    except IntegrityError:
        return 0  # another clock was quicker
    return len(drawn)


def close_reinterviews(*, at: datetime) -> int:
    """Join the second visits that were approved meanwhile; what came too late lapses."""
    closed = 0
    for reinterview in open_reinterviews():
        second = second_visit_of(reinterview)
        if second is not None or at > reinterview.due_at + SLACK:
            closed += actions.close_reinterview(reinterview=reinterview, second=second, at=at)
    return closed


def next_check(*, moderator: User, at: datetime) -> SpotCheck | None:
    """The check this moderator owes before the next entry; None for most of the entries.

    Drawn after the share of decisions that the table of rates names (one in fifty where nobody
    has set another), by a chance that nobody can foresee.
    """
    check_may(moderator, Action.CHECK_DECISIONS)
    waiting = open_check_of(moderator)
    if waiting is not None:
        return waiting
    count = Decision.objects.filter(by=moderator).count()
    draw = (str(moderator.pk), str(count))
    if chance(_secret(), "check", *draw) >= current_rates().re_reviews:
        return None
    for kind in (CheckKind.AUDIT, CheckKind.RE_REVIEW):
        decisions = decisions_to_show_again(moderator, kind, at).order_by("-at", "-pk")[:AMONG]
        if found := list(decisions):
            chosen = found[int(chance(_secret(), "which", *draw) * len(found))]
            return _asked(moderator, chosen, kind, at)
    return None


def _asked(moderator: User, decision: Decision, kind: CheckKind, at: datetime) -> SpotCheck | None:
    try:
        with transaction.atomic():
            return actions.ask(moderator=moderator, decision=decision, kind=kind, at=at)
    except IntegrityError:
        return open_check_of(moderator)  # the same page in two tabs


@transaction.atomic
def answer_check(*, check: SpotCheck, state: VisitState, by: User, at: datetime) -> SpotCheck:
    """Say what the own decision would be; the entry stays as it is. Stale the second time."""
    check_may(by, Action.CHECK_DECISIONS, owner_id=check.moderator_id)
    if state not in JUDGED:
        raise Invalid(_("Approve it, send it back or reject it."), field="state")
    if not actions.answer(check=check, state=state, at=at):
        raise Stale(_("You have already answered this re-review."))
    log.record(
        kind="second_look",
        actor=by,
        subject_type="visit",
        subject_id=str(check.visit.uuid),
        at=at,
        facts={"revision": check.revision, "answer": state.value},
    )
    check.refresh_from_db()
    return check


@transaction.atomic
def object_to_check(*, check: SpotCheck, objection: str, by: User, at: datetime) -> None:
    """Keep why the moderator stays with the own answer; administrators read it."""
    check_may(by, Action.CHECK_DECISIONS, owner_id=check.moderator_id)
    if not checks_of(by).filter(pk=check.pk).exists():
        raise Invalid(_("Decide first, then give the reason."), field="objection")
    if not objection.strip():
        raise Invalid(_("Write why you keep your decision."), field="objection")
    actions.object_to(check=check, objection=objection.strip()[:1000])
    log.record(
        kind="second_look_objected",
        actor=by,
        subject_type="visit",
        subject_id=str(check.visit.uuid),
        at=at,
    )
