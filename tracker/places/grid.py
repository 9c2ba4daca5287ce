"""Squares of JIS X 0410, on integers only. Pure: no Django.

A coordinate is a whole number of 1e-7 degrees. Edges of squares are not (1 km is 30″ =
1/120° of latitude), so everything is compared after multiplication, never after division.
A point on an edge belongs to the square north or east of it.
"""

from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from math import floor
from typing import NamedTuple

E7 = 10_000_000  # units per degree
# 125 m squares per degree: 1 km is 1/120° by 1/80°, and eight 125 m squares long.
LAT_STEPS = 120 * 8
LON_STEPS = 80 * 8
DIGITS = {"grid1000": 8, "grid500": 9, "grid250": 10, "grid125": 11}
LON_ORIGIN = 100  # degrees: the first two digits count from 100° E


class Fix(NamedTuple):
    """Where a phone was, and the accuracy in metres where it told."""

    lat_e7: int
    lon_e7: int
    accuracy_m: int | None = None


class Bounds(NamedTuple):
    """Edges of a square in degrees; exact as fractions of LAT_STEPS and LON_STEPS."""

    south: float
    west: float
    north: float
    east: float


def e7(text: str | Decimal) -> int:
    """Decimal degrees as whole 1e-7 degrees; the eighth decimal is about a millimetre."""
    return int((Decimal(text) * E7).to_integral_value(ROUND_HALF_EVEN))


def degrees(value: int) -> Decimal:
    """Whole 1e-7 degrees as decimal degrees, exactly."""
    return Decimal(value).scaleb(-7)


def grid125(lat_e7: int, lon_e7: int) -> int:
    """The 11-digit code of the 125 m square of a point."""
    return code_of(lat_e7 * LAT_STEPS // E7, (lon_e7 - LON_ORIGIN * E7) * LON_STEPS // E7)


def grid125_exact(lat: Decimal | Fraction, lon: Decimal | Fraction) -> int:
    """The same for degrees with any number of decimals, which `e7` would round."""
    return code_of(
        floor(Fraction(lat) * LAT_STEPS), floor((Fraction(lon) - LON_ORIGIN) * LON_STEPS)
    )


def code_of(row: int, column: int) -> int:
    """The code of a 125 m square by its row from the equator and its column from 100° E."""
    return _quarters(_first_to_third(row, column), row, column)


def _first_to_third(row: int, column: int) -> int:
    """The eight digits of the 1 km square: two and two, one and one, one and one."""
    first = (row // 640) * 100 + column // 640
    second = (row // 80 % 8) * 10 + column // 80 % 8
    third = (row // 8 % 10) * 10 + column // 8 % 10
    return (first * 100 + second) * 100 + third


def _quarters(code: int, row: int, column: int) -> int:
    """Three halvings, each one digit: 1 south-west, 2 south-east, 3 north-west, 4 north-east."""
    for size in (4, 2, 1):
        code = code * 10 + 1 + 2 * (row // size % 2) + column // size % 2
    return code


def parent(code: int, level: str) -> int:
    """The square of `level` in which a finer square lies."""
    return code // int(10 ** (len(str(code)) - DIGITS[level]))


def origin(code: int) -> tuple[int, int, int]:
    """Row and column of the south-west corner, and the side, in 125 m squares."""
    text = str(code)
    row = int(text[0:2]) * 640 + int(text[4]) * 80 + int(text[6]) * 8
    column = int(text[2:4]) * 640 + int(text[5]) * 80 + int(text[7]) * 8
    size = 8
    for digit in text[8:]:
        size //= 2
        row += size * ((int(digit) - 1) // 2)
        column += size * ((int(digit) - 1) % 2)
    return row, column, size


def bounds(code: int) -> Bounds:
    """The edges of a square of any level, in degrees."""
    row, column, size = origin(code)
    return Bounds(
        south=row / LAT_STEPS,
        west=LON_ORIGIN + column / LON_STEPS,
        north=(row + size) / LAT_STEPS,
        east=LON_ORIGIN + (column + size) / LON_STEPS,
    )


def corners_of(code: int) -> list[tuple[float, float]]:
    """The corners of a square as (longitude, latitude), from the south-west one on."""
    edges = bounds(code)
    return [
        (edges.west, edges.south),
        (edges.east, edges.south),
        (edges.east, edges.north),
        (edges.west, edges.north),
    ]


def children(code: int) -> list[int]:
    """The four squares of the next finer level."""
    return [code * 10 + digit for digit in (1, 2, 3, 4)]
