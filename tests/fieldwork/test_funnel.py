"""A share beside that of others: limits wide where n is small, silence where it is too small."""

import random

import pytest
from scipy import stats

from tracker.fieldwork.funnel import (
    Belief,
    FunnelPlace,
    GroupCount,
    belief_of,
    compare,
    compare_all,
    limits_of,
)

OTHERS = GroupCount(280, 400, 4)  # 70 % yes


def test_limits_are_wide_where_n_is_small_and_the_outer_hold_the_inner() -> None:
    belief = Belief(700, 300)
    widths = []
    for n in (1, 5, 20, 100, 1000):
        inner, outer = limits_of(belief, n)
        assert 0 <= outer.low <= inner.low < belief.mean < inner.high <= outer.high <= 1
        widths.append(inner.high - inner.low)
    assert widths == sorted(widths, reverse=True)


@pytest.mark.parametrize("n", [30, 200, 2000])
@pytest.mark.parametrize(("a", "b"), [(70.5, 30.5), (0.5, 40.5), (2000.5, 100.5)])
def test_the_limits_lie_beside_the_quantiles_of_the_beta_binomial(
    n: int, a: float, b: float
) -> None:
    chance = stats.betabinom(n, a, b)
    inner, outer = limits_of(Belief(a, b), n)
    for limits, tail in ((inner, 0.025), (outer, 0.001)):
        low, high = limits.low * n, limits.high * n
        assert chance.ppf(tail) - 1 < low <= chance.ppf(tail) + 1e-6
        assert chance.ppf(1 - tail) - 1e-6 <= high < chance.ppf(1 - tail) + 1


def test_a_million_others_give_the_limits_of_the_binomial() -> None:
    inner, outer = limits_of(Belief(700_000, 300_000), 400)
    for limit, tail in ((inner.low, 0.025), (inner.high, 0.975), (outer.low, 0.001)):
        assert limit * 400 == pytest.approx(stats.binom(400, 0.7).ppf(tail), abs=1.01)


def test_a_few_others_widen_the_limits() -> None:
    few, many = GroupCount(14, 20, 2), GroupCount(1400, 2000, 5)
    own = GroupCount(130, 200)
    (narrow, wide) = (compare(own, others).limits for others in (many, few))
    assert narrow
    assert wide
    assert wide.inner.high - wide.inner.low > 2 * (narrow.inner.high - narrow.inner.low)


def test_chance_alone_is_outside_as_seldom_as_is_said() -> None:
    rng = random.Random(6)
    places = []
    for _worker in range(2000):
        share = rng.betavariate(7, 3)
        others = GroupCount(sum(rng.random() < share for _answer in range(60)), 60, 3)
        own = GroupCount(sum(rng.random() < share for _answer in range(50)), 50)
        places.append(compare(own, others).place)
    assert 0.025 < 1 - places.count(FunnelPlace.INSIDE) / len(places) < 0.055
    assert places.count(FunnelPlace.FAR_OUTSIDE) < 12  # up to 4 expected


@pytest.mark.parametrize(
    ("yes", "place"),
    [
        (71, FunnelPlace.INSIDE),
        (82, FunnelPlace.OUTSIDE),
        (56, FunnelPlace.OUTSIDE),
        (90, FunnelPlace.FAR_OUTSIDE),
        (45, FunnelPlace.FAR_OUTSIDE),
    ],
)
def test_where_a_share_lies(yes: int, place: FunnelPlace) -> None:
    assert compare(GroupCount(yes, 100), OTHERS).place is place


@pytest.mark.parametrize(
    ("own", "others", "place"),
    [
        (GroupCount(19, 19), OTHERS, FunnelPlace.TOO_FEW),
        (GroupCount(19, 20), OTHERS, FunnelPlace.OUTSIDE),
        (GroupCount(50, 50), GroupCount(10, 19, 3), FunnelPlace.NO_OTHERS),
        (
            GroupCount(50, 50),
            GroupCount(280, 400, 1),
            FunnelPlace.NO_OTHERS,
        ),  # two people compared by name
    ],
)
def test_with_too_little_nothing_is_said(
    own: GroupCount, others: GroupCount, place: FunnelPlace
) -> None:
    found = compare(own, others)
    assert (found.place, found.limits is None) == (place, place is not FunnelPlace.OUTSIDE)


def test_nobody_who_says_yes_is_no_certainty() -> None:
    found = compare(GroupCount(1, 50), GroupCount(0, 20, 2))
    assert found.place is FunnelPlace.INSIDE


def test_wards_count_with_the_weight_of_the_own_answers() -> None:
    own = {"13101": GroupCount(9, 30), "13102": GroupCount(81, 90), "13103": GroupCount(50, 50)}
    others = {
        "13101": GroupCount(60, 200, 3),
        "13102": GroupCount(180, 200, 3),
        "13103": GroupCount(3, 3, 2),
        "13104": GroupCount(0, 900, 9),
    }
    found = compare_all(own, others)
    assert (found.own, found.place) == (GroupCount(90, 120, 2), FunnelPlace.INSIDE)
    assert found.belief
    assert found.belief.mean == pytest.approx((30 * 0.3 + 90 * 0.9) / 120, abs=0.005)
    apart = compare(GroupCount(90, 120), GroupCount(240, 400, 6))
    assert apart.place is FunnelPlace.OUTSIDE  # what a comparison without wards would have said


def test_one_ward_gives_the_belief_of_that_ward() -> None:
    belief = belief_of([(GroupCount(5, 10), OTHERS)])
    assert belief
    assert belief.a == pytest.approx(280.5)
    assert belief.b == pytest.approx(120.5)
    assert belief_of([]) is None
    assert compare_all({}, {}).place is FunnelPlace.NO_OTHERS
