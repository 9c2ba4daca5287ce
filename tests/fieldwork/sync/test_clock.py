"""The moment of a visit, to the last millisecond on either side of what can be."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.factories import NOON
from tracker.fieldwork.entry import LARGEST_OFFSET_MS
from tracker.fieldwork.sync.clock import observed_at, offset_between

pytestmark = pytest.mark.once
MS = timedelta(milliseconds=1)
FIRST = datetime(2015, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("phone", "offset"),
    [
        (NOON, 0),
        (NOON - timedelta(minutes=1), 60_000),
        (NOON + timedelta(seconds=1.5), -1500),
        (NOON - timedelta(microseconds=1999), 1),
        (NOON + timedelta(microseconds=1), -1),  # rounded down, as a phone does
        (None, None),
    ],
)
def test_the_offset_is_what_the_server_is_ahead_in_milliseconds(
    phone: datetime | None, offset: int | None
) -> None:
    assert offset_between(NOON, phone) == offset


@pytest.mark.parametrize(
    ("device_time", "offset_ms", "moment"),
    [
        (NOON - MS, 0, NOON - MS),
        (NOON - MS, None, NOON - MS),  # no offset is none to correct by
        (NOON - 5 * MS, 2, NOON - 3 * MS),
        (NOON + 5 * MS, -7, NOON - 2 * MS),
        (NOON - MS, 1, NOON),  # at the receipt itself
        (NOON - MS, 2, NOON),  # a millisecond after it: it cannot be
        (NOON + timedelta(days=1), 0, NOON),
        (FIRST, 0, FIRST),
        (FIRST, -1, NOON),  # a millisecond before there was anything to see
        (FIRST - MS, 1, FIRST),
        (None, 0, NOON),
        (None, -5000, NOON),
    ],
)
def test_the_moment_is_the_phones_corrected_or_the_receipt(
    device_time: datetime | None, offset_ms: int | None, moment: datetime
) -> None:
    assert observed_at(device_time, offset_ms, received_at=NOON) == moment


@pytest.mark.parametrize("offset_ms", [-LARGEST_OFFSET_MS, LARGEST_OFFSET_MS])
def test_an_offset_that_leads_out_of_the_calendar_becomes_the_receipt(offset_ms: int) -> None:
    for year in (1, 9999):
        device_time = datetime(year, 1, 1, tzinfo=UTC)
        assert observed_at(device_time, offset_ms, received_at=NOON) == NOON


def test_the_largest_offset_is_beyond_every_clock_and_within_every_column() -> None:
    years = LARGEST_OFFSET_MS / (365.25 * 86_400_000)
    assert 3000 < years < 3200
    assert LARGEST_OFFSET_MS < 2**63
