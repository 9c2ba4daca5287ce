"""The worker learns of a return or a rejection after a minute, and of a quick undo never."""

from datetime import timedelta

import pytest

from tests.factories import NOON, make_entry, make_shop, make_visit
from tracker.accounts.models import User
from tracker.fieldwork.models import Visit
from tracker.fieldwork.states import VisitState
from tracker.moderation.kinds import Reason
from tracker.moderation.models import Decision
from tracker.moderation.notifications import notified_decisions, notified_state
from tracker.moderation.queries import kept_back, visible_to_worker
from tracker.moderation.transitions import Move
from tracker.workflows.entries import visits
from tracker.workflows.judging import moderate

pytestmark = pytest.mark.django_db
SOON, LATER = NOON + timedelta(seconds=59), NOON + timedelta(seconds=61)


def decide(visit: Visit, by: User, move: Move) -> Decision:
    reasons = [] if move == Move.APPROVE else [Reason.TOO_FAR.value]
    return moderate.decide(
        visit=visit, revision=visit.revision, move=move, reasons=reasons, note="", by=by, at=NOON
    )


def told(visit: Visit, at: object) -> VisitState:
    """By the pure function; the query must agree."""
    decisions = list(Decision.objects.filter(visit=visit))
    asked = set(visible_to_worker(at).filter(visit=visit))  # type: ignore[arg-type]
    pure = notified_decisions(decisions, at=at)  # type: ignore[arg-type]
    assert set(pure) <= asked
    assert {d for d in asked if d.to_state in ("returned", "rejected")} == {
        d for d in pure if d.to_state in ("returned", "rejected")
    }
    return notified_state(decisions, at=at)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("move", "state"),
    [(Move.RETURN, VisitState.RETURNED), (Move.REJECT, VisitState.REJECTED)],
)
def test_it_is_told_after_a_minute(aki: User, mori: User, move: Move, state: VisitState) -> None:
    visit = make_visit(make_shop(), aki)
    decide(visit, mori, move)
    assert told(visit, SOON) == VisitState.SUBMITTED
    assert told(visit, LATER) == state
    assert Visit.objects.filter(kept_back(SOON)).count() == 1
    assert Visit.objects.filter(kept_back(LATER)).count() == 0


def test_an_approval_is_told_at_once(aki: User, mori: User) -> None:
    visit = make_visit(make_shop(), aki)
    decide(visit, mori, Move.APPROVE)
    assert told(visit, NOON) == VisitState.APPROVED


def test_a_quick_undo_is_never_seen(aki: User, mori: User) -> None:
    visit = make_visit(make_shop(), aki)
    moderate.undo(decision=decide(visit, mori, Move.REJECT), by=mori, at=SOON)
    for moment in (NOON, SOON, LATER, LATER + timedelta(days=9)):
        assert told(visit, moment) == VisitState.SUBMITTED
    assert notified_decisions(Decision.objects.all(), at=LATER) == []


def test_a_late_undo_is_seen_as_what_it_is(aki: User, mori: User) -> None:
    visit = make_visit(make_shop(), aki)
    moderate.undo(decision=decide(visit, mori, Move.REJECT), by=mori, at=LATER)
    assert [d.to_state for d in notified_decisions(Decision.objects.all(), at=LATER)] == [
        "rejected",
        "submitted",
    ]


def test_sending_again_within_the_minute_hides_nothing(aki: User, mori: User) -> None:
    shop = make_shop()
    visit = make_visit(shop, aki)
    decide(visit, mori, Move.RETURN)
    visits.resubmit_visit(visit=visit, entry=make_entry(shop, uuid=visit.uuid), by=aki, at=SOON)
    assert [d.to_state for d in notified_decisions(Decision.objects.all(), at=LATER)] == [
        "returned",
        "submitted",
    ]
    assert visible_to_worker(LATER).count() == 2
