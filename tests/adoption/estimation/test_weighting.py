"""The weighted share of a city, by hand in fractions, against statsmodels, and by simulation."""

from collections.abc import Sequence
from fractions import Fraction
from math import inf, nan
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint
from statsmodels.stats.weightstats import DescrStatsW

from tracker.adoption.estimation.collapsing import Rule, Stratum, StratumCell
from tracker.adoption.estimation.estimates import Interval, wilson
from tracker.adoption.estimation.weighting import (
    CityEstimate,
    NoEstimate,
    city_estimate,
    weighted_share,
)

pytestmark = pytest.mark.slow(2)

CITY = [
    Stratum("A", "cafe", 400.0, 20, 4),
    Stratum("A", "hotel", 100.0, 10, 5),
    Stratum("B", "cafe", 300.0, 10, 3),
    Stratum("B", "hotel", 200.0, 40, 30),
]
THIN = [Stratum("C", "cafe", 35.0, 1, 1), Stratum("C", "fashion", 9.0, 0, 0)]
CELLS = st.lists(
    st.integers(2, 20).flatmap(
        lambda n: st.builds(
            StratumCell, st.integers(1, 900).map(float), st.just(n), st.integers(0, n)
        )
    ),
    min_size=1,
    max_size=12,
)


def slow_share_and_variance(cells: Sequence[StratumCell]) -> tuple[Fraction, Fraction]:
    """The textbook way, shop by shop: means and sample variances of zeros and ones."""
    whole = sum(Fraction(cell.establishments) for cell in cells)
    share = variance = Fraction(0)
    for size, observed, yes in cells:
        answers = [Fraction(1)] * yes + [Fraction(0)] * (observed - yes)
        mean = sum(answers, Fraction(0)) / observed
        squares = sum(((answer - mean) ** 2 for answer in answers), Fraction(0)) / (observed - 1)
        unseen = 1 - Fraction(observed) / Fraction(size) if observed <= size else Fraction(1)
        share += Fraction(size) / whole * mean
        variance += (Fraction(size) / whole) ** 2 * unseen * squares / observed
    return share, variance


def covers(truth: float, cells: Sequence[StratumCell]) -> bool:
    low, high = weighted_share(cells).interval
    return low <= truth <= high


def coverage(sizes: Sequence[tuple[int, int, int]], draws: int = 300) -> float:
    """How often the interval holds the truth; sizes are (establishments, yes, observed)."""
    chance = Random(20260)
    streets = [[1] * yes + [0] * (size - yes) for size, yes, _ in sizes]
    truth = sum(map(sum, streets)) / sum(map(len, streets))
    parked = [
        covers(
            truth,
            [
                StratumCell(float(size), observed, sum(chance.sample(street, observed)))
                for (size, _, observed), street in zip(sizes, streets, strict=True)
            ],
        )
        for _ in range(draws)
    ]
    return sum(parked) / draws


def test_four_strata_by_hand() -> None:
    # shares 1/5, 1/2, 3/10, 3/4; weights 4/10, 1/10, 3/10, 2/10
    found = city_estimate(CITY).weighted
    assert found is not None
    assert found.share == pytest.approx(0.08 + 0.05 + 0.09 + 0.15)
    # W²(1−f) p(1−p)/(n−1), stratum by stratum
    by_hand = (
        Fraction(16, 100) * Fraction(19, 20) * Fraction(4, 25) / 19
        + Fraction(1, 100) * Fraction(9, 10) * Fraction(1, 4) / 9
        + Fraction(9, 100) * Fraction(29, 30) * Fraction(21, 100) / 9
        + Fraction(4, 100) * Fraction(4, 5) * Fraction(3, 16) / 39
    )
    assert found.variance == pytest.approx(float(by_hand), rel=1e-12)


@given(CELLS)
def test_share_and_variance_agree_with_the_slow_way(cells: list[StratumCell]) -> None:
    found = weighted_share(cells)
    assert (found.share, found.variance) == pytest.approx(
        tuple(map(float, slow_share_and_variance(cells))), rel=1e-9, abs=1e-15
    )


@given(CELLS)
def test_the_share_agrees_with_the_weighted_mean_of_statsmodels(cells: list[StratumCell]) -> None:
    answers = [float(k < cell.yes) for cell in cells for k in range(cell.observed)]
    weights = [cell.establishments / cell.observed for cell in cells for _ in range(cell.observed)]
    assert weighted_share(cells).share == pytest.approx(DescrStatsW(answers, weights).mean)


@given(CELLS)
def test_the_interval_is_wilsons_on_the_effective_number(cells: list[StratumCell]) -> None:
    share, interval, _, n = weighted_share(cells)
    expected = proportion_confint(share * n, n, method="wilson") if n < inf else (share, share)
    assert tuple(interval) == pytest.approx(expected, abs=1e-9)
    assert 0 <= interval.low <= share <= interval.high <= 1


def test_equal_weights_give_the_plain_share_and_nearly_its_interval() -> None:
    cells = [StratumCell(1e9, 50, 10), StratumCell(1e9, 50, 30)]
    found = weighted_share(cells)
    assert found.share == 0.4
    assert found.effective_n == pytest.approx(100)
    assert tuple(found.interval) == pytest.approx(tuple(wilson(40, 100)), abs=1e-6)


def test_one_stratum_of_a_large_frame_is_the_plain_share() -> None:
    found = weighted_share([StratumCell(1e12, 80, 20)])
    assert found.share == 0.25
    # s² has n−1 where Wilson has n: one shop less at 80
    assert found.effective_n == pytest.approx(79)


@pytest.mark.parametrize("yes", [0, 10])
def test_all_no_and_all_yes_keep_an_interval_with_a_width(yes: int) -> None:
    found = weighted_share([StratumCell(1e9, 10, yes), StratumCell(3e9, 10, yes)])
    assert (found.share, found.variance) == (yes / 10, 0.0)
    assert found.effective_n == pytest.approx(1 / (1 / 160 + 9 / 160))
    assert tuple(found.interval) == pytest.approx(
        proportion_confint(yes / 10 * 16, 16, method="wilson"), abs=1e-6
    )


def test_all_yes_is_exactly_1_whatever_the_weights() -> None:
    found = weighted_share([StratumCell(n / 7e3, 49, 49) for n in range(350_000, 350_040, 3)])
    assert (found.share, found.variance, found.interval.high) == (1.0, 0.0, 1.0)


def test_strata_that_differ_wholly_keep_an_interval_with_a_width() -> None:
    found = weighted_share([StratumCell(100.0, 10, 0), StratumCell(100.0, 10, 10)])
    assert (found.share, found.variance) == (0.5, 0.0)
    assert found.effective_n == pytest.approx(20 / 0.9)
    assert found.interval.half_width > 0.15


def test_where_every_establishment_was_seen_nothing_is_uncertain() -> None:
    found = weighted_share([StratumCell(10.0, 10, 3), StratumCell(30.0, 30, 12)])
    assert found[:3] == (0.375, Interval(0.375, 0.375), 0.0)


def test_more_shops_than_the_frame_holds_promise_no_certainty() -> None:
    assert weighted_share([StratumCell(10.0, 11, 5)]) == weighted_share([StratumCell(5.0, 11, 5)])


@pytest.mark.parametrize(
    ("sizes", "least"),
    [
        ([(400, 100, 30), (200, 50, 15), (300, 90, 25)], 0.92),
        ([(50, 10, 2)] * 30, 0.92),
        # two shops stand for 600: the estimated variance alone would hold the truth 6 times in 10
        ([(600, 180, 2), (500, 150, 2), (100, 30, 30), (200, 60, 10)], 0.90),
        ([(1000, 20, 40), (500, 25, 30), (300, 30, 20)], 0.92),
        ([(400, 40, 20), (200, 60, 40), (300, 150, 30), (100, 70, 25)], 0.95),
    ],
)
def test_the_interval_holds_the_truth_about_as_often_as_it_says(
    sizes: list[tuple[int, int, int]], least: float
) -> None:
    assert coverage(sizes) >= least


def test_borrowed_weight_is_part_of_the_estimate() -> None:
    found = city_estimate([*CITY, Stratum("C", "cafe", 350.0, 0, 0)])
    assert found.weighted is not None
    # cafes of A and B stand for 400 + 200 and 300 + 150
    assert found.weighted.share == pytest.approx((600 * 0.2 + 50 + 450 * 0.3 + 150) / 1350)
    assert found.represented == pytest.approx(1000 / 1350)
    assert found.rules[-1] == (Stratum("C", "cafe", 350.0, 0, 0), Rule.GROUP)


def test_pooled_shops_count_as_represented_empty_strata_do_not() -> None:
    pooled = [Stratum("A", "cafe", 60.0, 1, 1), Stratum("A", "hotel", 30.0, 1, 0)]
    found = city_estimate([*pooled, Stratum("A", "fashion", 10.0, 0, 0)])
    assert found.represented == pytest.approx(0.9)
    assert found.weighted is not None
    assert found.weighted.share == 0.5


def test_strata_without_a_frame_are_left_out_and_told() -> None:
    missing = Stratum("B", "fashion", None, 9, 9)
    empty = Stratum("A", "fashion", 0.0, 3, 3)
    found = city_estimate([missing, *CITY, empty])
    assert found.weighted == city_estimate(CITY).weighted
    assert found.without_frame == (empty, missing)


def test_under_half_of_the_frame_there_is_no_estimate() -> None:
    seen, unseen = Stratum("A", "cafe", 49.0, 9, 4), Stratum("B", "cafe", 51.0, 0, 0)
    found = city_estimate([seen, unseen])
    assert (found.weighted, found.reason) == (None, NoEstimate.TOO_LITTLE_REPRESENTED)
    assert found.represented == pytest.approx(0.49)


def test_at_half_of_the_frame_there_is_one() -> None:
    seen, unseen = Stratum("A", "cafe", 50.0, 9, 4), Stratum("B", "cafe", 50.0, 0, 0)
    assert city_estimate([seen, unseen]).reason is None


@pytest.mark.parametrize("strata", [[], [Stratum("A", "cafe", None, 9, 4)]])
def test_without_a_frame_there_is_no_estimate(strata: list[Stratum]) -> None:
    expected = CityEstimate(None, NoEstimate.NO_FRAME, 0.0, (), tuple(strata))
    assert city_estimate(strata) == expected


@given(
    st.permutations([*CITY, Stratum("C", "cafe", 35.0, 1, 1), Stratum("C", "fashion", 9.0, 0, 0)])
)
def test_the_order_of_the_strata_does_not_matter(strata: list[Stratum]) -> None:
    assert city_estimate(strata) == city_estimate(sorted(strata))


@pytest.mark.parametrize(
    ("stratum", "message"),
    [
        (Stratum("C", "cafe", 10.0, 3, 4), "4 of 3 is no share"),
        (Stratum("C", "cafe", 10.0, 3, -1), "-1 of 3 is no share"),
        (Stratum("C", "cafe", -1.0, 3, 1), "-1.0 establishments are impossible"),
        (Stratum("C", "cafe", nan, 3, 1), "nan establishments are impossible"),
        (Stratum("C", "cafe", inf, 3, 1), "inf establishments are impossible"),
        (Stratum("A", "cafe", 10.0, 3, 1), "strata given twice"),
    ],
)
def test_impossible_strata_are_refused(stratum: Stratum, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        city_estimate([*CITY, stratum])
