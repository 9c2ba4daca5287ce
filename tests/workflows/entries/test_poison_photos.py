"""A photo that takes its reader down is set aside after three attempts; all others go on."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings

from tests.factories import NOON, make_shop, make_visit
from tests.fieldwork.pictures.made import picture
from tracker.accounts.models import User
from tracker.errors import PhotoRejected
from tracker.fieldwork.models import Photo, Visit
from tracker.fieldwork.pictures import photos as reading
from tracker.fieldwork.states import PhotoState
from tracker.outbox.actions import CLAIM_SECONDS
from tracker.outbox.models import OutboxMessage
from tracker.workflows import dispatch
from tracker.workflows.entries import photos
from tracker.workflows.entries.photos import MOST_ATTEMPTS

pytestmark = [pytest.mark.django_db, pytest.mark.slow(3)]
POISON = b"arsenic"
# The real decoder, but for a hole in it: a comment of one word kills the process.
VULNERABLE = (
    "import sys, os; sys.path[:0] = sys.argv[1:3]; "
    "import tracker.fieldwork.pictures.decoder as decoder; "
    "real = decoder.decode; "
    "die = lambda: os.write(2, b'aaargh') and os.abort(); "
    "decoder.decode = lambda data, limit: "
    f"die() if {POISON!r} in data else real(data, limit); "
    "decoder.confine = lambda seconds: None; "
    "decoder.main(int(sys.argv[3]), int(sys.argv[4]))"
)


@pytest.fixture(autouse=True)
def hole(settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PHOTO_ROOT = tmp_path
    monkeypatch.setattr(reading, "START", VULNERABLE)


def poison() -> bytes:
    return picture((60, 40), comment=POISON)


def sweep_often(times: int) -> None:
    """Sweeps, each after the pauses of the one before."""
    for number in range(times):
        OutboxMessage.objects.filter(done_at=None).update(due_at=NOON, claimed_at=None)
        dispatch.sweep(at=NOON + timedelta(hours=number))


def test_a_decoder_that_dies_three_times_sets_the_photo_aside(
    aki: User, caplog: pytest.LogCaptureFixture
) -> None:
    photo = photos.add_photo(visit=make_visit(make_shop(), aki), data=poison(), by=aki, at=NOON)
    for attempt in range(1, MOST_ATTEMPTS):
        with pytest.raises(PhotoRejected):
            photos.prepare_photo(photo_id=photo.pk, at=NOON)
        photo.refresh_from_db()
        assert (photo.state, photo.attempts) == (PhotoState.WAITING, attempt)
    photos.prepare_photo(photo_id=photo.pk, at=NOON)
    photo.refresh_from_db()
    assert (photo.state, photo.refusal, photo.attempts) == (PhotoState.REFUSED, "gave_up", 3)
    assert "set aside" in caplog.text
    assert Visit.objects.get().state == "submitted"


def test_a_worker_that_died_three_times_does_not_try_again(
    aki: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = photos.add_photo(visit=make_visit(make_shop(), aki), data=picture(), by=aki, at=NOON)
    Photo.objects.update(attempts=MOST_ATTEMPTS)
    monkeypatch.setattr(reading, "prepare", lambda path: pytest.fail("was read a fourth time"))
    photos.prepare_photo(photo_id=photo.pk, at=NOON)
    photo.refresh_from_db()
    assert (photo.state, photo.refusal) == (PhotoState.REFUSED, "gave_up")


def test_a_good_photo_survives_two_accidents(aki: User) -> None:
    photo = photos.add_photo(visit=make_visit(make_shop(), aki), data=picture(), by=aki, at=NOON)
    Photo.objects.update(attempts=MOST_ATTEMPTS - 1)
    photos.prepare_photo(photo_id=photo.pk, at=NOON)
    photo.refresh_from_db()
    assert photo.state == PhotoState.READY


def test_a_poison_among_twenty_does_not_stop_the_queue(aki: User) -> None:
    shop = make_shop()
    for number in range(21):
        data = poison() if number == 3 else picture((60, 40 + number))
        photos.add_photo(visit=make_visit(shop, aki), data=data, by=aki, at=NOON)
    sweep_often(1)
    states = list(Photo.objects.order_by("pk").values_list("state", flat=True))
    assert states.count(PhotoState.READY) == 20  # all others, in the first sweep
    assert states[3] == PhotoState.WAITING
    sweep_often(2)
    found = Photo.objects.get(state=PhotoState.REFUSED)
    assert (found.refusal, found.attempts) == ("gave_up", 3)
    assert not OutboxMessage.objects.filter(done_at=None, handler="prepare_photo").exists()
    assert Photo.objects.exclude(attempts=1).count() == 1


def test_a_reader_is_never_older_than_its_claim(settings: LazySettings) -> None:
    longest = settings.PHOTO_DECODE_SECONDS + reading.SPARE_SECONDS
    assert longest < CLAIM_SECONDS
