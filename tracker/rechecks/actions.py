"""Write draws, second visits and re-reviews."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from tracker.accounts.models import User
from tracker.fieldwork.models import Visit
from tracker.fieldwork.states import VisitState
from tracker.moderation.kinds import CheckKind
from tracker.moderation.models import Decision
from tracker.rechecks.models import Reinterview, ReinterviewDraw, SpotCheck
from tracker.rechecks.sampling import Candidate

WITHIN = timedelta(days=7)  # the second visit measures the answer, not the change of the shop


def write_draw(
    *, day: date, candidates: int, drawn: Sequence[Candidate], at: datetime
) -> ReinterviewDraw:
    """Keep what was drawn; IntegrityError where the day was drawn from before."""
    draw = ReinterviewDraw.objects.create(day=day, visits=candidates, drawn=len(drawn), at=at)
    Reinterview.objects.bulk_create(
        [Reinterview(first_id=one.visit_id, drawn_at=at, due_at=at + WITHIN) for one in drawn],
        ignore_conflicts=True,  # approved, opened again, approved: drawn on the first of the days
    )
    return draw


def close_reinterview(*, reinterview: Reinterview, second: Visit | None, at: datetime) -> bool:
    """Made, or lapsed where `second` is None; False where somebody closed it before."""
    rows = Reinterview.objects.filter(pk=reinterview.pk, closed_at=None)
    return rows.update(second=second, closed_at=at) == 1


def ask(*, moderator: User, decision: Decision, kind: CheckKind, at: datetime) -> SpotCheck:
    """Put a decided entry before a moderator once more."""
    return SpotCheck.objects.create(
        moderator=moderator,
        visit_id=decision.visit_id,
        revision=decision.revision,
        kind=kind,
        expected=decision.to_state,
        drawn_at=at,
    )


def answer(*, check: SpotCheck, state: VisitState, at: datetime) -> bool:
    """Keep the answer; False where it was given before."""
    rows = SpotCheck.objects.filter(pk=check.pk, answer="")
    return rows.update(answer=state, answered_at=at) == 1


def object_to(*, check: SpotCheck, objection: str) -> None:
    """Keep why the moderator stays with the own answer."""
    SpotCheck.objects.filter(pk=check.pk).update(objection=objection)
