"""Months are those of Tokyo."""

from datetime import UTC, date, datetime

import pytest

from tracker.months import (
    day_of,
    day_start,
    month_from_text,
    month_index,
    month_of,
    month_start,
    month_text,
    quarter_text,
)


def test_a_visit_after_midnight_in_tokyo_belongs_to_the_new_month() -> None:
    assert month_of(datetime(2026, 3, 31, 15, 0, tzinfo=UTC)) == month_index(2026, 4)


def test_a_visit_before_midnight_in_tokyo_belongs_to_the_old_month() -> None:
    assert month_of(datetime(2026, 3, 31, 14, 59, 59, tzinfo=UTC)) == month_index(2026, 3)


def test_a_month_starts_at_midnight_in_tokyo() -> None:
    assert month_start(month_index(2026, 4)) == datetime(2026, 3, 31, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize("text", ["2026-01", "2026-12", "1999-07"])
def test_text_and_month_agree(text: str) -> None:
    assert month_text(month_from_text(text)) == text


@pytest.mark.parametrize("text", ["2026-13", "2026-00", "2026", "26-01", "2026-1", "2026-01-01"])
def test_what_is_no_month_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a month"):
        month_from_text(text)


@pytest.mark.parametrize(
    ("month", "quarter"), [(1, 1), (3, 1), (4, 2), (6, 2), (7, 3), (9, 3), (10, 4), (12, 4)]
)
def test_a_quarter_has_three_months(month: int, quarter: int) -> None:
    assert quarter_text(month_index(2026, month)) == f"2026q{quarter}"


def test_a_day_begins_and_ends_at_midnight_in_tokyo() -> None:
    start = datetime(2026, 3, 31, 15, 0, tzinfo=UTC)
    assert day_start(date(2026, 4, 1)) == start
    assert day_of(start) == date(2026, 4, 1)
    assert day_of(datetime(2026, 3, 31, 14, 59, 59, tzinfo=UTC)) == date(2026, 3, 31)
