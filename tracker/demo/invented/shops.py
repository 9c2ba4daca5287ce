"""Invented shops in real squares of real wards."""

from datetime import datetime
from functools import cache
from random import Random
from uuid import UUID

from tracker.accounts.models import User
from tracker.demo.invented.names import invent_name, invent_segment
from tracker.errors import Refused
from tracker.places.atlas.cities import City, wards_of
from tracker.places.grid import E7, LAT_STEPS, LON_ORIGIN, LON_STEPS, degrees, origin
from tracker.places.models import Shop
from tracker.places.squares import squares_of_wards
from tracker.workflows.setup.shops import register_shop

# Squares that lie in one ward only, and some shops to a ward: the busy wards get more.
BUSY_WEIGHT, OTHER_WEIGHT = 4, 1
FLOORS = ("", "", "", "1F", "1F", "2F", "B1F")


def register_invented(rng: Random, *, uuid: UUID, by: User, at: datetime) -> Shop:
    """Register a shop at a random point of a random square, through the common workflow."""
    ward = _choose_ward(rng)
    lat_e7, lon_e7 = _point_in(rng, rng.choice(squares_of_wards()[ward][0]))
    segment = invent_segment(rng)
    return register_shop(
        uuid=uuid,
        name=invent_name(rng, segment),
        segment=segment,
        lat=degrees(lat_e7),
        lon=degrees(lon_e7),
        floor=rng.choice(FLOORS),
        address="",
        by=by,
        at=at,
    )


def _choose_ward(rng: Random) -> str:
    city = rng.choices(list(City), weights=[city.facts.weight for city in City])[0]
    wards = _wards_with_squares(city)
    busy = city.facts.busy_wards
    weights = [BUSY_WEIGHT if ward in busy else OTHER_WEIGHT for ward in wards]
    return rng.choices(wards, weights=weights)[0]


@cache
def _wards_with_squares(city: City) -> list[str]:
    """Wards that own a square; Refused where npm has not brought the list of squares."""
    own = squares_of_wards()
    found = [ward.code for ward in wards_of(city) if own[ward.code][0]]
    if not found:
        raise Refused("The list of squares is missing: run `npm ci` first.")
    return found


def _point_in(rng: Random, square: int) -> tuple[int, int]:
    """A point of the square, away from its edges, in 1e-7 degrees."""
    row, column, size = origin(square)
    up, right = rng.uniform(0.02, 0.98) * size, rng.uniform(0.02, 0.98) * size
    lat_e7 = int((row + up) * E7 / LAT_STEPS)
    return lat_e7, int((column + right) * E7 / LON_STEPS) + LON_ORIGIN * E7
