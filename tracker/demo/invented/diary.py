"""When the invented shops are visited, and what the door says. Pure."""

from dataclasses import dataclass
from random import Random

from tracker.survey.outcomes import Outcome

DAYS_PER_MONTH = 30.4
FIRST_HOUR, LAST_HOUR = 10, 19  # visits happen in opening hours


@dataclass(frozen=True)
class Stop:
    """A visit to come: the day since the beginning, the second of that day, the outcome."""

    day: int
    second: int
    outcome: Outcome


def invent_diary(rng: Random, months: int) -> list[Stop]:
    """Visits of one shop, every three to seven months from a first day of its own."""
    days = int(months * DAYS_PER_MONTH)
    stops: list[Stop] = []
    day = rng.randint(0, max(1, days // 3))
    while day < days:
        outcome = _invent_outcome(rng)
        stops.append(Stop(day, rng.randint(FIRST_HOUR * 3600, LAST_HOUR * 3600), outcome))
        if outcome in (Outcome.CLOSED_FOR_GOOD, Outcome.REPLACED):
            break
        day += rng.randint(90, 210)
    return stops


def _invent_outcome(rng: Random) -> Outcome:
    draw = rng.random()
    if draw < 0.01:
        return Outcome.CLOSED_FOR_GOOD
    if draw < 0.015:
        return Outcome.REPLACED
    if draw < 0.045:
        return Outcome.CLOSED_TODAY
    if draw < 0.06:
        return Outcome.REFUSED
    return Outcome.ANSWERED
