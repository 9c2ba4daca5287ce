"""Squares of JIS X 0410 against exact fractions and known codes."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.places.grid import (
    bounds,
    children,
    degrees,
    e7,
    grid125,
    grid125_exact,
    origin,
    parent,
)

LAT = st.integers(200_000_000, 460_000_000)
LON = st.integers(1_220_000_000, 1_540_000_000)


def exact(lat_e7: int, lon_e7: int) -> int:
    """The standard's own recipe on exact fractions of a degree."""
    lat, lon = Fraction(lat_e7, 10**7), Fraction(lon_e7, 10**7)
    p, a = divmod(lat * 60, 40)
    q, b = divmod(a, 5)
    r, c = divmod(b * 60, 30)
    u, f = divmod(lon - 100, 1)
    v, g = divmod(f * 60, Fraction(15, 2))
    w, h = divmod(g * 60, 45)
    code = (p * 100 + u) * 10000 + (q * 10 + v) * 100 + r * 10 + w
    high, wide = Fraction(30), Fraction(45)
    for _ in range(3):
        high, wide = high / 2, wide / 2
        up, c = divmod(c, high)
        right, h = divmod(h, wide)
        code = code * 10 + 1 + 2 * up + right
    return int(code)


def test_the_edge_point_that_floats_get_wrong() -> None:
    assert grid125(e7("35.7"), e7("139.725")) == 53394548111


@pytest.mark.parametrize(
    ("lat", "lon", "code"),
    [
        ("35.658581", "139.745433", 53393599),  # Tokyo Tower
        ("35.0", "135.75", 52354600),  # a corner of a second square, worked by hand
        ("34.687315", "135.526201", 52350422),  # Osaka Castle, worked by hand
    ],
)
def test_known_squares(lat: str, lon: str, code: int) -> None:
    assert parent(grid125(e7(lat), e7(lon)), "grid1000") == code


@given(LAT, LON)
def test_every_point_agrees_with_exact_fractions(lat_e7: int, lon_e7: int) -> None:
    assert grid125(lat_e7, lon_e7) == exact(lat_e7, lon_e7)


@given(LAT, LON)
def test_exact_degrees_give_the_square_of_their_whole_units(lat_e7: int, lon_e7: int) -> None:
    assert grid125_exact(degrees(lat_e7), degrees(lon_e7)) == grid125(lat_e7, lon_e7)


def test_a_point_a_hair_south_of_an_edge_keeps_its_square() -> None:
    hair = Decimal("35.69999999999")
    assert grid125_exact(hair, Decimal("139.725")) != 53394548111
    assert grid125(e7(hair), e7("139.725")) == 53394548111  # rounded onto the edge
    edge = Fraction(42_840, 1200), Fraction(11_178, 80)
    assert grid125_exact(*edge) == 53394548111


@given(st.integers(0, 2400), st.integers(0, 1600))
def test_points_on_edges_belong_to_the_north_and_east(up: int, right: int) -> None:
    """Edges of 125 m squares fall on whole 1e-7 degrees at every third row and every column."""
    lat_e7, lon_e7 = 350_000_000 + up * 31_250, 1_350_000_000 + right * 15_625
    assert grid125(lat_e7, lon_e7) == exact(lat_e7, lon_e7)
    edges = bounds(grid125(lat_e7, lon_e7))
    assert edges.west <= lon_e7 / 1e7 < edges.east


@given(LAT, LON)
def test_parents_hold_their_children(lat_e7: int, lon_e7: int) -> None:
    code = grid125(lat_e7, lon_e7)
    for level, digits in (("grid250", 10), ("grid500", 9), ("grid1000", 8)):
        above = parent(code, level)
        assert len(str(above)) == digits
        outer, inner = bounds(above), bounds(code)
        assert outer.south <= inner.south < inner.north <= outer.north
        assert outer.west <= inner.west < inner.east <= outer.east


@given(LAT, LON)
def test_the_corner_of_a_square_lies_in_it(lat_e7: int, lon_e7: int) -> None:
    code = grid125(lat_e7, lon_e7)
    row, column, size = origin(code)
    assert size == 1
    south = Fraction(row, 960)
    west = Fraction(column, 640) + 100
    assert south <= Fraction(lat_e7, 10**7) < south + Fraction(1, 960)
    assert west <= Fraction(lon_e7, 10**7) < west + Fraction(1, 640)


def test_the_four_children_fill_their_square() -> None:
    outer = bounds(53394601)
    parts = [bounds(child) for child in children(53394601)]
    assert min(part.south for part in parts) == outer.south
    assert max(part.north for part in parts) == outer.north
    assert len({(part.south, part.west) for part in parts}) == 4


@pytest.mark.parametrize("text", ["35.6717", "139.7650001", "-0.0000001"])
def test_degrees_are_kept_exactly(text: str) -> None:
    assert degrees(e7(text)) == Decimal(text)
    assert e7(degrees(e7(text))) == e7(text)
