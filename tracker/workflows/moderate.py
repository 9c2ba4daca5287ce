"""What a moderator does with an entry, and an admin after the fact."""

from datetime import datetime

from django.db import transaction

from tracker.accounts.models import User
from tracker.accounts.permissions import Action, check_may
from tracker.audit import trail
from tracker.errors import Refused
from tracker.fieldwork import actions as fieldwork
from tracker.fieldwork.models import Visit
from tracker.moderation.actions import move_visit
from tracker.moderation.models import Decision
from tracker.moderation.transitions import JUDGEMENTS, Move
from tracker.outbox import actions as outbox
from tracker.vocabulary import VisitState


@transaction.atomic
def decide(
    *,
    visit: Visit,
    revision: int,
    move: Move,
    reasons: list[str],
    note: str,
    by: User,
    at: datetime,
) -> Decision:
    """Approve, return or reject the revision that was judged.

    Raises Refused (role, own entry), Invalid (no reason), Stale (somebody was quicker).
    """
    check_may(by, Action.DECIDE)
    if move not in JUDGEMENTS:
        raise Refused(f"{move} is not a moderator's decision")
    decision = move_visit(
        visit=visit, revision=revision, move=move, by=by, at=at, reasons=reasons, note=note
    )
    _follow(visit, decision, by, at)
    return decision


@transaction.atomic
def reopen(*, visit: Visit, note: str, by: User, at: datetime) -> Decision:
    """Put a decided entry back into the queue, as a new revision with the same content."""
    check_may(by, Action.REOPEN)
    decision = move_visit(
        visit=visit, revision=visit.revision, move=Move.REOPEN, by=by, at=at, note=note
    )
    same = visit.revisions.get(number=decision.revision)
    fieldwork.write_revision(visit=visit, content=same.content, by=by, at=at)
    _follow(visit, decision, by, at)
    return decision


def _follow(visit: Visit, decision: Decision, by: User, at: datetime) -> None:
    """The counts follow where approval came or went; the trail always."""
    if VisitState.APPROVED in (decision.from_state, decision.to_state):
        outbox.put(handler="refresh_shop", about=visit.shop_id, at=at)
    trail.record(
        kind=f"visit_{decision.to_state}" if decision.to_state != "submitted" else "visit_reopened",
        actor=by,
        subject_type="visit",
        subject_id=str(visit.uuid),
        at=at,
        facts={"revision": decision.revision, "reasons": list(decision.reasons)},
    )
