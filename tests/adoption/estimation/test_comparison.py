"""Changes of a share against published examples, statsmodels, and a second way of reckoning."""

from fractions import Fraction
from math import sqrt
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from tracker.adoption.estimation.comparison import (
    Overlap,
    Pairs,
    ShareDifference,
    independent_difference,
    overlap_difference,
    paired_difference,
    phi,
)
from tracker.adoption.estimation.transitions import overlap_of

pytestmark = pytest.mark.slow(2)

COUNT = st.integers(0, 60)
OVERLAPS = st.builds(Overlap, *[COUNT] * 8).filter(
    lambda overlap: overlap.observed_before > 0 and overlap.observed_after > 0
)


def share_of(most: int) -> st.SearchStrategy[tuple[int, int]]:
    return st.integers(1, most).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def rounded(difference: ShareDifference) -> tuple[float, float, float]:
    return round(difference.value, 4), round(difference.low, 4), round(difference.high, 4)


def independent(after: tuple[int, int], before: tuple[int, int]) -> ShareDifference:
    return independent_difference(
        yes_before=before[0], observed_before=before[1], yes_after=after[0], observed_after=after[1]
    )


def mirrored(overlap: Overlap) -> Overlap:
    """The same shops with the two months exchanged."""
    yes_yes, yes_no, no_yes, no_no, *alone = overlap
    return Overlap(yes_yes, no_yes, yes_no, no_no, *alone[2:], *alone[:2])


def paired_by_statsmodels(pairs: Pairs) -> tuple[float, float]:
    """Newcombe's paired limits of after − before, from statsmodels' Wilson limits."""
    yes_yes, yes_no, no_yes, no_no = pairs
    n = sum(pairs)
    p, q = (yes_yes + no_yes) / n, (yes_yes + yes_no) / n
    (p_low, p_high), (q_low, q_high) = (
        proportion_confint(share * n, n, method="wilson") for share in (p, q)
    )
    margins = n**4 * p * (1 - p) * q * (1 - q)
    covariance = float(yes_yes * no_no - yes_no * no_yes)
    if covariance > 0:
        covariance = max(covariance - n / 2, 0)
    r = covariance / sqrt(margins) if margins > 1e-9 else 0.0
    x, y, v, w = p - p_low, q_high - q, p_high - p, q - q_low
    return (
        p - q - sqrt(abs(x * x + y * y - 2 * r * x * y)),
        p - q + sqrt(abs(v * v + w * w - 2 * r * v * w)),
    )


@pytest.mark.parametrize(
    ("after", "before", "expected"),
    [  # Newcombe 1998, Statistics in Medicine 17:873, table II, method 10
        ((56, 70), (48, 80), (0.2000, 0.0524, 0.3339)),
        ((9, 10), (3, 10), (0.6000, 0.1705, 0.8090)),
        ((6, 7), (2, 7), (0.5714, 0.0582, 0.8062)),
        ((5, 56), (0, 29), (0.0893, -0.0381, 0.1926)),
        ((10, 10), (0, 10), (1.0000, 0.6075, 1.0000)),
    ],
)
def test_months_without_common_shops_give_newcombes_figures(
    after: tuple[int, int], before: tuple[int, int], expected: tuple[float, float, float]
) -> None:
    assert rounded(independent(after, before)) == expected


@given(share_of(2000), share_of(2000))
def test_months_without_common_shops_agree_with_statsmodels(
    after: tuple[int, int], before: tuple[int, int]
) -> None:
    low, high = confint_proportions_2indep(*after, *before, method="newcomb", compare="diff")
    assert tuple(independent(after, before))[1:] == pytest.approx((low, high), abs=1e-9)


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        # Newcombe 1998, Statistics in Medicine 17:2635, method 10
        (Pairs(36, 2, 12, 0), (0.2000, 0.0569, 0.3404)),
        # Cavo 2012, in Fagerland, Lydersen & Laake 2017, Statistical Analysis of Contingency
        # Tables, ch. 8: remission after treatment less remission before is their figure, negated
        (Pairs(59, 6, 16, 80), (0.0621, 0.0046, 0.1186)),
    ],
)
def test_the_same_shops_in_both_months_give_the_published_figures(
    pairs: Pairs, expected: tuple[float, float, float]
) -> None:
    assert rounded(paired_difference(pairs)) == expected


def test_altmans_example_of_matched_pairs() -> None:
    # Altman et al. 2000, Statistics with Confidence, 2nd ed., table 6.2: 0.122, 0.011 to 0.226
    found = paired_difference(Pairs(14, 0, 5, 22))
    assert tuple(round(number, 3) for number in found) == (0.122, 0.011, 0.226)


@given(st.builds(Pairs, *[COUNT] * 4).filter(any))
def test_the_same_shops_agree_with_a_second_reckoning(pairs: Pairs) -> None:
    assert tuple(paired_difference(pairs))[1:] == pytest.approx(
        paired_by_statsmodels(pairs), abs=1e-6
    )


@given(OVERLAPS)
def test_without_common_shops_the_overlap_is_the_independent_difference(overlap: Overlap) -> None:
    apart = Overlap(0, 0, 0, 0, *overlap[4:])
    assume(apart.observed_before and apart.observed_after)
    assert overlap_difference(apart) == independent(
        (apart.yes_after, apart.observed_after), (apart.yes_before, apart.observed_before)
    )


@given(OVERLAPS)
def test_exchanging_the_months_turns_the_sign(overlap: Overlap) -> None:
    one, other = overlap_difference(overlap), overlap_difference(mirrored(overlap))
    assert tuple(one) == pytest.approx((-other.value, -other.high, -other.low), abs=1e-12)


@given(OVERLAPS)
def test_an_interval_holds_its_difference_and_stays_between_minus_1_and_1(
    overlap: Overlap,
) -> None:
    found = overlap_difference(overlap)
    assert -1 <= found.low <= found.value <= found.high <= 1


@given(OVERLAPS)
def test_shops_that_keep_their_status_narrow_the_interval(overlap: Overlap) -> None:
    assume(phi(overlap.pairs) > 0)
    found = overlap_difference(overlap)
    apart = independent(
        (overlap.yes_after, overlap.observed_after), (overlap.yes_before, overlap.observed_before)
    )
    assert found.high - found.low < apart.high - apart.low


def test_half_of_the_overlap_carries_half_of_the_correlation() -> None:
    # 100 of 200 shops in both months: the correlation of the shares is phi · 100/√(200·200).
    overlap = Overlap(40, 5, 15, 40, 50, 50, 50, 50)
    assert phi(overlap.pairs) == pytest.approx((40 * 40 - 5 * 15 - 50) / sqrt(45 * 55 * 55 * 45))
    before, after = (proportion_confint(yes, 200, method="wilson") for yes in (95, 105))
    x, y = 0.525 - after[0], before[1] - 0.475
    below = sqrt(x * x + y * y - 2 * (phi(overlap.pairs) / 2) * x * y)
    assert overlap_difference(overlap).low == pytest.approx(0.05 - below)


def test_with_many_shops_the_half_width_is_that_of_the_textbook_variance() -> None:
    # p₁q₁/n₁ + p₂q₂/n₂ − 2 n₁₂/(n₁n₂) (p₁₁ − p₁p₂), in fractions
    overlap = Overlap(40_000, 5_000, 15_000, 40_000, 45_000, 55_000, 110_000, 90_000)
    p, q = Fraction(165, 300), Fraction(90, 200)
    covariance = Fraction(100, 300 * 200) * (
        Fraction(40, 100) - Fraction(45, 100) * Fraction(55, 100)
    )
    variance = (p * (1 - p) / 300 + q * (1 - q) / 200 - 2 * covariance) / 1000
    found = overlap_difference(overlap)
    assert (found.high - found.low) / 2 == pytest.approx(1.959964 * sqrt(variance), rel=1e-3)


def test_the_interval_of_an_overlap_holds_the_truth_about_as_often_as_it_says() -> None:
    # 40 shops in both months, 30 and 50 in one; 0.30 before, 0.30·0.9 + 0.70·0.2 = 0.41 after
    chance, parked = Random(7), 0
    for _ in range(300):
        before = [chance.random() < 0.30 for _ in range(70)]
        both = [(was, chance.random() < (0.9 if was else 0.2)) for was in before[:40]]
        left = [(was, None) for was in before[40:]]
        entered = [(None, chance.random() < 0.41) for _ in range(50)]
        found = overlap_difference(overlap_of([*both, *left, *entered]))
        parked += found.low <= 0.11 <= found.high
    assert parked / 300 >= 0.92


@pytest.mark.parametrize(
    "overlap",
    [
        Overlap(),
        Overlap(only_before_yes=3, only_before_no=1),  # the second month is empty
        Overlap(only_after_yes=3, only_after_no=1),  # the first month is empty
    ],
)
def test_a_month_without_shops_is_refused(overlap: Overlap) -> None:
    with pytest.raises(ValueError, match="0 of 0 is no share"):
        overlap_difference(overlap)


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(ValueError, match="a count below 0"):
        overlap_difference(Overlap(5, -1, 5, 5, 5, 5, 5, 5))


def test_more_yes_than_shops_is_refused() -> None:
    with pytest.raises(ValueError, match="5 of 4 is no share"):
        independent((5, 4), (1, 4))
