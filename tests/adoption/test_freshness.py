"""Ages of statuses, by hand and against NumPy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.adoption.freshness import Freshness, KnownAge, age_of, freshness_of, known_from
from tracker.adoption.timeline import VisitFacts, spans_of, status_at
from tracker.months import month_index
from tracker.survey.measures import Measure
from tracker.survey.specs import SINGLES

MARCH = month_index(2026, 3)
facts = st.builds(
    VisitFacts,
    st.integers(MARCH, MARCH + 30),
    st.dictionaries(st.sampled_from(tuple(SINGLES)), st.booleans()),
    st.sampled_from([False, False, False, True]),
).map(lambda one: VisitFacts(one.month, {} if one.is_ending else one.answers, one.is_ending))
histories = st.lists(facts, max_size=7).map(lambda some: sorted(some, key=lambda one: one.month))


def test_the_age_is_counted_in_months_of_the_calendar() -> None:
    ages = [age_of(MARCH, month_index(*month)) for month in ((2026, 3), (2026, 4), (2027, 3))]
    assert ages == [0, 1, 12]


@pytest.mark.parametrize("asked", [(2026, 2), (2027, 4)])
def test_a_month_before_the_visit_or_after_expiry_is_refused(asked: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="no live status is"):
        age_of(MARCH, month_index(*asked))


def test_five_statuses_by_hand() -> None:
    assert freshness_of([7, 0, 12, 3, 6]) == Freshness(5, 3.0, 6.0, 7.0, 2 / 5, 3 / 5)


def test_a_single_status_is_its_own_median_and_quartiles() -> None:
    assert freshness_of([4]) == Freshness(1, 4.0, 4.0, 4.0, 0.0, 1.0)


@given(st.lists(st.integers(0, 12), min_size=1))
def test_quartiles_agree_with_numpy(ages: list[int]) -> None:
    found = freshness_of(ages)
    assert found is not None
    assert found[1:4] == pytest.approx(tuple(np.quantile(ages, [0.25, 0.5, 0.75])))


@given(st.lists(st.integers(0, 12), min_size=1))
def test_the_order_of_the_ages_does_not_matter(ages: list[int]) -> None:
    assert freshness_of(ages) == freshness_of(sorted(ages))


def test_no_status_has_no_freshness() -> None:
    assert freshness_of([]) is None


@pytest.mark.parametrize("age", [-1, 13])
def test_an_impossible_age_is_refused(age: int) -> None:
    with pytest.raises(ValueError, match=f"no live status is {age} months old"):
        freshness_of([3, age])


@given(histories, st.integers(MARCH - 1, MARCH + 45))
def test_what_is_known_has_the_status_of_the_timeline(
    history: list[VisitFacts], asked: int
) -> None:
    for measure in Measure.values:
        known = known_from(history, measure, asked)
        status = status_at(spans_of(history, SINGLES)[measure], asked)
        assert (None if known is None else known.is_yes) == status


def test_either_wallet_is_as_young_as_its_newest_yes_and_as_old_as_its_older_no() -> None:
    def known(alipay: bool, wechat_pay: bool) -> KnownAge | None:
        visits = [
            VisitFacts(MARCH, {"alipay": alipay}),
            VisitFacts(MARCH + 4, {"wechat_pay": wechat_pay}),
        ]
        return known_from(visits, "either_wallet", MARCH + 5)

    assert known(True, True) == KnownAge(MARCH + 4, True)
    assert known(True, False) == KnownAge(MARCH, True)
    assert known(False, False) == KnownAge(MARCH, False)


@pytest.mark.parametrize("is_yes", [True, False])
def test_one_wallet_says_nothing_of_either(is_yes: bool) -> None:
    visits = [VisitFacts(MARCH, {"alipay": is_yes})]
    assert known_from(visits, "either_wallet", MARCH) is None
