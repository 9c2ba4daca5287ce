"""The earliest yes of a ward: which month, how many shops, and whether the change was seen."""

import pytest

from tests.factories import NOON, make_approved, make_shop
from tracker.accounts.models import User
from tracker.adoption.firsts import Firsts, FirstYes, firsts_in_ward, firsts_of
from tracker.adoption.timeline import Span
from tracker.months import month_index
from tracker.places.kinds import Segment
from tracker.publication.claims.verdicts import ClaimVerdict, first_verdict
from tracker.survey.answers import Answer
from tracker.survey.traits import Trait
from tracker.workflows import dispatch

pytestmark = pytest.mark.both

MARCH = month_index(2026, 3)
CAFE = Segment.CAFE.value


def yes(month: int) -> Span:
    return Span(month, month + 12, is_yes=True)


def no(month: int, last: int) -> Span:
    return Span(month, last, is_yes=False)


def test_a_change_that_was_seen_before_any_other_yes_is_the_first() -> None:
    found = firsts_of([(CAFE, [no(1, 3), yes(4)]), (CAFE, [yes(5)]), (CAFE, [no(1, 9)])])
    assert found == Firsts([FirstYes(4, CAFE, was_no=True)], observed=3, yes=2)
    assert first_verdict(found) is ClaimVerdict.SUPPORTED


@pytest.mark.parametrize(
    "others",
    [
        [(CAFE, [yes(3)])],  # earlier
        [(CAFE, [yes(4)])],  # in the same month
        [(CAFE, [no(1, 3), yes(4)])],  # changed in the same month
        [(CAFE, [yes(2), no(9, 12)])],  # earlier, and no since
    ],
)
def test_another_yes_before_or_in_the_same_month_leaves_it_open(
    others: list[tuple[str, list[Span]]],
) -> None:
    found = firsts_of([(CAFE, [no(1, 3), yes(4)]), *others])
    assert first_verdict(found) is ClaimVerdict.CANNOT_SAY


def test_a_yes_at_the_first_visit_tells_nothing_of_when() -> None:
    found = firsts_of([(CAFE, [yes(4)]), (CAFE, [no(1, 9)])])
    assert found.earliest == [FirstYes(4, CAFE, was_no=False)]
    assert first_verdict(found) is ClaimVerdict.CANNOT_SAY


def test_where_nobody_said_yes_there_is_no_first() -> None:
    found = firsts_of([(CAFE, [no(1, 9)]), (CAFE, [])])
    assert found == Firsts([], observed=1, yes=0)
    assert first_verdict(found) is ClaimVerdict.CANNOT_SAY


@pytest.mark.django_db
def test_only_approved_visits_of_the_ward_count(aki: User, mori: User) -> None:
    here, elsewhere = make_shop("一"), make_shop("二", ward="13101")
    make_approved(here, aki, mori, alipay=Answer.NO, at=NOON.replace(month=1))
    make_approved(here, aki, mori, alipay=Answer.YES)
    make_approved(elsewhere, aki, mori, alipay=Answer.YES, at=NOON.replace(month=1))
    dispatch.sweep(at=NOON.replace(month=4))
    found = firsts_in_ward(ward=13102, trait=Trait["ALIPAY"])
    assert found == Firsts([FirstYes(MARCH, "drugstore", was_no=True)], observed=1, yes=1)
    assert firsts_in_ward(ward=13102, trait=Trait["CHINESE_STAFF"]) == Firsts([], 0, 0)
