"""Own answers and those of others, ward by ward."""

from datetime import UTC, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.factories import add_visit, make_shop
from tracker.accounts.models import User
from tracker.fieldwork.funnel import GroupCount
from tracker.fieldwork.states import VisitState
from tracker.moderation.peers import answers_beside
from tracker.survey.answers import Answer
from tracker.survey.outcomes import Outcome
from tracker.survey.traits import Trait

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
YES, NO = Answer.YES, Answer.NO


def logged(worker: User, ward: str | None, *answers: Answer, at: datetime = NOW) -> None:
    for answer in answers:
        add_visit(make_shop(ward=ward), worker, at=at, alipay=answer)


def test_answers_are_counted_by_ward_for_oneself_and_for_the_others(
    aki: User, ben: User, mori: User
) -> None:
    logged(aki, "13102", YES, YES, NO)
    logged(aki, "13101", NO)
    logged(ben, "13102", YES, NO, NO)
    logged(mori, "13102", YES)
    assert answers_beside(aki, at=NOW)[Trait["ALIPAY"]] == (
        {"13101": GroupCount(0, 1), "13102": GroupCount(2, 3)},
        {"13102": GroupCount(2, 4, 2)},
    )


def test_only_yes_and_no_count_and_each_trait_by_itself(aki: User, ben: User) -> None:
    logged(aki, "13102", Answer.UNSURE, Answer.NOT_CHECKED, YES)
    logged(ben, "13102", Answer.UNSURE)
    found = answers_beside(aki, at=NOW)
    assert found[Trait["ALIPAY"]] == ({"13102": GroupCount(1, 1)}, {})
    assert found[Trait["WECHAT_PAY"]] == ({}, {})


def test_wards_where_one_has_not_been_are_not_told(aki: User, ben: User) -> None:
    logged(aki, "13102", YES)
    logged(ben, "13101", YES)
    assert answers_beside(aki, at=NOW)[Trait["ALIPAY"]] == ({"13102": GroupCount(1, 1)}, {})


@pytest.mark.parametrize(
    "values",
    [
        {"state": VisitState.WITHDRAWN},
        {"outcome": Outcome.CLOSED_TODAY},
        {"at": NOW - timedelta(days=30)},
    ],
)
def test_what_was_withdrawn_unanswered_or_is_old_does_not_count(
    aki: User, ben: User, values: dict[str, object]
) -> None:
    logged(aki, "13102", YES)
    for person in (aki, ben):
        answer = {} if "outcome" in values else {"alipay": YES}
        add_visit(make_shop(), person, **{"at": NOW} | answer | values)  # type: ignore[arg-type]
    assert answers_beside(aki, at=NOW)[Trait["ALIPAY"]] == ({"13102": GroupCount(1, 1)}, {})


def test_a_shop_whose_ward_is_not_known_is_left_out(aki: User) -> None:
    logged(aki, None, YES)
    assert answers_beside(aki, at=NOW)[Trait["ALIPAY"]] == ({}, {})


def test_one_statement_reads_all_of_it(
    aki: User, ben: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for ward in ("13101", "13102", "13103"):
        logged(aki, ward, YES, NO)
        logged(ben, ward, YES, NO)
    with django_assert_num_queries(1):
        assert len(answers_beside(aki, at=NOW)[Trait["ALIPAY"]][0]) == 3
