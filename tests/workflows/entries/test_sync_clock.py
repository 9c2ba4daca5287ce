"""No entry is refused for its clock; what cannot be becomes the receipt, and the skew is kept."""

from datetime import datetime, timedelta

import pytest

from tests.factories import NOON, make_shop
from tests.phone import batch_of, doc_of, item_of
from tracker.accounts.models import User
from tracker.fieldwork.models import Visit
from tracker.fieldwork.sync.batches import read_batch
from tracker.workflows.entries import sync

pytestmark = pytest.mark.django_db
DAY_MS = 86_400_000
BEFORE = NOON - timedelta(minutes=1)  # a minute before the receipt: when it was logged


def iso(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def logged(aki: User, *, device_time: str, sent_at: str, offset_ms: int | None = None) -> Visit:
    """An entry that came at noon."""
    doc = doc_of(aki, make_shop(), device_time=device_time, offset_ms=offset_ms)
    batch = read_batch(batch_of(item_of(doc), sent_at=sent_at), at=NOON)
    (answer,) = sync.receive(batch=batch, by=aki, at=NOON)
    assert answer.status == "created", answer
    return Visit.objects.get()


@pytest.mark.parametrize(
    ("name", "skew"),
    [
        ("right", timedelta(0)),
        ("two days fast", timedelta(days=2)),
        ("two days slow", timedelta(days=-2)),
        ("in 1970", datetime.fromisoformat("1970-01-01T00:00:00Z") - NOON),
        ("in 2038", datetime.fromisoformat("2038-01-19T03:14:07Z") - NOON),
        ("on 29 February", datetime.fromisoformat("2024-02-29T12:00:00Z") - NOON),
    ],
)
def test_a_wrong_clock_is_corrected_by_what_the_batch_shows(
    aki: User, name: str, skew: timedelta
) -> None:
    visit = logged(aki, device_time=iso(BEFORE + skew), sent_at=iso(NOON + skew))
    assert visit.observed_at == BEFORE
    assert visit.device_time == BEFORE + skew
    assert visit.clock_offset_ms == -skew // timedelta(milliseconds=1)


def test_the_offset_of_the_entry_goes_before_that_of_the_batch(aki: User) -> None:
    visit = logged(
        aki,
        device_time=iso(BEFORE - timedelta(days=2)),
        sent_at=iso(NOON),  # the clock was set right meanwhile
        offset_ms=2 * DAY_MS,
    )
    assert (visit.observed_at, visit.clock_offset_ms) == (BEFORE, 2 * DAY_MS)


@pytest.mark.parametrize(
    ("device_time", "offset_ms"),
    [
        (iso(NOON + timedelta(hours=3)), 0),  # set back mid-form, after the time was taken
        (iso(NOON + timedelta(milliseconds=1)), 0),
        ("2014-12-31T23:59:59.999Z", 0),
        ("1970-01-01T00:00:00.000Z", 0),
        ("2038-01-19T03:14:07.000Z", 0),
        (iso(NOON), 10**14),
        (iso(NOON), -(10**14)),
        ("+275760-09-13T00:00:00.000Z", 0),
        ("-000001-01-01T00:00:00.000Z", 0),
        ("0001-01-01T00:00:00+14:00", 0),
        ("9999-12-31T23:59:59-12:00", 0),
        ("2026-02-29T12:00:00Z", 0),
    ],
)
def test_what_cannot_be_becomes_the_time_of_receipt(
    aki: User, device_time: str, offset_ms: int
) -> None:
    visit = logged(aki, device_time=device_time, sent_at=iso(NOON), offset_ms=offset_ms)
    assert (visit.observed_at, visit.clock_offset_ms) == (NOON, offset_ms)


@pytest.mark.parametrize(
    "device_time", ["2015-01-01T00:00:00.000Z", "2026-03-14T12:00:00+09:00", iso(NOON)]
)
def test_the_limits_themselves_are_kept(aki: User, device_time: str) -> None:
    visit = logged(aki, device_time=device_time, sent_at=iso(NOON), offset_ms=0)
    assert visit.observed_at == datetime.fromisoformat(device_time)


def test_a_phone_without_any_time_is_taken_at_its_receipt(aki: User) -> None:
    far = "+012026-03-14T03:00:00.000Z"
    visit = logged(aki, device_time=far, sent_at=far)
    assert (visit.observed_at, visit.device_time, visit.clock_offset_ms) == (NOON, None, None)
