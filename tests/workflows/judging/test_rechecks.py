"""Second visits and re-reviews: who is asked, what is joined, what nobody may do."""

from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.factories import NOON, make_approved, make_entry, make_shop, make_visit, set_rate
from tracker.accounts.models import User
from tracker.audit.models import AuditEvent
from tracker.errors import Invalid, Refused, Stale
from tracker.fieldwork.states import VisitState
from tracker.moderation.kinds import CheckKind
from tracker.moderation.models import Decision
from tracker.moderation.transitions import Move
from tracker.rechecks.models import Reinterview, ReinterviewDraw, SpotCheck
from tracker.rechecks.queries import looks_of, pairs_of, shops_to_visit_again
from tracker.survey.answers import Answer
from tracker.survey.outcomes import Outcome
from tracker.survey.traits import Trait
from tracker.workflows.entries import visits
from tracker.workflows.judging import corrections, moderate, rechecks

pytestmark = [pytest.mark.django_db, pytest.mark.both]
DAY = timedelta(days=1)
MORNING = NOON + DAY


@pytest.fixture
def _all_are_drawn(sora: User) -> None:
    set_rate("second_visits", 1.0, by=sora)
    set_rate("second_looks", 1.0, by=sora)


def drawn_first(aki: User, mori: User) -> Reinterview:
    make_approved(make_shop(), aki, mori)
    assert rechecks.draw_reinterviews(at=MORNING) == 1
    return Reinterview.objects.get()


def test_one_in_twenty_is_drawn_and_a_day_once_only(aki: User, mori: User) -> None:
    shop = make_shop()
    for minute in range(60):
        make_approved(shop, aki, mori, at=NOON + timedelta(minutes=minute))
    assert rechecks.draw_reinterviews(at=MORNING) == 3
    assert rechecks.draw_reinterviews(at=MORNING + timedelta(hours=1)) == 0
    draw = ReinterviewDraw.objects.get(day=date(2026, 3, 14))
    assert (draw.visits, draw.drawn) == (60, 3)
    assert AuditEvent.objects.filter(kind="reinterviews_drawn").count() == 7  # the week before


def test_the_share_that_is_drawn_follows_the_table_of_rates(
    aki: User, mori: User, sora: User
) -> None:
    shop = make_shop()
    for minute in range(20):
        make_approved(shop, aki, mori, at=NOON + timedelta(minutes=minute))
    set_rate("second_visits", 0.5, by=sora)
    assert rechecks.draw_reinterviews(at=MORNING) == 10


def test_no_check_is_shown_where_the_rate_is_nought(
    aki: User, mori: User, rin: User, sora: User
) -> None:
    set_rate("second_looks", 0.0, by=sora)
    make_approved(make_shop(), aki, rin)
    for number in range(60):
        make_approved(make_shop(), aki, mori, at=NOON + timedelta(minutes=number))
        assert rechecks.next_check(moderator=mori, at=NOON + 2 * DAY) is None


def test_days_that_a_dead_clock_missed_are_made_up_for(aki: User, mori: User) -> None:
    for day in range(3):
        make_approved(make_shop(), aki, mori, at=NOON + day * DAY)
    rechecks.draw_reinterviews(at=NOON + 3 * DAY)
    days = ReinterviewDraw.objects.filter(visits=1).values_list("day", flat=True)
    assert sorted(days) == [date(2026, 3, 14), date(2026, 3, 15), date(2026, 3, 16)]


@pytest.mark.usefixtures("_all_are_drawn")
def test_closed_shops_and_what_was_opened_again_are_not_drawn(
    aki: User, mori: User, sora: User
) -> None:
    closed = make_entry(make_shop(), outcome=Outcome.CLOSED_FOR_GOOD)
    ended = visits.submit_visit(entry=closed, by=aki, at=NOON)
    moderate.decide(visit=ended, revision=1, move=Move.APPROVE, reasons=[], note="", by=mori,
                    at=NOON)  # fmt: skip
    opened = make_approved(make_shop(), aki, mori)
    moderate.reopen(visit=opened, note="写真", by=sora, at=NOON + timedelta(hours=1))
    assert rechecks.draw_reinterviews(at=MORNING) == 0


@pytest.mark.usefixtures("_all_are_drawn")
def test_another_worker_is_asked_and_the_first_is_not(aki: User, ben: User, mori: User) -> None:
    reinterview = drawn_first(aki, mori)
    shop_id = reinterview.first.shop_id
    assert shops_to_visit_again(ben, MORNING) == {shop_id}
    assert shops_to_visit_again(aki, MORNING) == set()
    assert shops_to_visit_again(ben, MORNING + 8 * DAY) == set()


@pytest.mark.usefixtures("_all_are_drawn")
def test_the_second_visit_is_joined_and_the_pair_counts(aki: User, ben: User, mori: User) -> None:
    reinterview = drawn_first(aki, mori)
    second = make_approved(reinterview.first.shop, ben, mori, at=NOON + 2 * DAY, alipay=Answer.NO)
    assert rechecks.close_reinterviews(at=NOON + 2 * DAY + timedelta(hours=1)) == 1
    reinterview.refresh_from_db()
    assert reinterview.second == second
    assert pairs_of(Trait["ALIPAY"]) == [("yes", "no")]
    assert pairs_of(Trait["CHINESE_STAFF"]) == []  # nobody checked
    assert shops_to_visit_again(ben, NOON + 3 * DAY) == set()


@pytest.mark.usefixtures("_all_are_drawn")
@pytest.mark.parametrize("who", ["the same worker", "nobody in time", "not approved"])
def test_a_reinterview_that_nobody_made_lapses(aki: User, ben: User, mori: User, who: str) -> None:
    reinterview = drawn_first(aki, mori)
    shop = reinterview.first.shop
    if who == "the same worker":
        make_approved(shop, aki, mori, at=NOON + 2 * DAY)
    elif who == "nobody in time":
        make_approved(shop, ben, mori, at=NOON + 9 * DAY)
    else:
        make_visit(shop, ben, at=NOON + 2 * DAY)
    assert rechecks.close_reinterviews(at=NOON + 14 * DAY) == 0
    assert rechecks.close_reinterviews(at=NOON + 16 * DAY) == 1
    reinterview.refresh_from_db()
    assert reinterview.second is None
    assert pairs_of(Trait["ALIPAY"]) == []


@pytest.mark.usefixtures("_all_are_drawn")
def test_a_shop_that_was_merged_meanwhile_is_still_the_same(
    aki: User, ben: User, mori: User
) -> None:
    reinterview = drawn_first(aki, mori)
    survivor = make_shop("千歳屋 本店")
    corrections.merge_shops(
        shop_id=reinterview.first.shop_id, into_id=survivor.pk, by=mori, at=MORNING
    )
    assert shops_to_visit_again(ben, MORNING) == {survivor.pk}
    make_approved(survivor, ben, mori, at=NOON + 2 * DAY)
    assert rechecks.close_reinterviews(at=NOON + 3 * DAY) == 1
    assert pairs_of(Trait["ALIPAY"]) == [("yes", "yes")]


@pytest.mark.slow(2)
def test_most_entries_come_without_a_check(aki: User, mori: User, rin: User) -> None:
    make_approved(make_shop(), aki, rin)
    asked = 0
    for number in range(200):
        make_approved(make_shop(), aki, mori, at=NOON + timedelta(minutes=number))
        check = rechecks.next_check(moderator=mori, at=NOON + 2 * DAY)
        asked += check is not None
        SpotCheck.objects.all().delete()
    assert 0 <= asked <= 12  # 4 expected; above 12 once in ten thousand


@pytest.mark.usefixtures("_all_are_drawn")
def test_a_check_shows_what_somebody_else_decided(aki: User, mori: User, rin: User) -> None:
    visit = make_approved(make_shop(), aki, rin)
    make_approved(make_shop(), aki, mori)
    check = rechecks.next_check(moderator=mori, at=NOON + 2 * DAY)
    assert check is not None
    assert (check.visit, check.kind, check.expected) == (
        visit, CheckKind.RE_REVIEW, VisitState.APPROVED,
    )  # fmt: skip
    assert rechecks.next_check(moderator=mori, at=NOON + 2 * DAY) == check  # still owed


@pytest.mark.usefixtures("_all_are_drawn")
def test_an_audit_shows_what_two_agreed_on_long_ago(aki: User, mori: User, rin: User) -> None:
    visit = make_approved(make_shop(), aki, rin)
    look = rechecks.next_check(moderator=mori, at=NOON + 2 * DAY)
    assert look is not None
    rechecks.answer_check(check=look, state=VisitState.APPROVED, by=mori, at=NOON + 2 * DAY)
    third = User.objects.create_user(username="nao", role="moderator")
    audit = rechecks.next_check(moderator=third, at=NOON + 40 * DAY)
    assert audit is not None
    assert (audit.visit, audit.kind) == (visit, CheckKind.AUDIT)


@pytest.mark.usefixtures("_all_are_drawn")
def test_nothing_follows_for_the_entry_and_it_is_on_the_log(
    aki: User, mori: User, rin: User
) -> None:
    visit = make_approved(make_shop(), aki, rin)
    check = rechecks.next_check(moderator=mori, at=NOON + 2 * DAY)
    assert check is not None
    rechecks.answer_check(check=check, state=VisitState.REJECTED, by=mori, at=NOON + 2 * DAY)
    visit.refresh_from_db()
    assert visit.state == VisitState.APPROVED
    assert Decision.objects.filter(visit=visit).count() == 1
    assert not check.is_agreed
    assert looks_of() == [("approved", "rejected")]
    assert AuditEvent.objects.filter(kind="second_look", actor_name="mori").count() == 1
    rechecks.object_to_check(check=check, objection="看板が別の店", by=mori, at=NOON + 2 * DAY)
    check.refresh_from_db()
    assert check.objection == "看板が別の店"


@pytest.mark.usefixtures("_all_are_drawn")
def test_own_entries_and_own_decisions_are_never_shown(aki: User, mori: User, rin: User) -> None:
    make_approved(make_shop(), aki, mori)
    assert rechecks.next_check(moderator=mori, at=NOON + 2 * DAY) is None
    aki.role = "moderator"
    aki.save()
    assert rechecks.next_check(moderator=aki, at=NOON + 2 * DAY) is None


@pytest.mark.usefixtures("_all_are_drawn")
def test_a_check_is_answered_once_by_its_moderator(aki: User, mori: User, rin: User) -> None:
    make_approved(make_shop(), aki, rin)
    check = rechecks.next_check(moderator=mori, at=NOON + 2 * DAY)
    assert check is not None
    with pytest.raises(Refused):
        rechecks.answer_check(check=check, state=VisitState.APPROVED, by=rin, at=NOON)
    with pytest.raises(Refused):
        rechecks.next_check(moderator=aki, at=NOON)
    with pytest.raises(Invalid):
        rechecks.answer_check(check=check, state=VisitState.WITHDRAWN, by=mori, at=NOON)
    with pytest.raises(Invalid):
        rechecks.object_to_check(check=check, objection="早い", by=mori, at=NOON)
    rechecks.answer_check(check=check, state=VisitState.APPROVED, by=mori, at=NOON)
    with pytest.raises(Stale):
        rechecks.answer_check(check=check, state=VisitState.REJECTED, by=mori, at=NOON)
    assert looks_of() == [("approved", "approved")]


def test_closing_with_nothing_open_is_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(1):
        assert rechecks.close_reinterviews(at=NOON) == 0
