"""A share of yes beside that of others in the same areas, with limits that are wide where n is
small. Pure: no Django.

A funnel plot (Spiegelhalter 2005, *Statistics in Medicine* 24:1185–1202, doi:10.1002/sim.1970):
one in twenty lies outside of its inner limits by chance alone, one in five hundred outside of its
outer limits. What the others find is an estimate itself; limits that forget it cry wolf
(Manktelow, Seaton & Evans 2014, doi:10.1177/0962280214530281). So the limits are those of the
beta-binomial: the yes that n more cases would bring, after what the others have found.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tracker.fieldwork.quality import FEWEST
from tracker.intervals import Interval

INNER, OUTER = 0.025, 0.001  # of the chance, on either side: 95 and 99.8 %
FEWEST_PEOPLE = 2  # a single other person would be a comparison of two by name


class GroupCount(NamedTuple):
    """Answers yes among those that are yes or no, and by how many people."""

    yes: int
    n: int
    people: int = 1


class Belief(NamedTuple):
    """What the others make one expect of a share: a beta distribution."""

    a: float
    b: float

    @property
    def mean(self) -> float:
        return self.a / (self.a + self.b)


class Limits(NamedTuple):
    inner: Interval
    outer: Interval


class FunnelPlace(StrEnum):
    TOO_FEW = "too_few"  # of the own answers
    NO_OTHERS = "no_others"  # too few answers of others, or of too few people
    INSIDE = "inside"
    OUTSIDE = "outside"  # of the inner limits
    FAR_OUTSIDE = "far_outside"  # of the outer ones


@dataclass(frozen=True)
class Comparison:
    """The own answers beside those of others in the same areas."""

    own: GroupCount
    others: GroupCount
    belief: Belief | None = None  # None: there is nothing to compare with
    limits: Limits | None = None  # None: nothing is said
    place: FunnelPlace = FunnelPlace.NO_OTHERS


def compare(own: GroupCount, others: GroupCount) -> Comparison:
    """In one area."""
    return _compared(own, others, belief_of([(own, others)]))


def compare_all(own: Mapping[str, GroupCount], others: Mapping[str, GroupCount]) -> Comparison:
    """Over all areas that can be compared, each with the weight of the own answers there."""
    pairs = [
        (count, others[area])
        for area, count in own.items()
        if area in others and _is_enough(others[area])
    ]
    return _compared(
        _sum(count for count, _others in pairs),
        _sum(count for _own, count in pairs),
        belief_of(pairs),
    )


def belief_of(pairs: Iterable[tuple[GroupCount, GroupCount]]) -> Belief | None:
    """The share that the others make one expect: own counts give the weights, theirs the shares.

    In each area Jeffreys' prior and what the others found; their mixture has the mean and the
    variance of the beta distribution that comes back. Own answers spread over several areas vary
    a little less than it says.
    """
    known = [(own.n, others) for own, others in pairs if own.n and _is_enough(others)]
    total = sum(weight for weight, _others in known)
    if not total:
        return None
    mean = variance = 0.0
    for weight, others in known:
        share = (others.yes + 0.5) / (others.n + 1)
        mean += weight / total * share
        variance += (weight / total) ** 2 * share * (1 - share) / (others.n + 2)
    size = mean * (1 - mean) / variance - 1
    return Belief(mean * size, (1 - mean) * size)


def limits_of(belief: Belief, n: int) -> Limits:
    """The limits of a share of n cases: chance alone is outside at most as often as is said."""
    chances = _chances(belief, n)
    up, down = np.cumsum(chances), np.cumsum(chances[::-1])
    inner, outer = (
        Interval(_share_at(up, tail), 1 - _share_at(down, tail)) for tail in (INNER, OUTER)
    )
    return Limits(inner, outer)


def _is_enough(others: GroupCount) -> bool:
    return others.n >= FEWEST and others.people >= FEWEST_PEOPLE


def _sum(counts: Iterable[GroupCount]) -> GroupCount:
    """People who were counted in one area are counted again in the next."""
    total = GroupCount(0, 0, 0)
    for count in counts:
        total = GroupCount(total.yes + count.yes, total.n + count.n, total.people + count.people)
    return total


def _compared(own: GroupCount, others: GroupCount, belief: Belief | None) -> Comparison:
    if belief is None:
        return Comparison(own, others)
    if own.n < FEWEST:
        return Comparison(own, others, belief, None, FunnelPlace.TOO_FEW)
    limits = limits_of(belief, own.n)
    return Comparison(own, others, belief, limits, _place(own.yes / own.n, limits))


def _place(share: float, limits: Limits) -> FunnelPlace:
    if not limits.outer.low <= share <= limits.outer.high:
        return FunnelPlace.FAR_OUTSIDE
    if not limits.inner.low <= share <= limits.inner.high:
        return FunnelPlace.OUTSIDE
    return FunnelPlace.INSIDE


def _chances(belief: Belief, n: int) -> NDArray[np.float64]:
    """The chance of 0, 1 … n yes. Each step is a ratio; the greatest is taken as 1 on the way."""
    k = np.arange(n, dtype=np.float64)
    ratios = (n - k) / (k + 1) * (k + belief.a) / (n - k - 1 + belief.b)
    logs = np.concatenate(([0.0], np.cumsum(np.log(ratios))))
    chances = np.exp(logs - logs.max())
    total: NDArray[np.float64] = chances / chances.sum()
    return total


def _share_at(below: NDArray[np.float64], tail: float) -> float:
    """The share below which no more than the tail lies, between two whole numbers where it does.

    Spiegelhalter 2005, appendix A.1: without that the limits of small n jump. Taken from either
    end, so that the tail is never exceeded (Manktelow & Seaton 2012, doi:10.1371/
    journal.pone.0045723, measured what other ways of interpolating do).
    """
    n = len(below) - 1
    number = min(int(np.searchsorted(below, tail, side="right")), n)
    before = float(below[number - 1]) if number else 0.0
    part = (float(below[number]) - tail) / (float(below[number]) - before)
    return max(0.0, (number - part) / n)
