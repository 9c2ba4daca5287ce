"""Decisions: who may, once only, with a reason, and what follows."""

import pytest

from tests.factories import NOON, make_approved, make_shop, make_visit
from tracker.accounts.models import User
from tracker.accounts.roles import Role
from tracker.audit.models import AuditEvent
from tracker.errors import Invalid, Refused, Stale
from tracker.fieldwork.models import Visit
from tracker.fieldwork.states import VisitState
from tracker.moderation.kinds import Reason
from tracker.moderation.models import Decision
from tracker.moderation.transitions import Move
from tracker.outbox.models import OutboxMessage
from tracker.workflows.judging import moderate

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def decide(
    visit: Visit, by: User, move: Move = Move.APPROVE, reasons: tuple[str, ...] = (), note: str = ""
) -> Decision:
    return moderate.decide(
        visit=visit,
        revision=visit.revision,
        move=move,
        reasons=list(reasons),
        note=note,
        by=by,
        at=NOON,
    )


def test_an_approval_is_a_row_a_log_and_work_for_the_counts(aki: User, mori: User) -> None:
    visit = make_visit(make_shop(), aki)
    decision = decide(visit, mori)
    assert (decision.from_state, decision.to_state, decision.by) == ("submitted", "approved", mori)
    assert AuditEvent.objects.latest("pk").kind == "visit_approved"
    assert list(OutboxMessage.objects.order_by("pk").values_list("handler", "about")) == [
        ("screen_visit", str(visit.pk)),  # of the entry, when it came
        ("refresh_shop", str(visit.shop_id)),
    ]


@pytest.mark.parametrize("move", [Move.RETURN, Move.REJECT])
def test_sending_back_and_rejecting_need_a_reason(aki: User, mori: User, move: Move) -> None:
    visit = make_visit(make_shop(), aki)
    with pytest.raises(Invalid) as refusal:
        decide(visit, mori, move)
    assert refusal.value.field == "reasons"
    assert Visit.objects.get().state == VisitState.SUBMITTED
    assert decide(visit, mori, move, (Reason.DUPLICATE,)).reasons == ["duplicate"]


def test_another_reason_needs_a_note(aki: User, mori: User) -> None:
    visit = make_visit(make_shop(), aki)
    with pytest.raises(Invalid):
        decide(visit, mori, Move.REJECT, (Reason.OTHER,))
    assert decide(visit, mori, Move.REJECT, (Reason.OTHER,), " 別の階 ").note == "別の階"


def test_a_reason_that_is_not_on_the_list_is_refused(aki: User, mori: User) -> None:
    with pytest.raises(Invalid):
        decide(make_visit(make_shop(), aki), mori, Move.REJECT, ("because",))


def test_nobody_decides_on_an_own_entry_even_after_a_change_of_role(aki: User) -> None:
    visit = make_visit(make_shop(), aki)
    aki.role = Role.MODERATOR
    aki.save()
    with pytest.raises(Refused):
        decide(visit, aki)
    assert list(visit.decisions.all()) == []


@pytest.mark.parametrize("person", ["ben", "dana", "sora"])
def test_only_a_moderator_decides(aki: User, person: str, request: pytest.FixtureRequest) -> None:
    visit = make_visit(make_shop(), aki)
    with pytest.raises(Refused):
        decide(visit, request.getfixturevalue(person))
    assert list(visit.decisions.all()) == []


def test_the_slower_moderator_is_told_who_was_quicker(aki: User, mori: User, rin: User) -> None:
    visit = make_visit(make_shop(), aki)
    same_visit = Visit.objects.get(pk=visit.pk)
    decide(visit, mori)
    with pytest.raises(Stale) as refusal:
        decide(same_visit, rin, Move.REJECT, (Reason.DUPLICATE,))
    assert "mori" in refusal.value.message
    assert "12:00" in refusal.value.message
    assert Decision.objects.count() == 1


def test_a_decision_on_an_older_revision_is_stale(aki: User, mori: User) -> None:
    visit = make_visit(make_shop(), aki)
    with pytest.raises(Stale):
        moderate.decide(
            visit=visit, revision=2, move=Move.APPROVE, reasons=[], note="", by=mori, at=NOON
        )


def test_an_admin_reopens_and_the_new_revision_is_judged_again(
    aki: User, mori: User, rin: User, sora: User
) -> None:
    visit = make_approved(make_shop(), aki, mori)
    moderate.reopen(visit=visit, note="写真を確認", by=sora, at=NOON)
    assert (visit.state, visit.revision) == (VisitState.SUBMITTED, 2)
    assert [row.number for row in visit.revisions.order_by("number")] == [1, 2]
    assert decide(visit, rin).to_state == VisitState.APPROVED
    assert OutboxMessage.objects.filter(handler="refresh_shop").count() == 3


def test_a_moderator_cannot_reopen(aki: User, mori: User) -> None:
    visit = make_approved(make_shop(), aki, mori)
    with pytest.raises(Refused):
        moderate.reopen(visit=visit, note="", by=mori, at=NOON)
    assert Visit.objects.get().state == VisitState.APPROVED


def test_rejecting_changes_no_count_and_asks_for_none(aki: User, mori: User) -> None:
    decide(make_visit(make_shop(), aki), mori, Move.REJECT, (Reason.DUPLICATE,))
    assert OutboxMessage.objects.filter(handler="refresh_shop").count() == 0
