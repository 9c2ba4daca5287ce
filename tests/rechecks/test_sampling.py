"""The systematic sample: its rate, its spread over the areas, its order."""

from collections import Counter
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.rechecks.sampling import Candidate, chance, every_kth, in_order

pytestmark = pytest.mark.both

SECRET = b"of the tests"


def candidates(counts: dict[str, int]) -> list[Candidate]:
    names = [(area, n) for area, count in counts.items() for n in range(count)]
    return [Candidate(f"{area}-{n}", area, number) for number, (area, n) in enumerate(names)]


@given(st.integers(0, 400), st.floats(0, 1), st.floats(0, 1, exclude_max=True))
def test_a_sample_is_as_large_as_its_rate_says(size: int, rate: float, start: float) -> None:
    drawn = every_kth(range(size), rate=rate, start=start)
    assert abs(len(drawn) - size * rate) < 1 + 1e-9
    assert len(set(drawn)) == len(drawn)


@pytest.mark.parametrize("rate", [-0.1, 1.1])
def test_what_is_no_rate_is_refused(rate: float) -> None:
    with pytest.raises(ValueError, match="is no rate"):
        every_kth([1], rate=rate, start=0)


def test_small_days_are_drawn_from_as_often_as_large_ones() -> None:
    starts = [n / 1000 for n in range(1000)]
    assert mean(len(every_kth(range(3), rate=0.05, start=start)) for start in starts) == 0.15


def test_every_area_has_its_share() -> None:
    ordered = in_order(candidates({"13101": 400, "13102": 200, "27128": 40}), SECRET)
    drawn = Counter(one.area for one in every_kth(ordered, rate=0.05, start=0.4))
    assert drawn == {"13101": 20, "13102": 10, "27128": 2}


def test_the_order_within_an_area_needs_the_secret() -> None:
    listed = candidates({"13101": 50})
    assert in_order(listed, SECRET) != in_order(listed, b"another")
    assert in_order(listed[::-1], SECRET) == in_order(listed, SECRET)


def test_a_chance_is_even_and_the_same_again() -> None:
    drawn = [chance(SECRET, str(n)) for n in range(2000)]
    assert drawn == [chance(SECRET, str(n)) for n in range(2000)]
    assert 0.47 < mean(drawn) < 0.53
    assert all(0 <= one < 1 for one in drawn)
