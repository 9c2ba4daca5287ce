"""Six ways to make entries up. Each takes the day an honest worker would have had."""

from collections.abc import Callable
from dataclasses import replace
from math import cos, radians
from random import Random

from tracker.demo.simulated.cast import Person, PersonKind
from tracker.demo.simulated.entries import Draft, Shot, moved
from tracker.demo.simulated.honest import NO_ANSWERS, shifted
from tracker.demo.simulated.town import TRAITS
from tracker.moderation.triage.arithmetic import METRES_PER_E7
from tracker.places.grid import E7, Fix

OWN_PICTURES = 4  # that a re-user sends again and again
PART_MADE_UP = 0.35
PART_CLOSED = 0.5
Cheat = Callable[[Random, Person, list[Draft]], list[Draft]]


def _invented(rng: Random, person: Person) -> tuple[str, ...]:
    """Mostly the favourite; a careful cheat varies."""
    if rng.random() > 0.25 + 0.4 * person.care:
        return person.favourite
    signs = rng.choice(["yes", "no"])
    return tuple(signs if one.is_sign else rng.choice(["yes", "no", "no", "no"]) for one in TRAITS)


def _away(rng: Random, draft: Draft, metres: float) -> Fix:
    """A seat somewhere about so far from the shop."""
    up, right = rng.uniform(-1, 1) * metres, rng.uniform(-1, 1) * metres
    lat = draft.front.lat_e7 + round(up / METRES_PER_E7)
    lon = draft.front.lon_e7 + round(right / METRES_PER_E7 / cos(radians(lat / E7)))
    return Fix(lat, lon, 15)


def _sitting(rng: Random, seat: Fix) -> tuple[Fix, ...]:
    """What a phone says that lies on a table."""
    near = [rng.randint(-400, 400) for _each in range(2)]
    return (Fix(seat.lat_e7 + near[0], seat.lon_e7 + near[1], rng.choice([12, 15, 20, 30])),)


def _made_up(rng: Random, person: Person, draft: Draft, *, at: float) -> Draft:
    """An entry nobody went for, written quickly."""
    seconds = rng.lognormvariate(1.6, 0.35) + 5 * person.care
    return replace(
        moved(draft, at=at, received=at + rng.uniform(2, 30)),
        outcome="answered",
        answers=_invented(rng, person),
        evidence=rng.choice(["asked", "asked", "door_sign"]),
        note="",
        seconds=seconds,
        is_made_up=True,
    )


def _at_table(rng: Random, person: Person, drafts: list[Draft], begin: float) -> list[Draft]:
    """Written one after another at one place; the careful switch location off."""
    seat = _away(rng, drafts[0], rng.uniform(150, 3000))
    at, made = begin, []
    for draft in drafts:
        at += rng.uniform(15, 50) + 120 * person.care
        fixes = () if rng.random() < person.care else _sitting(rng, seat)
        made.append(replace(_made_up(rng, person, draft, at=at), fixes=fixes))
    return made


def inventor(rng: Random, person: Person, day: list[Draft]) -> list[Draft]:
    """Never leaves the table."""
    return _at_table(rng, person, day, day[0].at + rng.uniform(0, 6 * 3600))


def partial(rng: Random, person: Person, day: list[Draft]) -> list[Draft]:
    """Honest until tired; the rest of the round is written in a café near by."""
    cut = round(len(day) * (1 - PART_MADE_UP))
    return day[:cut] + _at_table(rng, person, day[cut:], day[cut - 1].at + 600)


def copier(rng: Random, person: Person, day: list[Draft]) -> list[Draft]:
    """Walks past the doors and writes for each what was written for the one before."""
    at, made = day[0].at, []
    first = replace(day[0], outcome="answered", answers=_invented(rng, person), evidence="asked")
    for draft in day:
        at += rng.uniform(18, 40) + 60 * person.care
        if rng.random() > 0.9 - 0.2 * person.care:
            first = replace(first, answers=_invented(rng, person))
        new = _made_up(rng, person, draft, at=at)
        made.append(replace(new, answers=first.answers, evidence="asked", seconds=new.seconds + 2))
    return made


def closed_writer(rng: Random, person: Person, day: list[Draft]) -> list[Draft]:
    """Goes there, and spares half of the doors by writing that they are shut."""
    return [
        replace(
            draft,
            outcome=rng.choice(["closed_today", "closed_today", "refused", "not_found"]),
            answers=NO_ANSWERS,
            evidence="",
            note="",
            is_made_up=True,
        )
        if rng.random() < PART_CLOSED - 0.2 * person.care
        else draft
        for draft in day
    ]


def reuser(rng: Random, person: Person, day: list[Draft]) -> list[Draft]:
    """Walks past, writes yes, and sends a photo out of a small stock, sometimes changed."""
    at, made = day[0].at, []
    for draft in day:
        at += rng.uniform(25, 60) + 60 * person.care
        picture = -(person.number * 10 + rng.randrange(OWN_PICTURES) + 1)
        is_changed = rng.random() < 0.2 + 0.6 * person.care
        change = rng.choice(["resaved", "cropped", "mirrored"]) if is_changed else ""
        made.append(
            replace(
                _made_up(rng, person, draft, at=at),
                evidence="door_sign",
                shot=Shot(picture, change),
            )
        )
    return made


def spoofer(rng: Random, person: Person, day: list[Draft]) -> list[Draft]:
    """Sits at a desk with an app that puts the phone onto each pin."""
    at, made = day[0].at, []
    for draft in day:
        at += rng.uniform(15, 45) + 60 * person.care
        accuracy = rng.choice([4, 5, 6]) if person.care > 0.5 else 5
        fix = shifted(rng, draft.front, 3 * person.care, accuracy)
        made.append(replace(_made_up(rng, person, draft, at=at), fixes=(fix, fix)))
    return made


WAYS: dict[PersonKind, Cheat] = {
    PersonKind.INVENTOR: inventor,
    PersonKind.PARTIAL: partial,
    PersonKind.COPIER: copier,
    PersonKind.CLOSED: closed_writer,
    PersonKind.REUSER: reuser,
    PersonKind.SPOOFER: spoofer,
}
