"""How old the statuses behind a figure are. Pure: no Django.

The age of a status is the number of calendar months between the month of the visit that gave
it and the month asked for: 0 for a visit of that month, 12 at most (see timeline.py).
"""

from collections.abc import Sequence
from statistics import quantiles
from typing import NamedTuple

from tracker.adoption.timeline import LIVE_MONTHS, VisitFacts
from tracker.survey.shapes import Join
from tracker.survey.specs import UNIONS


class Freshness(NamedTuple):
    """Ages in months; shares between 0 and 1."""

    statuses: int
    lower_quartile: float
    median: float
    upper_quartile: float
    within_3_months: float
    within_6_months: float


class KnownAge(NamedTuple):
    """A live status and the month of the visit that gave it."""

    month: int
    is_yes: bool


def known_from(visits: Sequence[VisitFacts], measure: str, asked: int) -> KnownAge | None:
    """What is known of a shop at the end of the month asked, and since when; None if nothing.

    `visits` come in order, as for timeline.py. Any of several is yes by the newest visit that
    said yes to one of them; what rests on all of them is as old as the oldest.
    """
    union = UNIONS.get(measure)
    if union is None:
        return _known_trait(visits, measure, asked)
    told = [_known_trait(visits, trait, asked) for trait in union.traits]
    known = [one for one in told if one is not None]
    if len(known) < len(told):
        return None
    yes = [one for one in known if one.is_yes]
    if yes and union.join is Join.ANY:
        return max(yes)
    return KnownAge(min(known).month, len(yes) == len(told))


def _known_trait(visits: Sequence[VisitFacts], trait: str, asked: int) -> KnownAge | None:
    known: KnownAge | None = None
    for visit in visits:
        if visit.month > asked:
            break
        if visit.is_ending:
            known = None
        elif trait in visit.answers:
            known = KnownAge(visit.month, visit.answers[trait])
    return known if known is not None and asked - known.month <= LIVE_MONTHS else None


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
