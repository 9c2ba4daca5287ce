"""The change of a share between two months, with its interval. Pure: no Django.

The two months may rest on different shops, on the same shops, or on some of both. One method
serves all three: Newcombe's square-and-add of two Wilson intervals (method 10), known since
Zou & Donner 2008 (Statistics in Medicine 27:1693–1702) as MOVER.
"""

from math import sqrt
from typing import NamedTuple

from tracker.adoption.estimation.estimates import Interval, wilson


class ShareDifference(NamedTuple):
    """Share after − share before, with its 95 % interval; all between −1 and 1."""

    value: float
    low: float
    high: float


class Pairs(NamedTuple):
    """Shops observed in both months: what they were before, then after."""

    yes_yes: int
    yes_no: int
    no_yes: int
    no_no: int


class Overlap(NamedTuple):
    """Shops of two months: in both (before, then after), in the first only, in the second only."""

    both_yes_yes: int = 0
    both_yes_no: int = 0
    both_no_yes: int = 0
    both_no_no: int = 0
    only_before_yes: int = 0
    only_before_no: int = 0
    only_after_yes: int = 0
    only_after_no: int = 0

    @property
    def pairs(self) -> Pairs:
        return Pairs(*self[:4])

    @property
    def yes_before(self) -> int:
        return self.both_yes_yes + self.both_yes_no + self.only_before_yes

    @property
    def yes_after(self) -> int:
        return self.both_yes_yes + self.both_no_yes + self.only_after_yes

    @property
    def observed_before(self) -> int:
        return sum(self.pairs) + self.only_before_yes + self.only_before_no

    @property
    def observed_after(self) -> int:
        return sum(self.pairs) + self.only_after_yes + self.only_after_no


def independent_difference(
    *, yes_before: int, observed_before: int, yes_after: int, observed_after: int
) -> ShareDifference:
    """Two months without a shop in common: Newcombe 1998, Stat. Med. 17:873–890, method 10.

    With p, l, u the share and the Wilson limits of each month (1 after, 2 before), the limits
    are p₁−p₂ − √((p₁−l₁)² + (u₂−p₂)²) and p₁−p₂ + √((u₁−p₁)² + (p₂−l₂)²). ValueError where a
    count is impossible or a month is empty.
    """
    before, after = wilson(yes_before, observed_before), wilson(yes_after, observed_after)
    return square_and_add(
        yes_before / observed_before, before, yes_after / observed_after, after, correlation=0.0
    )


def paired_difference(pairs: Pairs) -> ShareDifference:
    """The same shops in both months: Newcombe 1998, Stat. Med. 17:2635–2650, method 10."""
    return overlap_difference(Overlap(*pairs))


def overlap_difference(overlap: Overlap) -> ShareDifference:
    """Two months that share some of their shops: every shop of each month counts.

    Variance of p₁−p₂ as in Kish 1965, Survey Sampling, ch. 12, and Derrick et al. 2015, Journal
    of Applied Quantitative Methods 10(3): p₁q₁/n₁ + p₂q₂/n₂ − 2 φ n₁₂/(n₁n₂) √(p₁q₁p₂q₂), with φ
    from the n₁₂ shops of both months. So the two shares correlate by φ n₁₂/√(n₁n₂), and that
    enters square-and-add: without common shops it is the independent interval, with only
    common shops the paired one. ValueError where a count is negative or a month is empty.
    """
    if min(overlap) < 0:
        raise ValueError(f"a count below 0: {overlap}")
    before = wilson(overlap.yes_before, overlap.observed_before)
    after = wilson(overlap.yes_after, overlap.observed_after)
    size = sqrt(overlap.observed_before * overlap.observed_after)
    return square_and_add(
        overlap.yes_before / overlap.observed_before,
        before,
        overlap.yes_after / overlap.observed_after,
        after,
        correlation=phi(overlap.pairs) * sum(overlap.pairs) / size,
    )


def phi(pairs: Pairs) -> float:
    """The correlation of before and after within a shop, −1 to 1, with Newcombe's correction.

    With a, b, c, d = yes_yes, yes_no, no_yes, no_no: (ad−bc)/√((a+b)(c+d)(a+c)(b+d)), where a
    positive ad−bc is lessened by n/2, to no less than 0; and 0 where a margin is 0.
    """
    a, b, c, d = pairs
    margins = (a + b) * (c + d) * (a + c) * (b + d)
    if margins == 0:
        return 0.0
    excess = float(a * d - b * c)
    if excess > 0:
        excess = max(0.0, excess - sum(pairs) / 2)
    return excess / sqrt(margins)


def square_and_add(
    share_before: float,
    before: Interval,
    share_after: float,
    after: Interval,
    *,
    correlation: float,
) -> ShareDifference:
    """The interval of share_after − share_before from the two intervals and the correlation r.

    p₁−p₂ − √(x² − 2rxy + y²) with x = p₁−l₁ and y = u₂−p₂, and the mirror of it above: Zou &
    Donner 2008; with the φ above, Newcombe 1998 for matched pairs.
    """
    value = share_after - share_before
    below = _third_side(share_after - after.low, before.high - share_before, correlation)
    above = _third_side(after.high - share_after, share_before - before.low, correlation)
    return ShareDifference(value, max(-1.0, value - below), min(1.0, value + above))


def _third_side(x: float, y: float, correlation: float) -> float:
    # Rounding alone can take the square below 0, where x = y and the correlation is 1.
    return sqrt(max(0.0, x * x - 2 * correlation * x * y + y * y))
