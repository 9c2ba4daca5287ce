"""Move a visit from one state to the next, once."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from tracker.accounts.models import User
from tracker.errors import Invalid, Stale
from tracker.fieldwork.actions import write_revision
from tracker.fieldwork.entry import Corrected, content_digest, said_in
from tracker.fieldwork.models import Visit
from tracker.fieldwork.states import VisitState
from tracker.moderation.four_eyes import check_may_judge
from tracker.moderation.kinds import How, Reason
from tracker.moderation.models import Correction, Decision, Skip
from tracker.moderation.queries import last_decision
from tracker.moderation.transitions import JUDGEMENTS, MOVES, NEEDS_REASON, NEW_REVISION, Move


def check_reasons(reasons: Sequence[str], note: str, *, are_needed: bool) -> None:
    """Codes of the list only; at least one where the worker has to be told why."""
    if any(reason not in Reason.values for reason in reasons):
        raise Invalid(_("Choose the reasons from the list."), field="reasons")
    if are_needed and not reasons:
        raise Invalid(_("Choose at least one reason. The worker will see it."), field="reasons")
    if Reason.OTHER in reasons and not note.strip():
        raise Invalid(_("Give the other reason in the note."), field="note")


def move_visit(
    *,
    visit: Visit,
    revision: int,
    move: Move,
    by: User,
    at: datetime,
    reasons: Sequence[str] = (),
    note: str = "",
    how: How = How.SINGLE,
    seconds: int | None = None,
) -> Decision:
    """Make `move` on the revision that was judged; Stale if somebody was quicker.

    The conditional UPDATE decides the race, the unique decision row holds it. `visit` is
    brought up to date.
    """
    if move in JUDGEMENTS:
        check_may_judge(by, visit)
        check_reasons(reasons, note, are_needed=move in NEEDS_REASON)
    starts, end, _role = MOVES[move]
    from_state = VisitState(visit.state)
    if from_state not in starts or not _take(visit, from_state, revision, move, end):
        raise Stale(stale_sentence(visit, at=at))
    decision = Decision.objects.create(
        visit=visit,
        revision=revision,
        from_state=from_state,
        to_state=end,
        by=by,
        how=how,
        seconds=seconds,
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


def correct_answers(
    *,
    visit: Visit,
    revision: int,
    corrected: Corrected,
    reasons: Sequence[str],
    note: str,
    by: User,
    at: datetime,
) -> Correction:
    """Put other answers into a waiting entry as its next revision; the old ones are kept.

    Raises Stale if the revision is not the present one any more, Invalid where all stays as it is.
    """
    check_may_judge(by, visit)
    check_reasons(reasons, note, are_needed=True)
    if visit.revision != revision:
        raise Stale(stale_sentence(visit, at=at))
    before = visit.revisions.get(number=revision).content
    changes = corrected.changes(said_in(before))
    if not changes:
        raise Invalid(_("Nothing was changed."))
    content = {key: value for key, value in before.items() if key not in changes}
    content |= {key: new for key, (_old, new) in changes.items() if new is not None}
    rows = Visit.objects.filter(pk=visit.pk, state=VisitState.SUBMITTED, revision=revision)
    columns = corrected.columns() | {"digest": content_digest(content)}
    if rows.update(revision=F("revision") + 1, **columns) != 1:
        raise Stale(stale_sentence(visit, at=at))
    visit.refresh_from_db()
    write_revision(visit=visit, content=content, by=by, at=at)
    return Correction.objects.create(
        visit=visit,
        revision=visit.revision,
        by=by,
        at=at,
        changes=changes,
        reasons=list(reasons),
        note=note.strip(),
    )


def put_last(*, visit: Visit, by: User, at: datetime) -> None:
    """Move an entry to the end of one person's queue."""
    Skip.objects.update_or_create(
        visit=visit, by=by, defaults={"revision": visit.revision, "at": at}
    )


def stale_sentence(visit: Visit, *, at: datetime) -> str:
    """Who moved or changed the visit last, when, and where it is now."""
    last = last_decision(visit)
    newest = visit.revisions.select_related("made_by").order_by("number").last()
    if newest is not None and newest.number > 1 and (last is None or newest.made_at > last.at):
        return _("%(name)s changed this entry at %(time)s. Please review it again.") % {
            "name": newest.made_by.username,
            "time": _clock(newest.made_at, at),
        }
    if last is None:
        return _("This entry has changed since you opened it. Open it again.")
    return _("%(name)s decided first: since %(time)s this entry is “%(state)s”. Open it again.") % {
        "name": last.actor_name,
        "time": _clock(last.at, at),
        "state": VisitState(last.to_state).label,
    }


def _clock(moment: datetime, at: datetime) -> str:
    """The time of the day, with the day where it was another one than that of `at`."""
    local = localtime(moment)
    is_same_day = local.date() == localtime(at).date()
    return date_format(local, "H:i" if is_same_day else "DATETIME_FORMAT")
