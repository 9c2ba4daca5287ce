"""Calendar months in Asia/Tokyo. Pure: no Django.

A month is kept as one integer, `year * 12 + month - 1`, so that spans are plain arithmetic.
"""

import re
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

TOKYO = ZoneInfo("Asia/Tokyo")
_TEXT = re.compile(r"([0-9]{4})-([0-9]{2})")


def month_index(year: int, month: int) -> int:
    """2026, 3 → the integer that stands for March 2026."""
    return year * 12 + month - 1


def month_of(moment: datetime) -> int:
    """The Tokyo month in which an aware moment lies."""
    local = moment.astimezone(TOKYO)
    return month_index(local.year, local.month)


def month_text(month: int) -> str:
    """The integer as `YYYY-MM`."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def quarter_text(month: int) -> str:
    """The calendar quarter of a month as `2026q4`: the survey period."""
    return f"{month // 12:04d}q{month % 12 // 3 + 1}"


def day_of(moment: datetime) -> date:
    """The Tokyo day in which an aware moment lies."""
    return moment.astimezone(TOKYO).date()


def day_start(day: date) -> datetime:
    """The first moment of a Tokyo day."""
    return datetime.combine(day, time.min, tzinfo=TOKYO)


def month_from_text(text: str) -> int:
    """`YYYY-MM` as an integer; ValueError if it is no month."""
    match = _TEXT.fullmatch(text)
    if match is None or not 1 <= int(match[2]) <= 12:
        raise ValueError(f"not a month: {text!r}")
    return month_index(int(match[1]), int(match[2]))


def month_start(month: int) -> datetime:
    """The first moment of a Tokyo month, in UTC."""
    return datetime(month // 12, month % 12 + 1, 1, tzinfo=TOKYO).astimezone(UTC)


def day_end(day: date) -> datetime:
    """The last moment of a Tokyo day."""
    return datetime.combine(day, time.max, tzinfo=TOKYO)
