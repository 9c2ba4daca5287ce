"""What a moderator does with an entry, and an admin after the fact."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tracker.accounts.models import User
from tracker.accounts.permissions import Action, check_may
from tracker.audit import log
from tracker.errors import Refused
from tracker.fieldwork import actions as fieldwork
from tracker.fieldwork.entry import Corrected
from tracker.fieldwork.models import Visit
from tracker.fieldwork.states import VisitState
from tracker.fieldwork.validators import check_corrected
from tracker.moderation.actions import correct_answers, move_visit
from tracker.moderation.kinds import How
from tracker.moderation.leases import release_lease
from tracker.moderation.models import Correction, Decision
from tracker.moderation.queries import UNDO_LAST, judgements_by
from tracker.moderation.transitions import JUDGEMENTS, Move
from tracker.outbox import actions as outbox
from tracker.workflows.judging.screen import ask_screening


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
    how: How = How.SINGLE,
    seconds: int | None = None,
) -> Decision:
    """Approve, return or reject the revision that was judged. `seconds`: it was on the screen.

    Raises Refused (role, own entry), Invalid (no reason), Stale (somebody was quicker).
    """
    check_may(by, Action.DECIDE)
    if move not in JUDGEMENTS:
        raise Refused(f"{move} is not a moderator's decision")
    decision = move_visit(
        visit=visit,
        revision=revision,
        move=move,
        by=by,
        at=at,
        reasons=reasons,
        note=note,
        how=how,
        seconds=seconds,
    )
    release_lease(visit=visit)
    _follow(visit, decision, f"visit_{decision.to_state}", by, at)
    return decision


@transaction.atomic
def reopen(*, visit: Visit, note: str, by: User, at: datetime) -> Decision:
    """Put a decided entry back into the queue, as a new revision with the same content."""
    check_may(by, Action.REOPEN)
    decision = move_visit(
        visit=visit, revision=visit.revision, move=Move.REOPEN, by=by, at=at, note=note
    )
    _same_again(visit, decision, by, at)
    _follow(visit, decision, "visit_reopened", by, at)
    return decision


@transaction.atomic
def undo(*, decision: Decision, by: User, at: datetime) -> Decision:
    """Take one of the own last twenty decisions back: a new revision with the same content waits.

    Raises Refused (not one of those), Stale (somebody has acted on it since).
    """
    check_may(by, Action.DECIDE)
    if decision.pk not in {known.pk for known in judgements_by(by)[:UNDO_LAST]}:
        raise Refused(
            _("Only your own %(number)s most recent decisions can be undone.")
            % {"number": UNDO_LAST}
        )
    visit = decision.visit
    undone = move_visit(visit=visit, revision=decision.revision, move=Move.UNDO, by=by, at=at)
    _same_again(visit, undone, by, at)
    _follow(visit, undone, "decision_undone", by, at)
    return undone


@transaction.atomic
def correct_visit(
    *,
    visit: Visit,
    revision: int,
    corrected: Corrected,
    reasons: list[str],
    note: str,
    by: User,
    at: datetime,
) -> Correction:
    """Mend answers of a waiting entry: a new revision by the moderator, the old values kept.

    Raises Refused (role, own entry), Invalid (no reason, no change, answers that cannot be),
    Stale (somebody was quicker).
    """
    check_may(by, Action.CORRECT_VISIT)
    check_corrected(corrected)
    correction = correct_answers(
        visit=visit,
        revision=revision,
        corrected=corrected,
        reasons=reasons,
        note=note,
        by=by,
        at=at,
    )
    ask_screening(visit=visit, at=at)
    log.record(
        kind="visit_corrected",
        actor=by,
        subject_type="visit",
        subject_id=str(visit.uuid),
        at=at,
        facts={
            "revision": correction.revision,
            "reasons": list(correction.reasons),
            "changes": _as_texts(correction.changes),
        },
    )
    return correction


def _as_texts(changes: Mapping[str, Sequence[str | list[str] | None]]) -> list[str]:
    """“alipay: no → yes”; what was not asked is a dash."""
    return [f"{name}: {_as_text(old)} → {_as_text(new)}" for name, (old, new) in changes.items()]


def _as_text(value: str | list[str] | None) -> str:
    return " ".join(value) if isinstance(value, list) else value or "-"


def _same_again(visit: Visit, decision: Decision, by: User, at: datetime) -> None:
    same = visit.revisions.get(number=decision.revision)
    fieldwork.write_revision(visit=visit, content=same.content, by=by, at=at)
    ask_screening(visit=visit, at=at)


def _follow(visit: Visit, decision: Decision, kind: str, by: User, at: datetime) -> None:
    """The counts follow where approval came or went; the log always."""
    if VisitState.APPROVED in (decision.from_state, decision.to_state):
        outbox.put(handler="refresh_shop", about=visit.shop_id, at=at)
    log.record(
        kind=kind,
        actor=by,
        subject_type="visit",
        subject_id=str(visit.uuid),
        at=at,
        facts={
            "revision": decision.revision,
            "reasons": list(decision.reasons),
            "how": decision.how,
        },
    )
