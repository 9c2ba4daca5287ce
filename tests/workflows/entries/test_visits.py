"""Handing in, handing in again, taking back."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.factories import NOON, make_entry, make_shop, make_visit
from tracker.accounts.models import User
from tracker.audit.models import AuditEvent
from tracker.errors import Conflict, Invalid, Refused, Stale
from tracker.fieldwork.models import Visit
from tracker.fieldwork.states import VisitState
from tracker.moderation.kinds import Reason
from tracker.moderation.transitions import Move
from tracker.survey.answers import Answer
from tracker.survey.outcomes import Outcome
from tracker.workflows.counting import counts
from tracker.workflows.entries import visits
from tracker.workflows.judging import moderate

pytestmark = [pytest.mark.django_db, pytest.mark.both]


def returned(visit: Visit, judge: User) -> Visit:
    moderate.decide(
        visit=visit,
        revision=visit.revision,
        move=Move.RETURN,
        reasons=[Reason.INCOMPLETE.value],
        note="",
        by=judge,
        at=NOON,
    )
    return visit


def test_a_visit_is_stored_with_its_first_revision_and_its_log(aki: User) -> None:
    entry = make_entry(make_shop(), alipay=Answer.YES, note="印刷の看板")
    visit = visits.submit_visit(entry=entry, by=aki, at=NOON)
    assert (visit.state, visit.revision, visit.answers["alipay"], visit.note) == (
        VisitState.SUBMITTED,
        1,
        Answer.YES,
        "印刷の看板",
    )
    assert [revision.number for revision in visit.revisions.all()] == [1]
    assert [event.kind for event in AuditEvent.objects.all()] == ["visit_submitted"]


def test_the_same_entry_twice_is_one_visit(aki: User) -> None:
    entry = make_entry(make_shop())
    first = visits.submit_visit(entry=entry, by=aki, at=NOON)
    again = visits.submit_visit(entry=entry, by=aki, at=NOON + timedelta(hours=1))
    assert again.pk == first.pk
    assert Visit.objects.count() == 1
    assert AuditEvent.objects.count() == 1


def test_the_same_uuid_with_other_answers_is_refused(aki: User) -> None:
    shop, uuid = make_shop(), uuid4()
    visits.submit_visit(entry=make_entry(shop, uuid=uuid), by=aki, at=NOON)
    with pytest.raises(Conflict):
        visits.submit_visit(entry=make_entry(shop, uuid=uuid, alipay=Answer.NO), by=aki, at=NOON)
    assert Visit.objects.get().answers["alipay"] == Answer.YES


def test_a_replay_after_a_new_revision_still_gives_the_same_visit(aki: User, mori: User) -> None:
    shop = make_shop()
    entry = make_entry(shop)
    visit = returned(visits.submit_visit(entry=entry, by=aki, at=NOON), mori)
    visits.resubmit_visit(
        visit=visit, entry=make_entry(shop, uuid=entry.uuid, alipay=Answer.NO), by=aki, at=NOON
    )
    assert visits.submit_visit(entry=entry, by=aki, at=NOON).pk == visit.pk


def test_the_uuid_of_somebody_else_is_refused(aki: User, ben: User) -> None:
    entry = make_entry(make_shop())
    visits.submit_visit(entry=entry, by=aki, at=NOON)
    with pytest.raises(Conflict):
        visits.submit_visit(entry=entry, by=ben, at=NOON)


@pytest.mark.parametrize("person", ["mori", "dana", "sora"])
def test_only_a_fieldworker_logs_visits(person: str, request: pytest.FixtureRequest) -> None:
    entry = make_entry(make_shop())
    with pytest.raises(Refused):
        visits.submit_visit(entry=entry, by=request.getfixturevalue(person), at=NOON)
    assert Visit.objects.count() == 0


def test_a_future_date_is_refused_with_its_field(aki: User) -> None:
    entry = make_entry(make_shop(), observed_at=NOON + timedelta(days=1))
    with pytest.raises(Invalid) as refusal:
        visits.submit_visit(entry=entry, by=aki, at=NOON)
    assert refusal.value.field == "observed_at"
    assert Visit.objects.count() == 0


def test_a_clock_that_runs_a_little_ahead_is_set_back_to_the_receipt(aki: User) -> None:
    entry = make_entry(make_shop(), observed_at=NOON + timedelta(minutes=3))
    visit = visits.submit_visit(entry=entry, by=aki, at=NOON)
    assert visit.observed_at == NOON


def test_a_visit_without_any_answer_is_refused(aki: User) -> None:
    none = Answer.NOT_CHECKED
    entry = make_entry(make_shop(), alipay=none, wechat_pay=none)
    with pytest.raises(Invalid) as refusal:
        visits.submit_visit(entry=entry, by=aki, at=NOON)
    assert refusal.value.field == "alipay"


def test_a_closed_shop_needs_no_answer(aki: User) -> None:
    entry = make_entry(make_shop(), outcome=Outcome.CLOSED_TODAY)
    assert visits.submit_visit(entry=entry, by=aki, at=NOON).outcome == Outcome.CLOSED_TODAY


def test_a_returned_entry_is_sent_again_as_a_new_revision(aki: User, mori: User) -> None:
    shop = make_shop()
    visit = returned(make_visit(shop, aki), mori)
    entry = make_entry(shop, uuid=visit.uuid, alipay=Answer.NO)
    visits.resubmit_visit(visit=visit, entry=entry, by=aki, at=NOON)
    visit.refresh_from_db()
    assert (visit.state, visit.revision, visit.answers["alipay"]) == (
        VisitState.SUBMITTED,
        2,
        Answer.NO,
    )
    kept = [(row.number, row.content["alipay"]) for row in visit.revisions.order_by("number")]
    assert kept == [(1, "yes"), (2, "no")]


def test_an_entry_that_was_not_returned_cannot_be_sent_again(aki: User) -> None:
    shop = make_shop()
    visit = make_visit(shop, aki)
    with pytest.raises(Stale):
        visits.resubmit_visit(visit=visit, entry=make_entry(shop, uuid=visit.uuid), by=aki, at=NOON)
    assert visit.revisions.count() == 1


def test_an_own_entry_can_be_withdrawn(aki: User) -> None:
    visit = make_visit(make_shop(), aki)
    visits.withdraw_visit(visit=visit, by=aki, at=NOON)
    assert Visit.objects.get().state == VisitState.WITHDRAWN


def test_the_entry_of_somebody_else_cannot_be_withdrawn(aki: User, ben: User) -> None:
    visit = make_visit(make_shop(), aki)
    with pytest.raises(Refused):
        visits.withdraw_visit(visit=visit, by=ben, at=NOON)
    assert Visit.objects.get().state == VisitState.SUBMITTED


def test_a_waiting_entry_is_mended_without_a_decision(aki: User) -> None:
    shop = make_shop()
    visit = make_visit(shop, aki)
    entry = make_entry(shop, uuid=visit.uuid, alipay=Answer.NO)
    visits.edit_visit(visit=visit, entry=entry, by=aki, at=NOON + timedelta(minutes=5))
    visit.refresh_from_db()
    assert (visit.state, visit.revision, visit.answers["alipay"]) == (
        VisitState.SUBMITTED,
        2,
        Answer.NO,
    )
    assert (visit.received_at, visit.decisions.count()) == (NOON + timedelta(minutes=5), 0)
    assert AuditEvent.objects.order_by("pk").last().kind == "visit_edited"  # type: ignore[union-attr]
    assert counts.verify().differences == []


def test_the_entry_of_somebody_else_is_not_mended(aki: User, ben: User) -> None:
    shop = make_shop()
    visit = make_visit(shop, aki)
    with pytest.raises(Refused):
        visits.edit_visit(visit=visit, entry=make_entry(shop, uuid=visit.uuid), by=ben, at=NOON)
    assert visit.revisions.count() == 1


def test_what_was_judged_meanwhile_is_not_mended_and_says_who_was_quicker(
    aki: User, mori: User
) -> None:
    shop = make_shop()
    visit = make_visit(shop, aki)
    seen = Visit.objects.get()
    returned(visit, mori)
    with pytest.raises(Stale) as refusal:
        visits.edit_visit(visit=seen, entry=make_entry(shop, uuid=visit.uuid), by=aki, at=NOON)
    assert "mori decided first" in refusal.value.message
    assert visit.revisions.count() == 1


def test_a_judgement_of_what_was_mended_meanwhile_is_refused(aki: User, mori: User) -> None:
    shop = make_shop()
    visit = make_visit(shop, aki)
    seen = Visit.objects.get()
    visits.edit_visit(visit=visit, entry=make_entry(shop, uuid=visit.uuid), by=aki, at=NOON)
    with pytest.raises(Stale) as refusal:
        returned(seen, mori)
    assert "aki changed this entry" in refusal.value.message
    assert Visit.objects.get().state == VisitState.SUBMITTED
