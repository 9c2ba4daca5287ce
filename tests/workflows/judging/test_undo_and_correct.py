"""Taking a decision back, and mending an answer: a new revision, the old content kept."""

from datetime import timedelta

import pytest

from tests.factories import NOON, make_approved, make_entry, make_shop, make_visit
from tracker.accounts.models import User
from tracker.accounts.roles import Role
from tracker.audit.models import AuditEvent
from tracker.errors import Invalid, Refused, Stale
from tracker.fieldwork.entry import Corrected
from tracker.fieldwork.models import Visit, VisitRevision
from tracker.fieldwork.states import VisitState
from tracker.moderation.kinds import Reason
from tracker.moderation.models import Correction, Decision
from tracker.moderation.queries import undoable_decisions
from tracker.moderation.transitions import Move
from tracker.outbox.models import OutboxMessage
from tracker.survey.answers import Answer
from tracker.survey.outcomes import Outcome
from tracker.survey.routes import Routes
from tracker.survey.traits import Trait
from tracker.workflows.counting import counts
from tracker.workflows.entries import visits
from tracker.workflows.judging import moderate

pytestmark = [pytest.mark.django_db, pytest.mark.both]
YES = {
    Trait["ALIPAY"]: Answer.YES,
    Trait["WECHAT_PAY"]: Answer.YES,
    Trait["CHINESE_STAFF"]: Answer.NO,
}


def approve(visit: Visit, by: User) -> Decision:
    return moderate.decide(
        visit=visit, revision=visit.revision, move=Move.APPROVE, reasons=[], note="", by=by, at=NOON
    )


def correct(
    visit: Visit,
    by: User,
    *,
    revision: int = 1,
    reasons: tuple[str, ...] = (Reason.CONTRADICTS_PHOTO,),
    note: str = "",
    answers: dict[Trait, Answer] = YES,
    outcome: Outcome = Outcome.ANSWERED,
    routes: Routes = (),
) -> Correction:
    return moderate.correct_visit(
        visit=visit, revision=revision,
        corrected=Corrected(outcome=outcome, answers=answers, routes=routes),
        reasons=list(reasons), note=note, by=by, at=NOON,
    )  # fmt: skip


def test_an_undo_is_a_new_revision_with_the_same_content(aki: User, mori: User) -> None:
    visit = make_visit(make_shop(), aki)
    undone = moderate.undo(decision=approve(visit, mori), by=mori, at=NOON)
    assert (undone.from_state, undone.to_state, undone.by) == ("approved", "submitted", mori)
    visit.refresh_from_db()
    assert (visit.state, visit.revision) == (VisitState.SUBMITTED, 2)
    first, second = VisitRevision.objects.order_by("number")
    assert (second.content, second.made_by) == (first.content, mori)
    assert AuditEvent.objects.latest("pk").kind == "decision_undone"
    assert OutboxMessage.objects.filter(handler="refresh_shop").count() == 2
    assert counts.verify().differences == []


def test_the_undone_entry_can_be_judged_again_and_undone_again(aki: User, mori: User) -> None:
    visit = make_visit(make_shop(), aki)
    for revision in (1, 2, 3):
        decision = approve(visit, mori)
        assert decision.revision == revision
        moderate.undo(decision=decision, by=mori, at=NOON)
        visit.refresh_from_db()
    assert visit.revision == 4


def test_undo_of_what_somebody_acted_on_is_stale(aki: User, mori: User, sora: User) -> None:
    visit = make_visit(make_shop(), aki)
    decision = approve(visit, mori)
    moderate.reopen(visit=visit, note="写真", by=sora, at=NOON)
    with pytest.raises(Stale) as refusal:
        moderate.undo(decision=decision, by=mori, at=NOON)
    assert "sora" in refusal.value.message
    assert undoable_decisions(mori) == []


def test_undo_of_a_return_that_was_sent_again_is_stale(aki: User, mori: User) -> None:
    shop = make_shop()
    visit = make_visit(shop, aki)
    decision = moderate.decide(
        visit=visit, revision=1, move=Move.RETURN, reasons=["too_far"], note="", by=mori, at=NOON
    )
    visits.resubmit_visit(visit=visit, entry=make_entry(shop, uuid=visit.uuid), by=aki, at=NOON)
    with pytest.raises(Stale):
        moderate.undo(decision=decision, by=mori, at=NOON)
    assert Decision.objects.count() == 2


def test_undo_of_the_decision_of_somebody_else_is_refused(aki: User, mori: User, rin: User) -> None:
    decision = approve(make_visit(make_shop(), aki), mori)
    with pytest.raises(Refused):
        moderate.undo(decision=decision, by=rin, at=NOON)
    assert Visit.objects.get().state == VisitState.APPROVED


def test_the_twenty_first_decision_back_cannot_be_undone(aki: User, mori: User) -> None:
    shop = make_shop()
    decisions = [approve(make_visit(shop, aki), mori) for _ in range(21)]
    assert [known.pk for known in undoable_decisions(mori)] == [
        decision.pk for decision in reversed(decisions[1:])
    ]
    with pytest.raises(Refused):
        moderate.undo(decision=decisions[0], by=mori, at=NOON)


def test_who_is_no_moderator_any_more_undoes_nothing(aki: User, mori: User) -> None:
    decision = approve(make_visit(make_shop(), aki), mori)
    mori.role = Role.ANALYST
    mori.save()
    with pytest.raises(Refused):
        moderate.undo(decision=decision, by=mori, at=NOON)


def test_a_correction_is_a_revision_by_the_moderator_with_the_old_value_kept(
    aki: User, mori: User
) -> None:
    visit = make_visit(make_shop(), aki, alipay=Answer.NO, wechat_pay=Answer.YES)
    correction = correct(visit, mori)
    visit.refresh_from_db()
    assert (visit.answers["alipay"], visit.revision, visit.state) == (
        "yes",
        2,
        VisitState.SUBMITTED,
    )
    assert correction.changes == {"alipay": ["no", "yes"], "chinese_staff": ["not_checked", "no"]}
    first, second = VisitRevision.objects.order_by("number")
    assert (first.content["alipay"], first.made_by) == ("no", aki)
    assert (second.content["alipay"], second.made_by) == ("yes", mori)
    event = AuditEvent.objects.latest("pk")
    assert (event.kind, event.facts["changes"]) == (
        "visit_corrected",
        ["alipay: no → yes", "chinese_staff: not_checked → no"],
    )
    assert counts.verify().differences == []


def test_the_corrected_revision_is_judged_the_one_before_is_stale(
    aki: User, mori: User, rin: User
) -> None:
    visit = make_visit(make_shop(), aki)
    seen = Visit.objects.get()
    correct(visit, mori)
    with pytest.raises(Stale) as refusal:
        moderate.decide(
            visit=seen, revision=1, move=Move.APPROVE, reasons=[], note="", by=rin, at=NOON
        )
    assert "mori changed this entry at 12:00" in refusal.value.message
    assert approve(Visit.objects.get(), rin).revision == 2


def test_a_closed_shop_has_no_answers_after_a_correction(aki: User, mori: User) -> None:
    visit = make_visit(make_shop(), aki)
    none = dict.fromkeys(Trait, Answer.NOT_CHECKED)
    correct(visit, mori, outcome=Outcome.CLOSED_TODAY, answers=none)
    visit.refresh_from_db()
    assert (visit.outcome, visit.answers["alipay"]) == ("closed_today", "not_checked")
    with pytest.raises(Invalid):
        correct(visit, mori, revision=2, outcome=Outcome.CLOSED_TODAY, answers=YES)


@pytest.mark.parametrize(
    ("reasons", "note"), [((), ""), (("because",), ""), ((Reason.OTHER,), " ")]
)
def test_a_correction_needs_a_reason_from_the_list(
    aki: User, mori: User, reasons: tuple[str, ...], note: str
) -> None:
    with pytest.raises(Invalid):
        correct(make_visit(make_shop(), aki), mori, reasons=reasons, note=note)
    assert Visit.objects.get().revision == 1


def test_a_correction_that_changes_nothing_is_refused(aki: User, mori: User) -> None:
    visit = make_visit(make_shop(), aki, wechat_pay=Answer.YES, chinese_staff=Answer.NO)
    with pytest.raises(Invalid):
        correct(visit, mori)
    assert Correction.objects.count() == 0


def test_an_old_or_unknown_revision_is_not_corrected(aki: User, mori: User, rin: User) -> None:
    visit = make_visit(make_shop(), aki)
    correct(Visit.objects.get(), rin)
    for revision in (1, 9):
        with pytest.raises(Stale):
            correct(visit, mori, revision=revision)
    assert Correction.objects.count() == 1


@pytest.mark.parametrize("person", ["aki", "dana", "sora"])
def test_only_a_moderator_corrects(aki: User, person: str, request: pytest.FixtureRequest) -> None:
    with pytest.raises(Refused):
        correct(make_visit(make_shop(), aki), request.getfixturevalue(person))


def test_nobody_corrects_an_own_entry_even_after_a_change_of_role(aki: User) -> None:
    visit = make_visit(make_shop(), aki)
    aki.role = Role.MODERATOR
    aki.save()
    with pytest.raises(Refused):
        correct(visit, aki)


def test_a_decided_entry_is_not_corrected(aki: User, mori: User, rin: User) -> None:
    visit = make_approved(make_shop(), aki, rin)
    with pytest.raises(Stale):
        correct(visit, mori)
    assert Visit.objects.get().answers["alipay"] == "yes"


def test_the_seconds_on_the_screen_are_kept(aki: User, mori: User) -> None:
    visit = make_visit(make_shop(), aki)
    decision = moderate.decide(
        visit=visit, revision=1, move=Move.APPROVE, reasons=[], note="", by=mori, at=NOON, seconds=4
    )
    assert (decision.seconds, decision.how) == (4, "single")


def test_a_stale_sentence_names_the_day_where_it_was_another_one(
    aki: User, mori: User, rin: User
) -> None:
    visit = make_visit(make_shop(), aki)
    seen = Visit.objects.get()
    approve(visit, mori)
    with pytest.raises(Stale) as refusal:
        moderate.decide(
            visit=seen, revision=1, move=Move.APPROVE, reasons=[], note="", by=rin,
            at=NOON + timedelta(days=1),
        )  # fmt: skip
    assert "March 14, 2026" in refusal.value.message
