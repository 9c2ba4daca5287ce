"""Which two listed shops may be one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.places.matching import fold
from tracker.places.pairs import Pair, ShopOfPair, pair_of, pairs_among

LAT, LON = 356_717_000, 1_397_650_000
METRE = 90  # 1e-7 degrees of latitude


def listed(
    pk: int,
    name: str = "千歳屋 銀座店",
    *,
    north: float = 0,
    floor: str = "",
    brand: str = "",
    branch: str = "",
) -> ShopOfPair:
    return ShopOfPair(pk, fold(name), brand, branch, floor, LAT + round(north * METRE), LON)


@pytest.mark.parametrize(
    "other",
    [
        listed(2, "ﾁﾄｾﾔ", brand="千歳屋"),
        listed(2, "千歳屋銀座"),
        listed(2, north=39),
        listed(2, floor="2F"),
        listed(2, "チトセヤ", brand="千歳屋"),
    ],
)
def test_these_may_be_one(other: ShopOfPair) -> None:
    found = pair_of(other, listed(1, brand="千歳屋"))
    assert found is not None
    assert (found.shop, found.other) == (1, 2)
    assert found.likeness >= 0.85
    assert found.metres <= 40


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (listed(1), listed(2, north=42)),
        (listed(1), listed(2, "若葉薬局")),
        (listed(1, floor="1F"), listed(2, floor="2F")),
        (listed(1, brand="千歳屋", branch="東口"), listed(2, brand="千歳屋", branch="西口")),
        (listed(1, ""), listed(2, "")),
    ],
    ids=["far", "another name", "another floor", "another branch", "no names"],
)
def test_these_are_two(one: ShopOfPair, other: ShopOfPair) -> None:
    assert pair_of(one, other) is None


@given(
    st.lists(
        st.tuples(st.integers(-120, 120), st.integers(-120, 120), st.sampled_from("甲乙")),
        max_size=25,
    )
)
def test_looking_by_squares_finds_what_looking_at_all_finds(
    spots: list[tuple[int, int, str]],
) -> None:
    shops = [
        ShopOfPair(pk, name * 3, "", "", "", LAT + north * METRE, LON + east * METRE)
        for pk, (north, east, name) in enumerate(spots, start=1)
    ]
    everything: set[Pair] = set()
    for number, one in enumerate(shops):
        everything |= {p for other in shops[:number] if (p := pair_of(one, other))}
    found = list(pairs_among(shops))
    assert len(found) == len(set(found))
    assert {(p.shop, p.other) for p in found} == {(p.shop, p.other) for p in everything}
