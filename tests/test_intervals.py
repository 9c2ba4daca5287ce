"""The interval of a median; a share's: tests/adoption/estimation/test_estimates.py."""

from statistics import median as judge

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from tracker.adoption.estimation import estimates
from tracker.intervals import (
    Z95,
    Interval,
    median,
    median_interval,
    score_interval,
    wilson,
)

SECONDS = st.lists(st.floats(0, 600, allow_nan=False), min_size=1, max_size=80)


@given(SECONDS)
def test_the_median_is_that_of_the_library(values: list[float]) -> None:
    assert median(values) == judge(values)


def test_nothing_has_no_median() -> None:
    with pytest.raises(ValueError, match="no median"):
        median([])
    assert median_interval([]) is None


@pytest.mark.parametrize("n", [6, 7, 20, 21, 50, 100, 337, 3000])
def test_the_interval_of_a_median_goes_as_far_as_the_binomial_allows(n: int) -> None:
    interval = median_interval(range(1, n + 1))
    assert interval is not None
    below = int(interval.low) - 1  # ranks outside on either side
    assert interval.high == n - below
    assert binom.cdf(below, n, 0.5) <= 0.025 < binom.cdf(below + 1, n, 0.5)


def test_the_interval_of_a_median_is_that_of_a_printed_table() -> None:
    # Ranks at 95 % for n = 20 and n = 40: Conover, Practical Nonparametric Statistics
    assert median_interval(range(1, 21)) == Interval(6, 15)
    assert median_interval(range(1, 41)) == Interval(14, 27)


@pytest.mark.parametrize("n", range(6))
def test_under_six_values_there_is_no_interval(n: int) -> None:
    assert median_interval([1.0] * n) is None


@given(st.lists(st.floats(0, 600, allow_nan=False), min_size=6, max_size=80))
def test_the_interval_holds_the_median(values: list[float]) -> None:
    interval = median_interval(values)
    assert interval is not None
    assert interval.low <= median(values) <= interval.high


@pytest.mark.parametrize("z", [1.0, Z95, 3.0])
def test_the_ends_of_a_share_of_all_or_nothing_are_exact(z: float) -> None:
    """Rounding would put some of them beside 0 and 1."""
    for n in (*range(1, 400), 10**6, 10**7, 0.5, 33.3):
        nothing, whole = score_interval(0, n, z), score_interval(1, n, z)
        assert (nothing.low, whole.high) == (0.0, 1.0)
        assert nothing.high == pytest.approx(1 - whole.low)
        assert 0 < nothing.high < 1


def test_another_z_is_another_interval() -> None:
    assert wilson(5, 10, 1.0) == score_interval(0.5, 10, 1.0)
    assert wilson(5, 10, 1.0).half_width < wilson(5, 10).half_width == wilson(5, 10, Z95).half_width


def test_adoption_and_fieldwork_speak_of_the_same_interval() -> None:
    assert estimates.wilson is wilson
    assert estimates.Interval is Interval
