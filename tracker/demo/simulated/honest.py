"""How an honest worker spends a day, with the noise of real days."""

from dataclasses import replace
from math import cos, radians
from random import Random

from tracker.demo.simulated.cast import Person
from tracker.demo.simulated.entries import Draft, Shot
from tracker.demo.simulated.town import TRAITS, Front, Street, Truth
from tracker.moderation.triage.arithmetic import METRES_PER_E7, metres
from tracker.places.grid import E7, Fix

WALK_MPS = 1.2
MISTAKES = 0.03  # of the entries have one wrong answer
UNSURE, NOT_ASKED = 0.03, 0.1
CLOSED, REFUSED, GONE = 0.04, 0.02, 0.005
POOR_FIX, STALE_FIX = 0.05, 0.02
SHUT_DAYS, SHUT_SHARE = 0.04, 0.35  # days on which much of a street is closed
NO_ANSWERS = ("not_checked",) * len(TRAITS)


def round_of(rng: Random, streets: list[Street], number: int) -> list[tuple[Front, bool]]:
    """The shops of a day in walking order, and whether in a hall; fewer where streets are few."""
    chosen: list[tuple[Front, bool]] = []
    shuffled = rng.sample(streets, len(streets))
    for street in shuffled:
        left = number - len(chosen)
        # Two thirds of a round are one street, but where there is no other to go to.
        most = left if street is shuffled[-1] else max(1, number * 2 // 3)
        part = min(left, len(street.fronts), most)
        start = rng.randint(0, len(street.fronts) - part)
        chosen += [(front, street.is_hall) for front in street.fronts[start : start + part]]
        if len(chosen) == number:
            break
    return chosen


def times_of(rng: Random, fronts: list[Front], begin: float) -> list[float]:
    """When each shop is done: the walk, the talk, and a break now and then."""
    at, times = begin, []
    for number, front in enumerate(fronts):
        if number:
            before = fronts[number - 1]
            away = metres(before.lat_e7, before.lon_e7, front.lat_e7, front.lon_e7)
            # Further than a kilometre one takes the train.
            at += away / WALK_MPS if away < 1000 else 500 + away / 8
        at += rng.lognormvariate(4.4, 0.5)
        if rng.random() < 0.08:
            at += rng.uniform(600, 1800)
        times.append(at)
    return times


def shifted(rng: Random, front: Front, error_m: float, accuracy: int | None) -> Fix:
    """A fix near the shop, off by about so much."""
    scale = METRES_PER_E7
    up, right = rng.gauss(0, error_m / 1.5), rng.gauss(0, error_m / 1.5)
    east = right / scale / cos(radians(front.lat_e7 / E7))
    return Fix(front.lat_e7 + round(up / scale), front.lon_e7 + round(east), accuracy)


def fixes_of(
    rng: Random, person: Person, front: Front, *, is_hall: bool, last: Fix | None
) -> tuple[Fix, ...]:
    """Usually two good fixes; indoors poor ones, a repeated one, or none."""
    draw = rng.random()
    if draw < person.no_fix * (3 if is_hall else 1):
        return ()
    if draw < 0.1 and is_hall and last is not None:
        return (last,)
    if draw < person.no_fix + STALE_FIX and last is not None:
        return (last,)
    if draw < person.no_fix + STALE_FIX + POOR_FIX * (4 if is_hall else 1):
        accuracy = rng.randint(40, 220)
        return (shifted(rng, front, accuracy * 0.7, accuracy),)
    accuracy = max(3, round(person.accuracy * rng.choice([1, 1, 1, 1, 1.5, 2, 3])))
    error = person.gps_m * rng.lognormvariate(0, 0.5)
    return tuple(shifted(rng, front, error, accuracy) for _fix in range(2))


def answers_of(rng: Random, truth: Truth) -> tuple[str, ...]:
    """The truth, with what could not be told and now and then a mistake."""
    said = ["yes" if has else "no" for has in truth]
    if rng.random() < MISTAKES:
        wrong = rng.randrange(len(said))
        said[wrong] = "no" if said[wrong] == "yes" else "yes"
    said = ["unsure" if rng.random() < UNSURE else answer for answer in said]
    for number, one in enumerate(TRAITS):
        if not one.is_sign and rng.random() < NOT_ASKED:
            said[number] = "not_checked"
    return tuple(said)


def outcome_of(rng: Random, *, is_shut: bool) -> str:
    draw = rng.random()
    if is_shut and rng.random() < SHUT_SHARE:
        return "closed_today"
    if draw < CLOSED:
        return "closed_today"
    if draw < CLOSED + REFUSED:
        return "refused"
    return "closed_for_good" if draw < CLOSED + REFUSED + GONE else "answered"


def evidence_of(rng: Random, person: Person, answers: tuple[str, ...]) -> str:
    if rng.random() > person.evidence:
        return ""
    if any(one.is_sign and said == "yes" for one, said in zip(TRAITS, answers, strict=True)):
        return rng.choice(["door_sign", "till_sign", "till_sign", "asked", "saw_paid"])
    return rng.choice(["asked", "till_sign", "door_sign"])


def photo_of(rng: Random, person: Person, picture: int) -> tuple[Shot | None, str]:
    """The photo that was asked for, or the reason there is none; rarely neither."""
    draw = rng.random()
    if draw < person.camera:
        return Shot(picture), ""
    if draw < person.camera + (1 - person.camera) * 0.85:
        return None, rng.choice(["not_allowed", "no_sign", "no_sign", "camera"])
    return None, ""


def honest_entry(
    rng: Random,
    person: Person,
    front: Front,
    *,
    at: float,
    moment: float,
    fixes: tuple[Fix, ...],
    is_shut: bool,
) -> Draft:
    """What somebody writes who was there. `moment` is the part of the period that is over."""
    outcome = outcome_of(rng, is_shut=is_shut)
    is_answered = outcome == "answered"
    answers = answers_of(rng, front.has(moment)) if is_answered else NO_ANSWERS
    seconds = person.pace_s * rng.lognormvariate(0, 0.4) * (1 if is_answered else 0.5)
    return Draft(
        worker=person.number,
        front=front,
        at=at,
        received=at + rng.uniform(2, 90),
        outcome=outcome,
        answers=answers,
        evidence=evidence_of(rng, person, answers) if is_answered else "",
        note="店員に確認" if rng.random() < 0.05 else "",
        fixes=fixes,
        seconds=seconds,
        offset_s=person.offset_s,
    )


def honest_day(
    rng: Random, person: Person, way: list[tuple[Front, bool]], begin: float, moment: float
) -> list[Draft]:
    """The entries of a day; photos are added where they are asked for."""
    times = times_of(rng, [front for front, _hall in way], begin)
    drafts: list[Draft] = []
    last: Fix | None = None
    is_shut = rng.random() < SHUT_DAYS
    for (front, is_hall), at in zip(way, times, strict=True):
        fixes = fixes_of(rng, person, front, is_hall=is_hall, last=last)
        last = fixes[0] if fixes else last
        drafts.append(
            honest_entry(rng, person, front, at=at, moment=moment, fixes=fixes, is_shut=is_shut)
        )
    for number in range(len(drafts) - 1):
        if rng.random() < person.later:
            after = drafts[number + 1]
            at = max(drafts[number].at, after.at - rng.uniform(15, 40))
            late = replace(drafts[number], at=at, received=at + 5, fixes=after.fixes)
            drafts[number] = late
    return drafts
