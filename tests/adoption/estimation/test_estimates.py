"""Intervals against published worked examples, and against statsmodels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from tracker.adoption.estimation.estimates import Tier, score_interval, tier_of, wilson

pytestmark = pytest.mark.slow(3)


@pytest.mark.parametrize(
    ("yes", "observed", "low", "high"),
    [  # Newcombe 1998, Statistics in Medicine 17:857, table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_gives_newcombes_figures(yes: int, observed: int, low: float, high: float) -> None:
    interval = wilson(yes, observed)
    assert (round(interval.low, 4), round(interval.high, 4)) == (low, high)


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_holds_its_share_and_stays_between_0_and_1(pair: tuple[int, int]) -> None:
    yes, observed = pair
    interval = wilson(yes, observed)
    assert 0 <= interval.low <= yes / observed <= interval.high <= 1


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_agrees_with_statsmodels(pair: tuple[int, int]) -> None:
    yes, observed = pair
    assert tuple(wilson(yes, observed)) == pytest.approx(
        proportion_confint(yes, observed, method="wilson"), abs=1e-12
    )


def test_a_share_on_an_effective_number_of_shops_agrees_with_statsmodels() -> None:
    assert tuple(score_interval(0.3, 12.5)) == pytest.approx(
        proportion_confint(0.3 * 12.5, 12.5, method="wilson")
    )


@pytest.mark.parametrize(("share", "n"), [(1.1, 5.0), (-0.1, 5.0), (0.5, 0.0), (0.5, -1.0)])
def test_an_impossible_share_or_number_is_refused(share: float, n: float) -> None:
    with pytest.raises(ValueError, match="no share"):
        score_interval(share, n)


@given(st.integers(1, 300).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_yes_and_no_mirror_each_other(pair: tuple[int, int]) -> None:
    yes, observed = pair
    one, other = wilson(yes, observed), wilson(observed - yes, observed)
    assert one.low == pytest.approx(1 - other.high)


@pytest.mark.parametrize(("yes", "observed"), [(0, 0), (3, 2), (-1, 5)])
def test_what_is_no_share_is_refused(yes: int, observed: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        wilson(yes, observed)


@pytest.mark.parametrize(
    ("yes", "observed", "tier"),
    [
        (0, 0, Tier.NOT_SURVEYED),
        (0, 9, Tier.TOO_FEW),  # nine shops are too few whatever they say
        (5, 10, Tier.TOO_FEW),
        (0, 10, Tier.WIDE),  # half-width 13.9 points
        (25, 50, Tier.WIDE),
        (50, 100, Tier.RELIABLE),
        (1, 100, Tier.RELIABLE),
    ],
)
def test_tiers_follow_the_width_and_the_number(yes: int, observed: int, tier: Tier) -> None:
    assert tier_of(yes, observed) == tier
