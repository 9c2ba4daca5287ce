"""Screening: flags and a route for each revision, approval by rule where nobody has to look."""

from datetime import timedelta

import pytest
from django.core.management import call_command

from tests.factories import GINZA, NOON, make_entry, make_shop, make_visit
from tests.workflows.entries.phone import by_phone
from tests.workflows.judging.screened import ALL, NONE, codes, look, review_reason, settled_site
from tracker.accounts.models import User
from tracker.audit.models import AuditEvent
from tracker.fieldwork.models import Visit
from tracker.fieldwork.states import VisitState
from tracker.moderation.kinds import How, Priority, Reason, ReviewReason
from tracker.moderation.models import Decision, Flag, Lease, Screening
from tracker.moderation.rates import Rate
from tracker.moderation.transitions import Move
from tracker.outbox.models import OutboxMessage
from tracker.places.grid import Fix
from tracker.workflows import dispatch
from tracker.workflows.counting import counts
from tracker.workflows.entries import visits
from tracker.workflows.judging import moderate, screen

pytestmark = [pytest.mark.django_db, pytest.mark.both]
__all__ = ["settled_site"]  # a fixture
SOON = NOON + timedelta(minutes=1)


def test_the_first_entries_of_a_worker_wait_for_a_person(aki: User) -> None:
    visit = by_phone(make_shop(), aki)
    look(visit)
    assert (review_reason(visit), visit.state, codes(visit)) == (
        "new_worker",
        "submitted",
        ["new_worker"],
    )


@pytest.mark.usefixtures("settled")
def test_what_is_not_drawn_is_approved_by_rule_and_the_decision_says_so(aki: User) -> None:
    visit = by_phone(make_shop(), aki)
    look(visit)
    decision = Decision.objects.get()
    assert (visit.state, decision.how, decision.by) == (VisitState.APPROVED, How.RULE, None)
    assert decision.actor_name == "automatic"
    event = AuditEvent.objects.latest("pk")
    assert (event.kind, event.actor_id, event.facts) == (
        "visit_approved", None, {"revision": 1, "how": "rule"},
    )  # fmt: skip
    assert OutboxMessage.objects.filter(handler="refresh_shop", about=visit.shop_id).count() == 1
    screening = Screening.objects.get()
    assert (screening.review_reason, screening.priority, screening.score) == (
        ReviewReason.RULE,
        Priority.LOW,
        0,
    )
    assert screening.rate == 0.1


@pytest.mark.usefixtures("settled")
def test_what_is_drawn_waits(aki: User) -> None:
    visit = by_phone(make_shop(), aki)
    look(visit, random_draw=0.0999)
    assert (review_reason(visit), visit.state) == (ReviewReason.RANDOM, VisitState.SUBMITTED)


@pytest.mark.usefixtures("settled")
def test_a_flag_with_weight_keeps_an_entry_from_the_rule(aki: User) -> None:
    shop = make_shop()
    visit = by_phone(shop, aki, fix=Fix(shop.lat_e7 + 20_000, shop.lon_e7, 8))
    look(visit)
    flag = Flag.objects.get()
    assert (flag.code, round(flag.number), flag.limit, flag.version) == ("far", 214, 60, 1)
    assert (review_reason(visit), visit.state) == (ReviewReason.FLAGGED, VisitState.SUBMITTED)
    assert Screening.objects.get().priority == Priority.MEDIUM


@pytest.mark.usefixtures("settled")
def test_a_flag_raised_meanwhile_forbids_the_rule(aki: User) -> None:
    visit = by_phone(make_shop(), aki)
    Flag.objects.create(
        visit=visit, revision=1, code="far", number=1, limit=1, weight=1, version=1, raised_at=NOON
    )
    assert screen.approve_by_rule(revisions={visit.pk: 1}, at=SOON) == 0
    assert Decision.objects.count() == 0


@pytest.mark.usefixtures("settled")
def test_an_entry_on_somebodys_desk_is_left_to_that_person(aki: User, mori: User) -> None:
    visit = by_phone(make_shop(), aki)
    Lease.objects.create(
        visit=visit, by=mori, taken_at=NOON, expires_at=NOON + timedelta(minutes=10)
    )
    look(visit)
    assert (visit.state, Decision.objects.count()) == (VisitState.SUBMITTED, 0)
    again = OutboxMessage.objects.filter(handler="screen_visit").latest("pk")
    assert again.due_at == SOON + screen.LEASE_PAUSE
    look(visit, minutes=11)
    assert visit.state == VisitState.APPROVED


@pytest.mark.usefixtures("settled")
def test_an_entry_judged_meanwhile_is_not_approved_twice(aki: User, mori: User) -> None:
    visit = by_phone(make_shop(), aki)
    moderate.decide(
        visit=visit, revision=1, move=Move.REJECT, reasons=[Reason.TOO_FAR.value], note="",
        by=mori, at=SOON,
    )  # fmt: skip
    assert screen.approve_by_rule(revisions={visit.pk: 1}, at=SOON) == 0
    look(visit)
    assert (visit.state, Decision.objects.count()) == (VisitState.REJECTED, 1)
    assert Screening.objects.count() == 0


@pytest.mark.usefixtures("settled")
def test_twice_is_as_once(aki: User) -> None:
    shops = [make_shop(f"店{n}", lat_e7=GINZA[0] + 5000 * n) for n in range(3)]
    visits = [
        by_phone(shop, aki, at=NOON + timedelta(hours=hour)) for hour, shop in enumerate(shops, 1)
    ]
    look(*visits)
    look(*visits, random_draw=ALL)
    assert Decision.objects.count() == Screening.objects.count() == 3
    assert AuditEvent.objects.filter(kind="visit_approved").count() == 3


@pytest.mark.usefixtures("settled")
def test_flags_are_written_anew_and_not_twice(aki: User) -> None:
    shop = make_shop()
    visit = by_phone(shop, aki, fix=Fix(shop.lat_e7 + 20_000, shop.lon_e7, 8), filled_ms=3000)
    look(visit)
    assert codes(visit) == ["far", "fast"]
    Visit.objects.update(filled_ms=30_000)
    look(visit)
    assert codes(visit) == ["far"]
    assert Screening.objects.get().score == 1.0


@pytest.mark.usefixtures("settled")
def test_what_was_given_to_a_person_stays_with_a_person(aki: User) -> None:
    visit = by_phone(make_shop(), aki)
    look(visit, random_draw=ALL)
    look(visit, random_draw=NONE)
    assert (review_reason(visit), visit.state) == (ReviewReason.RANDOM, VisitState.SUBMITTED)


@pytest.mark.usefixtures("settled")
def test_a_revision_sent_again_or_opened_again_is_looked_at(
    aki: User, mori: User, sora: User
) -> None:
    shop = make_shop()
    visit = by_phone(shop, aki)
    reasons = [Reason.SIGN_NOT_VISIBLE.value]
    moderate.decide(
        visit=visit, revision=1, move=Move.RETURN, reasons=reasons, note="", by=mori, at=SOON
    )
    entry = make_entry(shop, uuid=visit.uuid, fix=Fix(shop.lat_e7, shop.lon_e7, 8))
    visits.resubmit_visit(visit=visit, entry=entry, by=aki, at=SOON)
    look(visit)
    assert (review_reason(visit), visit.revision) == (ReviewReason.AGAIN, 2)
    moderate.decide(
        visit=visit, revision=2, move=Move.APPROVE, reasons=[], note="", by=mori, at=SOON
    )
    moderate.reopen(visit=visit, note="", by=sora, at=SOON)
    look(visit)
    assert (review_reason(visit), visit.revision) == (ReviewReason.AGAIN, 3)
    asked = OutboxMessage.objects.filter(handler="screen_visit", about=visit.pk)
    assert asked.count() == 3  # submitted, sent again, opened again


@pytest.mark.usefixtures("settled")
def test_with_the_rule_off_everything_waits(aki: User, sora: User) -> None:
    Rate.objects.create(key="rule", value=0, changed_at=NOON, changed_by=sora)
    visit = by_phone(make_shop(), aki)
    look(visit)
    assert (review_reason(visit), visit.state) == (ReviewReason.RANDOM, VisitState.SUBMITTED)
    assert Screening.objects.get().rate == 1.0


def test_the_outbox_screens_what_was_handed_in(aki: User) -> None:
    made = [make_visit(make_shop(f"店{n}"), aki) for n in range(3)]
    message = OutboxMessage.objects.filter(handler="screen_visit").earliest("pk")
    assert dispatch.work(message_id=message.pk, at=SOON) == 3  # in one go
    assert {review_reason(visit) for visit in made} == {ReviewReason.NEW_WORKER}


def test_a_refused_hand_in_asks_for_no_screening(mori: User) -> None:
    with pytest.raises(Exception, match="role"):
        make_visit(make_shop(), mori)
    assert OutboxMessage.objects.count() == 0


@pytest.mark.usefixtures("settled")
def test_the_command_computes_waiting_entries_and_on_demand_all(
    aki: User, capsys: pytest.CaptureFixture[str]
) -> None:
    shop = make_shop()
    waiting = by_phone(shop, aki, fix=Fix(shop.lat_e7 + 20_000, shop.lon_e7, 8))
    decided = by_phone(make_shop("若葉"), aki, at=NOON + timedelta(hours=1))
    look(waiting, decided)
    assert decided.state == VisitState.APPROVED
    Visit.objects.filter(pk=decided.pk).update(filled_ms=1000)
    call_command("screen")
    assert "1 entries screened" in capsys.readouterr().out
    assert (codes(waiting), codes(decided)) == (["far"], [])
    call_command("screen", "--all")
    assert "2 entries screened" in capsys.readouterr().out
    assert (codes(waiting), codes(decided)) == (["far"], ["fast"])
    assert review_reason(decided) == ReviewReason.RULE  # why it was approved stays as it was
    decided.refresh_from_db()
    assert (decided.state, Decision.objects.count()) == (VisitState.APPROVED, 1)


@pytest.mark.usefixtures("settled")
def test_what_was_approved_by_rule_is_counted_and_the_books_balance(aki: User) -> None:
    visit = by_phone(make_shop(), aki)
    look(visit)
    while message := OutboxMessage.objects.filter(done_at=None).first():
        dispatch.work(message_id=message.pk, at=SOON)
    verdict = counts.verify()
    assert (verdict.differences, verdict.waiting) == ([], 0)
