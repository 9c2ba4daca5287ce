"""Intervals of shares and of medians. Pure: every stage may say how sure a figure is."""

from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple

Z95 = 1.959963984540054  # the 97.5 % point of the normal distribution


class Interval(NamedTuple):
    """A 95 % interval; that of a share has both ends between 0 and 1."""

    low: float
    high: float

    @property
    def half_width(self) -> float:
        return (self.high - self.low) / 2


def wilson(yes: int, observed: int, z: float = Z95) -> Interval:
    """The score interval of a proportion: Wilson 1927; Newcombe 1998, method 3."""
    if not 0 <= yes <= observed or observed == 0:
        raise ValueError(f"{yes} of {observed} is no share")
    return score_interval(yes / observed, observed, z)


def score_interval(share: float, n: float, z: float = Z95) -> Interval:
    """Wilson's interval of a share that rests on `n` cases, or on an effective number of them.

    (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n): Wilson 1927, JASA 22:209–212. `n` need
    not be whole: Franco et al. 2019, Journal of Survey Statistics and Methodology 7:334–364.
    """
    if not (0 <= share <= 1 and n > 0):
        raise ValueError(f"a share of {share} on {n} is no share")
    spread = z * z / n
    centre = (share + spread / 2) / (1 + spread)
    reach = z * sqrt(share * (1 - share) / n + spread / (4 * n)) / (1 + spread)
    # The share lies within its interval; where n is in the millions, rounding alone may deny it.
    return Interval(max(0.0, min(share, centre - reach)), min(1.0, max(share, centre + reach)))


def median(values: Sequence[float]) -> float:
    """The middle value, or the mean of the two in the middle. ValueError where there is none."""
    if not values:
        raise ValueError("no values have no median")
    ordered, middle = sorted(values), len(values) // 2
    return ordered[middle] if len(values) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def median_interval(values: Sequence[float]) -> Interval | None:
    """Two of the values that hold the median of all such cases between them, at 95 % at least.

    Exact for any distribution, by the binomial of the ranks (Conover 1999, 3.2). None under
    six values, of which no two are far enough apart.
    """
    n, tail, term, rank = len(values), 0, 1, 0
    while (tail + term) * 40 <= 2**n:  # at most 2.5 % of all halvings on either side
        tail += term
        term = term * (n - rank) // (rank + 1)
        rank += 1
    ordered = sorted(values)
    return Interval(ordered[rank - 1], ordered[n - rank]) if rank else None
