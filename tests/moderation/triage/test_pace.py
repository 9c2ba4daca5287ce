"""When and how quickly. Each flag at its limit, raised and not."""

import pytest

from tests.moderation.triage.makers import DAY, NOON, at, entry, facts, place
from tracker.moderation.triage.facts import Facts, Record
from tracker.moderation.triage.pace import batch, burst, clock, fast, night, travel, walk


def after(seconds: float, *, east: float, **values: object) -> Facts:
    """Facts of an entry so long after, and so far from, the one before."""
    before = entry(2, at=NOON - seconds, place=place(2, east=east))
    return facts(entry(1, **values), own=(before,))


@pytest.mark.parametrize(("kmh", "weight"), [(39.5, None), (40.5, 1.0), (79.5, 1.0), (80.5, 2.0)])
def test_travel_is_impossible_from_40_and_strong_from_80_kmh(
    kmh: float, weight: float | None
) -> None:
    east = 10_000.0
    seconds = (east - 50) / (kmh / 3.6) - 1  # 50 m of doubt, a second of slack
    found = travel(after(seconds, east=east))
    assert (found.weight if found else None) == weight
    if found:
        assert (round(found.number, 1), found.limit) == (kmh, 40)


def test_between_cities_one_may_take_the_express_train() -> None:
    assert travel(after(2 * 3600, east=400_000)) is None
    found = travel(after(3600, east=400_000))
    assert found is not None
    assert (found.limit, found.weight) == (300, 2.0)


def test_the_form_in_the_browser_tells_minutes_only() -> None:
    before = entry(2, at=NOON, received=NOON + 5, place=place(2, east=600), is_app=False)
    now = entry(at=NOON, received=NOON + 50, is_app=False)
    assert travel(facts(now, own=(before,))) is None  # 550 m within the same minute
    assert travel(after(0, east=600)) is not None


def test_where_the_phone_had_no_time_nothing_is_said_of_speed() -> None:
    before = entry(2, at=NOON, received=NOON, place=place(2, east=90_000))
    now = entry(at=NOON, received=NOON)
    assert travel(facts(now, own=(before,))) is None
    assert walk(facts(now, own=(before,))) is None
    assert batch(facts(now, own=(before,))) is None


def test_six_seconds_are_enough_and_less_are_not() -> None:
    assert fast(facts(entry(seconds=6.0))) is None
    found = fast(facts(entry(seconds=5.9)))
    assert found is not None
    assert (found.number, found.limit) == (5.9, 6)


def test_slow_peers_raise_the_limit() -> None:
    assert fast(facts(entry(seconds=10.0), quick_s=20.0)) is None
    found = fast(facts(entry(seconds=9.9), quick_s=20.0))
    assert found is not None
    assert found.limit == 10.0


def test_a_closed_shop_is_quickly_said() -> None:
    assert fast(facts(entry(seconds=3.0, outcome="closed_today"))) is None
    assert fast(facts(entry(seconds=None))) is None


def within(number: int, seconds: float, *, metres: float) -> tuple[Record, ...]:
    return tuple(
        entry(key, at=NOON - seconds * (key - 1) / number, place=place(key, east=metres * key))
        for key in range(number + 1, 1, -1)
    )


def test_four_entries_in_three_minutes_are_no_burst_and_five_are() -> None:
    assert burst(facts(own=within(3, 150, metres=5))) is None
    found = burst(facts(own=within(4, 150, metres=5)))
    assert found is not None
    assert (found.number, found.limit) == (5, 4)


def test_the_form_in_the_browser_knows_no_burst() -> None:
    assert burst(facts(entry(is_app=False), own=within(4, 150, metres=5))) is None


def test_nobody_walks_more_than_three_metres_a_second() -> None:
    assert walk(after(99, east=50 + 300)) is None
    found = walk(after(99, east=50 + 310))
    assert found is not None
    assert (round(found.number, 2), found.limit, found.facts) == (3.1, 3.0, {"metres": 310})


def test_beyond_a_kilometre_or_ten_minutes_one_rides() -> None:
    assert walk(after(250, east=50 + 1001)) is None
    assert walk(after(600, east=50 + 999)) is None


def test_what_travel_or_burst_says_is_not_said_again() -> None:
    both = after(30, east=900)
    assert travel(both) is not None
    assert walk(both) is None
    many = facts(own=within(4, 40, metres=60))
    assert burst(many) is not None
    assert walk(many) is None


def at_table(number: int, *, apart: float) -> tuple[Record, ...]:
    return tuple(
        entry(key, at=NOON - 100 * key, place=place(key, east=apart * key), fixes=(at(north=9),))
        for key in range(number + 1, 1, -1)
    )


def test_three_entries_at_one_place_are_no_batch_and_four_are() -> None:
    assert batch(facts(own=at_table(2, apart=100))) is None
    found = batch(facts(own=at_table(3, apart=100)))
    assert found is not None
    assert (found.number, found.limit, found.weight) == (4, 3, 2.0)


def test_a_market_hall_is_no_batch() -> None:
    assert batch(facts(own=at_table(5, apart=20))) is None


def test_a_batch_needs_one_place() -> None:
    spread = tuple(
        entry(key, at=NOON - 100 * key, place=place(key, east=100), fixes=(at(east=100 * key),))
        for key in (5, 4, 3, 2)
    )
    assert batch(facts(own=spread)) is None


@pytest.mark.parametrize(("hour", "is_raised"), [(0, True), (5.99, True), (6, False), (23, False)])
def test_the_night_ends_at_six_in_tokyo(hour: float, is_raised: bool) -> None:
    moment = NOON + DAY / 2 + hour * 3600
    assert (night(facts(entry(at=moment))) is not None) == is_raised


def test_a_convenience_store_is_open_at_night() -> None:
    shop = place(segment="convenience")
    assert night(facts(entry(at=NOON + DAY / 2, place=shop))) is None


@pytest.mark.parametrize(
    ("offset", "is_raised"), [(300, False), (301, True), (-301, True), (None, False)]
)
def test_a_clock_may_be_five_minutes_off(offset: float | None, is_raised: bool) -> None:
    found = clock(facts(entry(offset_s=offset)))
    assert (found is not None) == is_raised
    if found:
        assert (found.number, found.limit) == (301, 300)
