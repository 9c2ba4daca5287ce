"""Shops of one building: by address, by floor, and never a whole street."""

from itertools import pairwise
from math import hypot
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories import GINZA
from tracker.places.buildings import LONGEST_METRES, BuildingSpot, buildings_of, house_address

pytestmark = pytest.mark.slow(2)

NORTH = 1 / 0.0111195  # 1e-7 degrees in a metre of latitude
EAST = 1 / (0.0111195 * 0.81229)  # and of longitude in Ginza
PHONE_METRES = 3  # across a square of 2 m, whose shops stand at one spot
HOUSE = "東京都中央区銀座4-5-6"


def spot(north: float = 0, east: float = 0, *, floor: str = "", address: str = "") -> BuildingSpot:
    """A shop so many metres from Ginza."""
    return BuildingSpot(
        round(GINZA[0] + north * NORTH), round(GINZA[1] + east * EAST), floor, address
    )


def test_no_shops_no_buildings() -> None:
    assert buildings_of([]) == []


def test_shops_with_the_address_of_one_house_are_of_one_building() -> None:
    shops = [spot(address=HOUSE), spot(40, address="東京都 中央区 銀座４－５－６"), spot(20)]
    assert buildings_of(shops) == [1, 1, 0]


@pytest.mark.parametrize("address", ["", "中央区銀座", "中央区銀座4丁目", " 銀座４丁目 "])
def test_the_name_of_a_quarter_makes_no_house(address: str) -> None:
    assert house_address(address) == ""
    assert buildings_of([spot(address=address), spot(5, address=address)]) == [0, 0]


@pytest.mark.parametrize(
    ("metres", "floors", "expected"),
    [
        (14.9, ("2F", "B1F"), [1, 1]),
        (14.9, ("2F", ""), [1, 1]),
        (14.9, ("", "2F"), [1, 1]),
        (14.9, ("", ""), [0, 0]),
        (15.2, ("2F", "B1F"), [0, 0]),
        (0, ("", ""), [0, 0]),
        (0, ("3F", ""), [1, 1]),
    ],
)
def test_neighbours_are_of_one_building_where_a_floor_is_known(
    metres: float, floors: tuple[str, str], expected: list[int]
) -> None:
    north = [spot(floor=floors[0]), spot(metres, floor=floors[1])]
    east = [spot(floor=floors[0]), spot(0, metres, floor=floors[1])]
    assert buildings_of(north) == buildings_of(east) == expected


def test_buildings_are_numbered_as_they_come() -> None:
    shops = [spot(0, 0), spot(500, floor="1F"), spot(0, 300, floor="1F"), spot(501), spot(0, 301)]
    assert buildings_of(shops) == [0, 1, 2, 1, 2]


def test_a_street_of_upper_floors_does_not_become_one_building() -> None:
    street = [spot(0, 10 * step, floor="2F") for step in range(40)]
    numbers = buildings_of(street)
    assert len(set(numbers)) >= 6
    for number in set(numbers) - {0}:
        places = [10 * step for step, one in enumerate(numbers) if one == number]
        assert max(places) - min(places) <= LONGEST_METRES
    assert sum(one != other for one, other in pairwise(numbers)) >= len(set(numbers)) - 1


def test_one_address_written_on_a_whole_mall_gives_parts_of_sixty_metres() -> None:
    mall = [spot(0, 19 * step, address=HOUSE) for step in range(8)]
    assert buildings_of(mall) == [1, 1, 1, 1, 2, 2, 2, 2]


def test_short_links_count_before_long_ones() -> None:
    tower = [spot(0, 50 + step, floor="1F") for step in range(10)]
    between = [spot(0, 14 * step, floor="1F") for step in range(4)]  # 0, 14, 28, 42
    numbers = buildings_of([*between, *tower])
    assert len(set(numbers[4:])) == 1
    assert len(set(numbers[:3])) == 1


SPOTS = st.lists(
    st.builds(
        spot,
        st.integers(0, 120),
        st.integers(0, 120),
        floor=st.sampled_from(["", "1F", "2F"]),
        address=st.sampled_from(["", HOUSE, "銀座1-1", "銀座"]),
    ),
    max_size=40,
)


@settings(deadline=None)
@given(SPOTS, st.randoms(use_true_random=False))
def test_the_order_of_the_shops_makes_no_difference(spots: list[BuildingSpot], rng: object) -> None:
    order = list(range(len(spots)))
    rng.shuffle(order)  # type: ignore[attr-defined]
    direct, mixed = buildings_of(spots), buildings_of([spots[place] for place in order])
    pairs = {(direct[place], number) for place, number in zip(order, mixed, strict=True)}
    assert len(pairs) == len({one for one, _other in pairs}) == len({two for _one, two in pairs})
    assert all((one == 0) == (other == 0) for one, other in pairs)


@settings(deadline=None)
@given(SPOTS)
def test_no_building_is_longer_than_sixty_metres_and_none_has_one_shop(
    spots: list[BuildingSpot],
) -> None:
    numbers = buildings_of(spots)
    for number in set(numbers) - {0}:
        members = [one for one, own in zip(spots, numbers, strict=True) if own == number]
        norths = [one.lat_e7 / NORTH for one in members]
        easts = [one.lon_e7 / EAST for one in members]
        length = hypot(max(norths) - min(norths), max(easts) - min(easts))
        assert length <= LONGEST_METRES + 2 * PHONE_METRES
        assert len(members) > 1
    assert set(numbers) - {0} == set(range(1, len(set(numbers) - {0}) + 1))


@pytest.mark.parametrize("spread", [0, 1, 50, 400])
def test_a_full_plan_is_quick_however_its_shops_stand(spread: int) -> None:
    shops = [
        spot(n % 40 * spread / 40, n // 40 * spread / 40, floor="1F", address=HOUSE)
        for n in range(1500)
    ]
    begun = process_time()
    numbers = buildings_of(shops)
    assert process_time() - begun < 2
    assert 0 not in numbers
