"""Move a visit from one state to the next, once."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from tracker.accounts.models import User
from tracker.errors import Invalid, Stale
from tracker.fieldwork.models import Visit
from tracker.moderation.four_eyes import check_may_judge
from tracker.moderation.models import Decision
from tracker.moderation.queries import last_decision
from tracker.moderation.transitions import JUDGEMENTS, MOVES, NEEDS_REASON, NEW_REVISION, Move
from tracker.vocabulary import Reason, VisitState


def check_reasons(move: Move, reasons: Sequence[str], note: str) -> None:
    """Sending back and rejecting need a reason the worker can read."""
    if any(reason not in Reason.values for reason in reasons):
        raise Invalid(_("Choose the reasons from the list."), field="reasons")
    if move in NEEDS_REASON and not reasons:
        raise Invalid(_("Choose at least one reason: the worker will read it."), field="reasons")
    if Reason.OTHER in reasons and not note.strip():
        raise Invalid(_("Write in the note what the other reason is."), field="note")


def move_visit(
    *,
    visit: Visit,
    revision: int,
    move: Move,
    by: User,
    at: datetime,
    reasons: Sequence[str] = (),
    note: str = "",
) -> Decision:
    """Make `move` on the revision that was judged; Stale if somebody was quicker.

    The conditional UPDATE decides the race, the unique decision row holds it. `visit` is
    brought up to date.
    """
    if move in JUDGEMENTS:
        check_may_judge(by, visit)
        check_reasons(move, reasons, note)
    starts, end, _role = MOVES[move]
    from_state = VisitState(visit.state)
    if from_state not in starts or not _take(visit, from_state, revision, move, end):
        raise Stale(stale_sentence(visit))
    decision = Decision.objects.create(
        visit=visit,
        revision=revision,
        from_state=from_state,
        to_state=end,
        by=by,
        at=at,
        reasons=list(reasons),
        note=note.strip(),
    )
    visit.refresh_from_db(fields=["state", "revision"])
    return decision


def _take(visit: Visit, start: VisitState, revision: int, move: Move, end: VisitState) -> bool:
    step = 1 if move in NEW_REVISION else 0
    return (
        Visit.objects.filter(pk=visit.pk, state=start, revision=revision).update(
            state=end, revision=F("revision") + step
        )
        == 1
    )


def stale_sentence(visit: Visit) -> str:
    """Who moved the visit last, when, and where it is now."""
    last = last_decision(visit)
    if last is None:
        return _("This entry has changed since you opened it. Open it again.")
    return _("%(name)s was quicker: since %(time)s this entry is “%(state)s”. Open it again.") % {
        "name": last.actor_name,
        "time": date_format(localtime(last.at), "H:i"),
        "state": VisitState(last.to_state).label,
    }
