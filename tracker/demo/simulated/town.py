"""A town to walk in: streets and market halls in real wards, and what is true of their shops."""

from dataclasses import dataclass
from math import cos, radians
from random import Random

from tracker.demo.invented.curves import CEILING, ward_lead
from tracker.demo.invented.names import FIRST_WORDS, TRADE_WORDS, invent_segment
from tracker.moderation.triage.arithmetic import METRES_PER_E7
from tracker.places.grid import E7, LAT_STEPS, LON_ORIGIN, LON_STEPS, origin
from tracker.places.kinds import Segment
from tracker.places.squares import squares_of_wards
from tracker.survey.specs import TRAIT_SPECS

WARDS = ("13101", "13102", "13103", "13104", "13106", "13109", "13113", "13116")
SHOPS_PER_STREET = 30
HALL_SHARE = 0.12  # of the streets are market halls
CHAIN_SHARE = 0.2  # of the shops belong to a chain
CHAINS = 12
TRAITS = tuple(spec.invention for spec in TRAIT_SPECS)  # in the order of every tuple of answers
Truth = tuple[bool, ...]
STEP_M = (9, 24)  # from door to door
HALL_M = 18  # from the middle of a hall to its shops


@dataclass(frozen=True)
class Front:
    """One shop as it stands in the street, and what is true of it at each moment of the period."""

    number: int
    street: int
    ward: str
    segment: Segment
    brand: str
    name: str
    lat_e7: int
    lon_e7: int
    truth: Truth
    turns_at: float  # the part of the period after which it has every sign; 2 for never

    def has(self, moment: float) -> Truth:
        if moment < self.turns_at:
            return self.truth
        return tuple(one.is_sign or has for one, has in zip(TRAITS, self.truth, strict=True))


@dataclass(frozen=True)
class Street:
    ward: str
    is_hall: bool
    fronts: tuple[Front, ...]


def build_town(rng: Random, shops: int) -> dict[str, list[Street]]:
    """Ward → its streets; about so many shops, at least one street to a ward."""
    chains = [(_chain_name(number), _truth(rng, 0.55)) for number in range(CHAINS)]
    town: dict[str, list[Street]] = {ward: [] for ward in WARDS}
    count = max(len(WARDS), round(shops / SHOPS_PER_STREET))
    for number in range(count):
        ward = WARDS[number % len(WARDS)]
        town[ward].append(_street(rng, number, ward, chains))
    return town


def _chain_name(number: int) -> str:
    return f"{FIRST_WORDS[number]}チェーン"


def _street(rng: Random, number: int, ward: str, chains: list[tuple[str, Truth]]) -> Street:
    """A line of doors, or a hall of them around one point."""
    lat, lon = _point_in(rng, rng.choice(squares_of_wards()[ward][0]))
    is_hall = rng.random() < HALL_SHARE
    north, east = rng.choice([(1, 0), (0, 1), (0.7, 0.7), (0.7, -0.7)])
    fronts = []
    for place in range(SHOPS_PER_STREET):
        if is_hall:
            up, right = rng.uniform(-HALL_M, HALL_M), rng.uniform(-HALL_M, HALL_M)
        else:
            along = (place - SHOPS_PER_STREET / 2) * sum(STEP_M) / 2 + rng.uniform(-4, 4)
            up, right = along * north, along * east
        at = (lat + _e7(up), lon + _e7(right / cos(radians(lat / E7))))
        fronts.append(_front(rng, street=number, place=place, ward=ward, at=at, chains=chains))
    return Street(ward, is_hall, tuple(fronts))


def _e7(metres: float) -> int:
    return round(metres / METRES_PER_E7)


def _point_in(rng: Random, square: int) -> tuple[int, int]:
    """A point around the middle of a 1 km square: a street of it stays inside."""
    row, column, size = origin(square)
    up, right = rng.uniform(0.3, 0.7) * size, rng.uniform(0.3, 0.7) * size
    lat_e7 = int((row + up) * E7 / LAT_STEPS)
    return lat_e7, int((column + right) * E7 / LON_STEPS) + LON_ORIGIN * E7


def _front(
    rng: Random,
    *,
    street: int,
    place: int,
    ward: str,
    at: tuple[int, int],
    chains: list[tuple[str, Truth]],
) -> Front:
    segment = invent_segment(rng)
    brand, truth = "", _truth(rng, CEILING[segment] * (0.8 - ward_lead(ward)))
    name = f"{rng.choice(FIRST_WORDS)}{rng.choice(TRADE_WORDS[segment])}{street}-{place}"
    if rng.random() < CHAIN_SHARE:
        brand, of_chain = rng.choice(chains)
        truth = of_chain if rng.random() < 0.93 else truth
        name = f"{brand}{street}-{place}"
    turns_at = rng.random() if rng.random() < 0.02 else 2.0
    number = street * SHOPS_PER_STREET + place
    return Front(number, street, ward, segment, brand, name, *at, truth, turns_at)


def _truth(rng: Random, share: float) -> Truth:
    """The first trait in so many shops; the others more often where there is the first."""
    first = rng.random() < share
    chances = [one.beside_yes if first else one.beside_no for one in TRAITS[1:]]
    return (first, *(rng.random() < chance for chance in chances))
