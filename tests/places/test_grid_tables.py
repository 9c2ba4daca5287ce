"""Numbers of JIS X 0410 that are printed, and the shape of every level to the last digit."""

from decimal import ROUND_UP, Decimal, localcontext
from fractions import Fraction

import pytest

from tracker.places.grid import (
    Bounds,
    Fix,
    bounds,
    children,
    code_of,
    corners_of,
    degrees,
    e7,
    grid125,
    grid125_exact,
    origin,
    parent,
)

CODE = 53_394_611_234  # a square of 125 m
ROW, COLUMN = 53 * 640 + 4 * 80 + 1 * 8, 39 * 640 + 6 * 80 + 1 * 8  # of 5339 46 11


def test_every_digit_of_a_code_says_where_its_square_lies() -> None:
    """5339: 53 × 40′ north, 139° east; 46: the fifth row, the seventh column of eight; 11: of ten;
    then 2 south-east, 3 north-west, 4 north-east of what is left."""
    assert origin(53_394_611) == (ROW, COLUMN, 8)
    assert origin(533_946_112) == (ROW, COLUMN + 4, 4)
    assert origin(5_339_461_123) == (ROW + 2, COLUMN + 4, 2)
    assert origin(CODE) == (ROW + 3, COLUMN + 5, 1)
    assert code_of(ROW + 3, COLUMN + 5) == CODE


@pytest.mark.parametrize("code", [53_394_611_111, 53_394_611_444, 36_234_799_444, 68_410_000_111])
def test_a_square_is_named_by_its_place_and_placed_by_its_name(code: int) -> None:
    row, column, size = origin(code)
    assert (code_of(row, column), size) == (code, 1)
    south, west = Fraction(row, 960), 100 + Fraction(column, 640)
    assert grid125_exact(south, west) == code


def test_a_point_lies_in_the_square_its_degrees_name() -> None:
    assert grid125(e7("35.6895"), e7("139.6917")) == 53_394_525_323  # worked by hand
    assert grid125(e7("0"), e7("100")) == 111  # nothing before it: where the counting begins


def test_levels_are_so_many_digits_long() -> None:
    assert parent(CODE, "grid1000") == 53_394_611
    assert parent(CODE, "grid500") == 533_946_112
    assert parent(CODE, "grid250") == 5_339_461_123
    assert parent(CODE, "grid125") == CODE
    assert parent(533_946_112, "grid1000") == 53_394_611


def test_the_edges_of_a_square_are_those_of_its_size() -> None:
    assert bounds(53_394_611) == Bounds(
        south=ROW / 960,
        west=100 + COLUMN / 640,
        north=(ROW + 8) / 960,
        east=100 + (COLUMN + 8) / 640,
    )
    tall = bounds(53_394_611)
    assert tall.north - tall.south == pytest.approx(1 / 120)
    assert tall.east - tall.west == pytest.approx(1 / 80)
    assert bounds(CODE).north == (ROW + 4) / 960
    assert bounds(CODE).east == 100 + (COLUMN + 6) / 640


def test_the_children_of_a_square_are_numbered_from_its_south_west() -> None:
    assert children(53_394_611) == [533_946_111, 533_946_112, 533_946_113, 533_946_114]
    south_west, south_east, north_west, north_east = (bounds(code) for code in children(53_394_611))
    assert south_west.north == north_west.south
    assert south_west.east == south_east.west
    assert (south_east.south, north_east.east) == (south_west.south, south_east.east)
    assert north_east.south == north_west.south


def test_the_corners_of_a_square_go_round_it() -> None:
    edges = bounds(53_394_611)
    west, south, east, north = edges.west, edges.south, edges.east, edges.north
    ring = corners_of(53_394_611)
    assert ring[:4] == [(west, south), (east, south), (east, north), (west, north)]
    assert ring[4:] in ([], ring[:1])  # closed or left open


def test_a_fix_tells_its_accuracy_or_nothing() -> None:
    assert Fix(1, 2) == (1, 2, None)
    assert Fix(1, 2, 3).accuracy_m == 3


def test_half_a_unit_is_rounded_to_the_even_one() -> None:
    assert [e7("0.00000005"), e7("0.00000015"), e7("-0.00000025")] == [0, 2, -2]
    assert e7(Decimal("139.76500014")) == 1_397_650_001
    with localcontext(rounding=ROUND_UP):  # whatever whoever asks rounds like
        assert e7("0.00000004") == 0
    assert degrees(-1) == Decimal("-0.0000001")
    assert degrees(356_717_000) == Decimal("35.6717")
