"""What became of the shops between two months. Pure: no Django."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from tracker.adoption.estimation.comparison import Overlap
from tracker.adoption.estimation.estimates import Interval, wilson

StatusPair = tuple[bool | None, bool | None]  # before, after; None without a live status


class Transitions(NamedTuple):
    """Numbers of shops by their status in the first and the second month."""

    yes_yes: int
    yes_no: int
    no_yes: int
    no_no: int
    entered: int  # a live status in the second month only
    left: int  # a live status in the first month only


class TransitionRate(NamedTuple):
    """Of `observed` shops that could change, `changed` did; with the 95 % interval."""

    changed: int
    observed: int
    share: float
    interval: Interval


def overlap_of(pairs: Iterable[StatusPair]) -> Overlap:
    """The shops of two months, counted; a shop with no status in either month counts nowhere."""
    number = Counter(pairs)
    return Overlap(
        both_yes_yes=number[True, True],
        both_yes_no=number[True, False],
        both_no_yes=number[False, True],
        both_no_no=number[False, False],
        only_before_yes=number[True, None],
        only_before_no=number[False, None],
        only_after_yes=number[None, True],
        only_after_no=number[None, False],
    )


def transitions_of(pairs: Iterable[StatusPair]) -> Transitions:
    """The transitions of the shops whose statuses (before, after) are given."""
    return transitions_in(overlap_of(pairs))


def transitions_in(overlap: Overlap) -> Transitions:
    """The same of shops that were counted already."""
    return Transitions(
        *overlap.pairs,
        entered=overlap.only_after_yes + overlap.only_after_no,
        left=overlap.only_before_yes + overlap.only_before_no,
    )


def adoption_rate(moves: Transitions) -> TransitionRate | None:
    """Of the shops that were no and were seen again, those that are yes; None without any."""
    return _rate(moves.no_yes, moves.no_yes + moves.no_no)


def loss_rate(moves: Transitions) -> TransitionRate | None:
    """Of the shops that were yes and were seen again, those that are no; None without any."""
    return _rate(moves.yes_no, moves.yes_no + moves.yes_yes)


def mcnemar_exact(gained: int, lost: int) -> float:
    """The two-sided p-value of `gained` against `lost` changes, if both were equally likely.

    min(1, 2 · P(X ≤ min(gained, lost))) with X binomial(gained + lost, ½): McNemar 1947,
    Psychometrika 12:153–157, in its exact form. 1 where nothing changed. ValueError below 0.
    """
    if min(gained, lost) < 0:
        raise ValueError(f"a count below 0: {gained} gained, {lost} lost")
    changed = gained + lost
    ways = tail = 1  # C(changed, k), each from the one before; and their sum
    for k in range(min(gained, lost)):
        ways = ways * (changed - k) // (k + 1)
        tail += ways
    return min(1.0, 2 * tail / (1 << changed))


def _rate(changed: int, observed: int) -> TransitionRate | None:
    if min(changed, observed) < 0:
        raise ValueError(f"a count below 0: {changed} of {observed}")
    if observed == 0:
        return None
    return TransitionRate(changed, observed, changed / observed, wilson(changed, observed))
