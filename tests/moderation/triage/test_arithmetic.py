"""The measures the rules are made of, against independent reckoning."""

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from tests.moderation.triage.makers import LAT, LON, NOON, at
from tracker.moderation.triage.arithmetic import (
    binomial_tail,
    entropy,
    metres,
    percentile,
    robust_z,
    spread,
    tokyo_hour,
)
from tracker.places.queries import metres_between


@given(north=st.integers(-50_000, 50_000), east=st.integers(-50_000, 50_000))
def test_the_flat_distance_is_a_thousandth_off_at_most(north: int, east: int) -> None:
    there = at(north, east)
    exact = metres_between(LAT, LON, there.lat_e7, there.lon_e7)
    assert metres(LAT, LON, there.lat_e7, there.lon_e7) == pytest.approx(exact, rel=1e-3, abs=0.1)


@given(
    n=st.integers(1, 300), part=st.floats(0, 1), p=st.floats(0.001, 0.999, allow_subnormal=False)
)
def test_the_binomial_tail_is_exact(n: int, part: float, p: float) -> None:
    hits = round(part * n)
    expected = float(binom.sf(hits - 1, n, p))
    assert binomial_tail(hits, n, p) == pytest.approx(expected, rel=1e-6, abs=1e-200)


def test_the_binomial_tail_at_its_ends() -> None:
    assert binomial_tail(0, 5, 0.3) == 1.0
    assert (binomial_tail(1, 5, 0.0), binomial_tail(5, 5, 1.0)) == (0.0, 1.0)


def test_entropy_is_in_bits() -> None:
    assert entropy([1, 1, 1, 1]) == 2.0
    assert (entropy([7]), entropy([])) == (0.0, 0.0)


def test_percentiles_lie_between_the_values() -> None:
    assert percentile([4, 1, 3, 2], 0.5) == 2.5
    assert percentile([9], 0.1) == 9


def test_one_odd_value_does_not_move_the_robust_measures() -> None:
    values = [1.0, 2.0, 3.0, 4.0, 1000.0]
    assert spread(values) == pytest.approx(1.4826)
    assert robust_z(1000, values, noise=0) > 500


def test_chance_alone_is_allowed_for() -> None:
    assert robust_z(1, [0, 0, 0], noise=0) == inf
    assert robust_z(1, [0, 0, 0], noise=1) == 1.0


def test_the_hour_is_that_of_tokyo() -> None:
    assert (tokyo_hour(NOON), tokyo_hour(NOON + 12 * 3600 - 1)) == (12, 23)
