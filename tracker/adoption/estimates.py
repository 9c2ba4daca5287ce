"""Shares with their uncertainty. Pure: no Django."""

from enum import StrEnum
from math import sqrt
from typing import NamedTuple

Z95 = 1.959963984540054  # the 97.5 % point of the normal distribution
RELIABLE_HALF_WIDTH = 0.10
WIDE_HALF_WIDTH = 0.20
FEWEST_SHOPS = 10


class Tier(StrEnum):
    """How far a share can be trusted: by the half-width of its interval, and by n."""

    RELIABLE = "reliable"
    WIDE = "wide"
    TOO_FEW = "too_few"
    NOT_SURVEYED = "not_surveyed"


class Interval(NamedTuple):
    """A 95 % interval of a share, both ends between 0 and 1."""

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
    """Wilson's interval of a share that rests on `n` shops, or on an effective number of them.

    (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n): Wilson 1927, JASA 22:209–212. `n` need
    not be whole: Franco et al. 2019, Journal of Survey Statistics and Methodology 7:334–364.
    """
    if not (0 <= share <= 1 and n > 0):
        raise ValueError(f"a share of {share} on {n} shops is no share")
    spread = z * z / n
    centre = (share + spread / 2) / (1 + spread)
    reach = z * sqrt(share * (1 - share) / n + spread / (4 * n)) / (1 + spread)
    # The share lies within its interval; where n is in the millions, rounding alone may deny it.
    low = 0.0 if share == 0 else max(0.0, min(share, centre - reach))
    high = 1.0 if share == 1 else min(1.0, max(share, centre + reach))
    return Interval(low, high)


def tier_of(yes: int, observed: int) -> Tier:
    """The reliability of yes/observed; thresholds in docs/method.md."""
    if observed == 0:
        return Tier.NOT_SURVEYED
    half_width = wilson(yes, observed).half_width
    if observed < FEWEST_SHOPS or half_width > WIDE_HALF_WIDTH:
        return Tier.TOO_FEW
    return Tier.WIDE if half_width > RELIABLE_HALF_WIDTH else Tier.RELIABLE
