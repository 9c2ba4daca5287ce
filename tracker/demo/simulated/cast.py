"""Who walks: honest workers with habits of their own, and six kinds of cheats."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from tracker.demo.simulated.town import TRAITS, WARDS


class PersonKind(StrEnum):
    HONEST = "honest"
    INVENTOR = "desk inventor"
    PARTIAL = "partial"
    COPIER = "copier"
    CLOSED = "closed writer"
    REUSER = "photo re-user"
    SPOOFER = "GPS spoofer"


CHEATS = (
    PersonKind.INVENTOR,
    PersonKind.PARTIAL,
    PersonKind.COPIER,
    PersonKind.CLOSED,
    PersonKind.REUSER,
    PersonKind.SPOOFER,
)
SIGNS = [number for number, one in enumerate(TRAITS) if one.is_sign]
PARTIAL_KINDS = frozenset({PersonKind.PARTIAL, PersonKind.CLOSED})  # the others make up everything


@dataclass(frozen=True)
class Person:
    """A worker and the habits of the person. `care` is how well a cheat hides, 0 to 1."""

    number: int
    kind: PersonKind
    wards: tuple[str, str]
    care: float
    pace_s: float  # median seconds to fill in the form
    evidence: float  # how often it is given
    camera: float  # how often a photo is taken where one is asked for
    gps_m: float  # typical error
    offset_s: float
    accuracy: int  # what the phone says where nothing is wrong
    no_fix: float  # how often the phone finds no position
    later: float  # how often two shops are written down at the second one
    favourite: tuple[str, ...]  # the answers a cheat likes to write


def invent_cast(
    rng: Random, *, workers: int, cheats: int, first_kind: int = 0, least_care: float = 0.0
) -> list[Person]:
    """Honest workers first, then cheats of all kinds in turn, beginning with `first_kind`."""
    kinds = [PersonKind.HONEST] * workers
    kinds += [CHEATS[(first_kind + number) % len(CHEATS)] for number in range(cheats)]
    return [_person(rng, number, kind, least_care) for number, kind in enumerate(kinds)]


def _person(rng: Random, number: int, kind: PersonKind, least_care: float) -> Person:
    first = rng.choice(WARDS)
    second = rng.choice([ward for ward in WARDS if ward != first])
    is_clock_wrong = rng.random() < 0.04
    return Person(
        number=number,
        kind=kind,
        wards=(first, second),
        care=rng.uniform(least_care, 1.0),
        pace_s=rng.uniform(10, 26),
        evidence=rng.uniform(0.3, 0.6) if rng.random() < 0.06 else rng.uniform(0.75, 1.0),
        camera=rng.uniform(0.7, 0.98),
        gps_m=rng.uniform(5, 14),
        offset_s=rng.uniform(320, 1200) if is_clock_wrong else rng.gauss(0, 4),
        accuracy=rng.choice([5, 8, 10, 12, 16, 20]),
        no_fix=rng.uniform(0.06, 0.15) if rng.random() < 0.12 else rng.uniform(0.005, 0.03),
        later=rng.uniform(0.08, 0.15) if rng.random() < 0.15 else rng.uniform(0.0, 0.04),
        favourite=rng.choice([_yes_to(SIGNS), _yes_to([]), _yes_to(SIGNS[:1])]),
    )


def _yes_to(traits: Sequence[int]) -> tuple[str, ...]:
    return tuple("yes" if number in traits else "no" for number in range(len(TRAITS)))
