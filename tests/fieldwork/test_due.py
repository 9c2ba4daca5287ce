"""What is due, and where a photo is asked for: by days and by lot, never by an answer."""

from datetime import UTC, date, datetime, timedelta
from inspect import signature
from math import sqrt
from uuid import UUID, uuid5

import pytest
from django.conf import LazySettings

from tracker.fieldwork.draw import key_of, period_of
from tracker.fieldwork.due import Due, due_of, is_drawn, is_photo_asked, last_due
from tracker.months import day_of

TODAY = date(2026, 11, 25)
SHOPS = [uuid5(UUID(int=7), str(number)) for number in range(20_000)]


@pytest.mark.parametrize(
    ("days", "expected"),
    [(None, Due.NEVER), (0, Due.NOT_DUE), (90, Due.NOT_DUE), (91, Due.DUE), (4000, Due.DUE)],
)
def test_a_shop_is_due_after_ninety_days(days: int | None, expected: Due) -> None:
    last_on = None if days is None else TODAY - timedelta(days=days)
    assert due_of(last_on, today=TODAY) == expected


@pytest.mark.parametrize(
    ("days", "expected"), [(None, True), (0, False), (179, False), (180, True), (4000, True)]
)
def test_a_photo_is_asked_for_where_there_is_none_of_180_days(
    days: int | None, expected: bool
) -> None:
    last_on = None if days is None else TODAY - timedelta(days=days)
    assert is_photo_asked(last_on, is_drawn=False, today=TODAY) is expected
    assert is_photo_asked(last_on, is_drawn=True, today=TODAY) is True


def test_the_rule_is_given_nothing_that_was_answered() -> None:
    assert set(signature(is_photo_asked).parameters) == {"photographed_on", "is_drawn", "today"}
    assert set(signature(due_of).parameters) == {"last_on", "today"}
    assert set(signature(is_drawn).parameters) == {"shop", "key"}


@pytest.mark.parametrize("period", ["2026q3", "2026q4", "2027q1"])
def test_one_shop_in_five_is_drawn(period: str) -> None:
    drawn = sum(is_drawn(shop, key=key_of(period)) for shop in SHOPS)
    four_sigma = 4 * sqrt(0.2 * 0.8 / len(SHOPS))
    assert drawn / len(SHOPS) == pytest.approx(0.2, abs=four_sigma)


def test_the_draws_of_two_periods_know_nothing_of_each_other() -> None:
    both = [
        is_drawn(shop, key=key_of("2026q3")) and is_drawn(shop, key=key_of("2026q4"))
        for shop in SHOPS
    ]
    four_sigma = 4 * sqrt(0.04 * 0.96 / len(SHOPS))
    assert sum(both) / len(SHOPS) == pytest.approx(0.04, abs=four_sigma)


def test_shops_numbered_in_a_row_are_drawn_no_more_and_no_less() -> None:
    row = [is_drawn(UUID(int=number), key=key_of("2026q4")) for number in range(20_000)]
    assert sum(row) / len(row) == pytest.approx(0.2, abs=4 * sqrt(0.16 / len(row)))


def test_the_draw_stays_the_same_all_through_a_period() -> None:
    first = key_of(period_of(datetime(2026, 9, 30, 15, tzinfo=UTC)))
    last = key_of(period_of(datetime(2026, 12, 31, 14, 59, tzinfo=UTC)))
    assert first == last != key_of(period_of(datetime(2026, 12, 31, 15, tzinfo=UTC)))


def test_who_does_not_know_the_secret_cannot_draw(settings: LazySettings) -> None:
    key = key_of("2026q4")
    settings.SECRET_KEY = "another"
    assert key_of("2026q4") != key
    same = sum(is_drawn(shop, key=key) == is_drawn(shop, key=key_of("2026q4")) for shop in SHOPS)
    assert same / len(SHOPS) == pytest.approx(0.68, abs=0.02)  # 0.2² + 0.8²: no better than chance


def test_a_known_draw_stays_as_it_is() -> None:
    drawn = [number for number in range(40) if is_drawn(UUID(int=number), key=b"noren")]
    assert drawn == [2, 3, 7, 14, 15, 16, 21, 34]


@pytest.mark.parametrize("hour", [0, 3, 14, 15, 23])
def test_a_visit_before_the_moment_is_due_by_now_and_a_later_one_is_not(hour: int) -> None:
    at = datetime(2026, 11, 25, hour, 0, tzinfo=UTC)
    before, today = last_due(at), day_of(at)
    assert due_of(day_of(before - timedelta(seconds=1)), today=today) is Due.DUE
    assert due_of(day_of(before), today=today) is Due.NOT_DUE
