"""The present status of a few shops is that of the timeline over all their visits."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from tests.adoption.reference import status
from tests.factories import NOON, add_visit, make_shop
from tracker.accounts.models import User
from tracker.adoption.history import approved_visits_of, facts_of
from tracker.adoption.present import present_statuses
from tracker.fieldwork.models import Visit
from tracker.fieldwork.states import VisitState
from tracker.months import month_of
from tracker.rules.rulebook import NO_RULES
from tracker.survey.answers import Answer
from tracker.survey.outcomes import Outcome
from tracker.survey.traits import Trait

pytestmark = [pytest.mark.django_db, pytest.mark.both, pytest.mark.slow(2)]
NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)


@pytest.mark.parametrize("state", VisitState)
def test_only_an_approved_visit_says_anything(aki: User, state: VisitState) -> None:
    shop = make_shop()
    add_visit(shop, aki, at=NOW, state=state, alipay=Answer.YES, wechat_pay=Answer.NO)
    expected = {shop.pk: {"alipay": True, "wechat_pay": False}}
    found = present_statuses({shop.pk: shop.pk}, at=NOW)
    assert found == (expected if state == VisitState.APPROVED else {})


@pytest.mark.parametrize(
    ("at", "is_live"),
    [
        (datetime(2025, 10, 31, 15, 0, tzinfo=UTC), True),  # November begins in Tokyo
        (datetime(2025, 10, 31, 14, 59, tzinfo=UTC), False),
    ],
)
def test_a_status_expires_after_the_same_month_of_the_next_year(
    aki: User, at: datetime, is_live: bool
) -> None:
    shop = make_shop()
    add_visit(shop, aki, at=at, alipay=Answer.YES)
    assert bool(present_statuses({shop.pk: shop.pk}, at=NOW).get(shop.pk)) is is_live


@pytest.mark.parametrize("outcome", [Outcome.CLOSED_FOR_GOOD, Outcome.REPLACED])
def test_a_shop_that_is_gone_has_no_status(aki: User, outcome: Outcome) -> None:
    shop = make_shop()
    add_visit(shop, aki, at=NOON, alipay=Answer.YES)
    add_visit(shop, aki, at=NOON + timedelta(days=1), outcome=outcome)
    assert present_statuses({shop.pk: shop.pk}, at=NOW)[shop.pk] == {}


def test_the_later_visit_of_a_merged_shop_counts_for_the_other(aki: User) -> None:
    shop, duplicate = make_shop(), make_shop()
    add_visit(shop, aki, at=NOON, alipay=Answer.YES)
    add_visit(duplicate, aki, at=NOON + timedelta(days=1), alipay=Answer.NO)
    survivors = {shop.pk: shop.pk, duplicate.pk: shop.pk}
    assert present_statuses(survivors, at=NOW) == {shop.pk: {"alipay": False}}


VISITS = st.lists(
    st.tuples(
        st.integers(0, 900),  # days ago
        st.sampled_from(Outcome),
        st.lists(st.sampled_from(Answer), min_size=len(Trait), max_size=len(Trait)),
    ),
    max_size=8,
)


@given(VISITS)
@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_leaving_out_what_has_expired_changes_nothing(
    aki: User, visits: list[tuple[int, Outcome, list[Answer]]]
) -> None:
    Visit.objects.all().delete()
    shop = make_shop()
    for days, outcome, answers in visits:
        known = answers if outcome == Outcome.ANSWERED else [Answer.NOT_CHECKED] * len(Trait)
        values = dict(zip(Trait.values, known, strict=True))
        at = NOW - timedelta(days=days)
        add_visit(shop, aki, at=at, outcome=outcome, **values)  # type: ignore[arg-type]
    facts = [facts_of(visit, NO_RULES) for visit in approved_visits_of([shop.pk])[shop.pk]]
    found = present_statuses({shop.pk: shop.pk}, at=NOW).get(shop.pk, {})
    expected = {trait: status(facts, trait, month_of(NOW)) for trait in Trait.values}
    assert {trait: found.get(trait) for trait in Trait.values} == expected


def test_one_statement_reads_all_shops(
    aki: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    shops = [make_shop() for _number in range(5)]
    for shop in shops:
        add_visit(shop, aki, at=NOON, alipay=Answer.YES)
    with django_assert_num_queries(1):
        assert len(present_statuses({shop.pk: shop.pk for shop in shops}, at=NOW)) == 5


def test_what_was_observed_later_can_be_left_out(aki: User) -> None:
    shop = make_shop()
    add_visit(shop, aki, at=NOON, alipay=Answer.YES)
    add_visit(shop, aki, at=NOON + timedelta(days=1), alipay=Answer.NO, wechat_pay=Answer.YES)
    same = {shop.pk: shop.pk}
    before = NOON + timedelta(days=1)
    assert present_statuses(same, at=NOW, before=before) == {shop.pk: {"alipay": True}}
    assert present_statuses(same, at=NOW, before=NOON) == {}
