"""How old the statuses behind a figure are. Pure: no Django.

The age of a status is the number of calendar months between the month of the visit that gave
it and the month asked for: 0 for a visit of that month, 12 at most (see timeline.py).
"""

from collections.abc import Sequence
from statistics import quantiles
from typing import NamedTuple

from tracker.adoption.timeline import LIVE_MONTHS


class Freshness(NamedTuple):
    """Ages in months; shares between 0 and 1."""

    statuses: int
    lower_quartile: float
    median: float
    upper_quartile: float
    within_3_months: float
    within_6_months: float


def age_of(visited: int, asked: int) -> int:
    """Months from the month of the visit to the month asked, as in months.py.

    ValueError where no live status can have that age: before the visit, or after it expired.
    """
    age = asked - visited
    _check_age(age)
    return age


def freshness_of(ages: Sequence[int]) -> Freshness | None:
    """Median, quartiles and shares of young statuses; None without any status.

    Quartiles interpolate linearly: Hyndman & Fan 1996, The American Statistician 50:361–365,
    definition 7.
    """
    for age in ages:
        _check_age(age)
    if not ages:
        return None
    # Twice the only age: the standard library asks for two values, and the answer is the same.
    lower, median, upper = quantiles(ages if len(ages) > 1 else [*ages, *ages], method="inclusive")
    return Freshness(len(ages), lower, median, upper, _within(ages, 3), _within(ages, 6))


def _within(ages: Sequence[int], months: int) -> float:
    return sum(age <= months for age in ages) / len(ages)


def _check_age(age: int) -> None:
    if not 0 <= age <= LIVE_MONTHS:
        raise ValueError(f"no live status is {age} months old")
