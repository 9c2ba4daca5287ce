"""What became of the shops, by hand and against SciPy and statsmodels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.proportion import proportion_confint

from tracker.adoption.estimation.comparison import Overlap
from tracker.adoption.estimation.transitions import (
    StatusPair,
    Transitions,
    adoption_rate,
    loss_rate,
    mcnemar_exact,
    overlap_of,
    transitions_of,
)

pytestmark = pytest.mark.slow(3)

PAIRS: list[StatusPair] = [
    *[(True, True)] * 4,
    *[(True, False)] * 1,
    *[(False, True)] * 3,
    *[(False, False)] * 6,
    *[(None, True)] * 2,
    *[(None, False)] * 5,
    *[(True, None)] * 7,
    *[(False, None)] * 8,
    *[(None, None)] * 9,
]
STATUS = st.sampled_from([True, False, None])


def test_every_way_from_one_month_to_the_next_is_counted() -> None:
    assert transitions_of(PAIRS) == Transitions(4, 1, 3, 6, entered=7, left=15)


def test_the_overlap_tells_who_entered_and_left_with_what() -> None:
    assert overlap_of(PAIRS) == Overlap(4, 1, 3, 6, 7, 8, 2, 5)


@given(st.lists(st.tuples(STATUS, STATUS)))
def test_every_shop_with_a_status_in_either_month_counts_once(pairs: list[StatusPair]) -> None:
    assert sum(transitions_of(iter(pairs))) == sum(pair != (None, None) for pair in pairs)


def test_the_adoption_rate_is_that_of_the_shops_that_were_no_and_were_seen_again() -> None:
    rate = adoption_rate(transitions_of(PAIRS))
    assert rate is not None
    assert rate[:3] == (3, 9, 3 / 9)
    assert tuple(rate.interval) == pytest.approx(proportion_confint(3, 9, method="wilson"))


def test_the_loss_rate_is_that_of_the_shops_that_were_yes_and_were_seen_again() -> None:
    rate = loss_rate(transitions_of(PAIRS))
    assert rate is not None
    assert rate[:3] == (1, 5, 1 / 5)


def test_without_shops_that_could_change_there_is_no_rate() -> None:
    moves = transitions_of([(None, True), (False, None)])
    assert (adoption_rate(moves), loss_rate(moves)) == (None, None)


def test_a_rate_of_negative_counts_is_refused() -> None:
    with pytest.raises(ValueError, match="a count below 0"):
        adoption_rate(Transitions(1, 1, -1, 3, 0, 0))


@given(st.integers(0, 300), st.integers(0, 300))
def test_mcnemars_exact_test_agrees_with_statsmodels(gained: int, lost: int) -> None:
    expected = mcnemar([[5, lost], [gained, 7]], exact=True).pvalue if gained + lost else 1.0
    assert mcnemar_exact(gained, lost) == pytest.approx(expected, rel=1e-9, abs=1e-300)


@given(st.integers(0, 200), st.integers(0, 200))
def test_mcnemars_exact_test_is_the_sign_test_of_scipy(gained: int, lost: int) -> None:
    expected = binomtest(gained, gained + lost).pvalue if gained + lost else 1.0
    assert mcnemar_exact(gained, lost) == pytest.approx(expected, rel=1e-9, abs=1e-300)


def test_mcnemars_test_by_hand() -> None:
    # 1 against 5: 2 · (1 + 6) / 64
    assert mcnemar_exact(1, 5) == 14 / 64


def test_thousands_of_changes_are_no_trouble() -> None:
    assert mcnemar_exact(5000, 5000) == 1.0
    assert mcnemar_exact(0, 20_000) == 0.0


def test_negative_changes_are_refused() -> None:
    with pytest.raises(ValueError, match="a count below 0"):
        mcnemar_exact(-1, 3)
