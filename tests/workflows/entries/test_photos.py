"""A photo of a visit, from the upload to the two sizes."""

from io import StringIO
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import call_command

from tests.factories import NOON, make_approved, make_entry, make_shop, make_visit
from tests.fieldwork.pictures.made import picture
from tracker.accounts.models import User
from tracker.errors import PhotoRejected, Refused, Stale
from tracker.fieldwork.models import Photo, Visit
from tracker.fieldwork.pictures import store
from tracker.fieldwork.states import PhotoState, VisitState
from tracker.outbox.models import OutboxMessage
from tracker.workflows.counting.checks import differences_of_photos, photos_without_work
from tracker.workflows.entries import photos, visits
from tracker.workflows.entries.photos import MOST_ATTEMPTS

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture(autouse=True)
def folder(settings: LazySettings, tmp_path: Path) -> Path:
    settings.PHOTO_ROOT = tmp_path
    return tmp_path


def test_a_visit_comes_in_with_its_photo_and_the_worker_makes_it_ready(aki: User) -> None:
    visit = visits.submit_visit(
        entry=make_entry(make_shop()), by=aki, at=NOON, photos=[picture((2000, 1000))]
    )
    photo = visit.photos.get()
    assert list(OutboxMessage.objects.order_by("pk").values_list("handler", "about")) == [
        ("prepare_photo", str(photo.pk)),
        ("screen_visit", str(visit.pk)),
    ]
    photos.prepare_photo(photo_id=photo.pk, at=NOON)
    photo.refresh_from_db()
    assert (photo.state, photo.width, photo.height) == (PhotoState.READY, 2000, 1000)
    assert store.is_kept(photo.large_sha256)
    assert store.is_kept(photo.small_sha256)


def test_a_text_file_as_photo_is_refused_and_no_half_visit_stays(aki: User) -> None:
    with pytest.raises(PhotoRejected):
        visits.submit_visit(entry=make_entry(make_shop()), by=aki, at=NOON, photos=[b"text"])
    assert Visit.objects.count() == 0


def test_a_damaged_photo_is_set_aside_and_the_entry_stays(aki: User) -> None:
    visit = make_visit(make_shop(), aki)
    data = picture()
    photo = photos.add_photo(visit=visit, data=data[: len(data) // 2], by=aki, at=NOON)
    photos.prepare_photo(photo_id=photo.pk, at=NOON)
    photo.refresh_from_db()
    assert (photo.state, photo.refusal) == (PhotoState.REFUSED, "damaged")
    assert Visit.objects.get().pk == visit.pk


def test_the_same_photo_twice_is_one_photo(aki: User) -> None:
    visit = make_visit(make_shop(), aki)
    first = photos.add_photo(visit=visit, data=picture(), by=aki, at=NOON)
    assert photos.add_photo(visit=visit, data=picture(), by=aki, at=NOON).pk == first.pk
    assert OutboxMessage.objects.filter(handler="prepare_photo").count() == 1


def test_preparing_twice_changes_nothing(aki: User) -> None:
    visit = make_visit(make_shop(), aki)
    photo = photos.add_photo(visit=visit, data=picture(), by=aki, at=NOON)
    photos.prepare_photo(photo_id=photo.pk, at=NOON)
    before = Photo.objects.values().get()
    photos.prepare_photo(photo_id=photo.pk, at=NOON)
    assert Photo.objects.values().get() == before


def test_nobody_adds_a_photo_to_the_entry_of_somebody_else(aki: User, ben: User) -> None:
    visit = make_visit(make_shop(), aki)
    with pytest.raises(Refused):
        photos.add_photo(visit=visit, data=picture(), by=ben, at=NOON)
    assert Photo.objects.count() == 0


def test_a_decided_entry_takes_no_more_photos(aki: User, mori: User) -> None:
    visit = make_approved(make_shop(), aki, mori)
    with pytest.raises(Stale):
        photos.add_photo(visit=visit, data=picture(), by=aki, at=NOON)
    assert Photo.objects.count() == 0


def test_a_photo_is_ready_with_its_hash(aki: User) -> None:
    photo = photos.add_photo(visit=make_visit(make_shop(), aki), data=picture(), by=aki, at=NOON)
    photos.prepare_photo(photo_id=photo.pk, at=NOON)
    photo.refresh_from_db()
    assert len(photo.perceptual_hash) == 16
    assert photo.attempts == 1


def test_the_same_photo_twice_in_one_entry_is_one(aki: User) -> None:
    visit = visits.submit_visit(
        entry=make_entry(make_shop()), by=aki, at=NOON, photos=[picture(), picture()]
    )
    assert visit.photos.count() == 1
    assert OutboxMessage.objects.filter(handler="prepare_photo").count() == 1


def test_the_same_bytes_for_two_entries_are_two_photos_and_one_file(
    aki: User, ben: User, folder: Path
) -> None:
    made = [
        photos.add_photo(visit=make_visit(make_shop(), person), data=picture(), by=person, at=NOON)
        for person in (aki, ben)
    ]
    for photo in made:
        photos.prepare_photo(photo_id=photo.pk, at=NOON)
        photo.refresh_from_db()
    assert made[0].pk != made[1].pk
    assert {photo.state for photo in made} == {PhotoState.READY}
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 3


def test_an_entry_that_was_decided_meanwhile_takes_no_photo(aki: User, mori: User) -> None:
    visit = make_approved(make_shop(), aki, mori)
    visit.state = VisitState.SUBMITTED  # as a page knew it that was loaded before
    with pytest.raises(Stale):
        photos.add_photo(visit=visit, data=picture(), by=aki, at=NOON)
    assert Photo.objects.count() == 0


def full_disk(handle: int) -> None:
    raise OSError(28, "No space left on device")


def test_a_full_disk_has_a_sentence_and_leaves_no_row(
    aki: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = make_visit(make_shop(), aki)
    monkeypatch.setattr("tracker.fieldwork.pictures.store.os.fsync", full_disk)
    with pytest.raises(PhotoRejected, match="no space") as refusal:
        photos.add_photo(visit=visit, data=picture(), by=aki, at=NOON)
    assert refusal.value.retryable
    assert Photo.objects.count() == 0
    monkeypatch.undo()
    assert photos.add_photo(visit=visit, data=picture(), by=aki, at=NOON).pk


def test_a_disk_that_fills_while_a_photo_is_made_costs_it_no_attempt(
    aki: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    photo = photos.add_photo(visit=make_visit(make_shop(), aki), data=picture(), by=aki, at=NOON)
    monkeypatch.setattr("tracker.fieldwork.pictures.store.os.fsync", full_disk)
    for _ in range(MOST_ATTEMPTS + 1):
        with pytest.raises(OSError, match="No space"):
            photos.prepare_photo(photo_id=photo.pk, at=NOON)
    photo.refresh_from_db()
    assert (photo.state, photo.attempts) == (PhotoState.WAITING, 0)
    monkeypatch.undo()
    photos.prepare_photo(photo_id=photo.pk, at=NOON)
    photo.refresh_from_db()
    assert photo.state == PhotoState.READY


def test_a_photo_whose_file_is_lost_says_so_and_comes_back_when_sent_again(aki: User) -> None:
    visit = make_visit(make_shop(), aki)
    photos.add_photo(visit=visit, data=picture((50, 50)), by=aki, at=NOON)
    photo = photos.add_photo(visit=visit, data=picture(), by=aki, at=NOON)
    store.path_of(photo.sha256).unlink()
    photos.prepare_photo(photo_id=photo.pk, at=NOON)
    photo.refresh_from_db()
    assert (photo.state, photo.refusal) == (PhotoState.REFUSED, "lost")
    assert photos.add_photo(visit=visit, data=picture(), by=aki, at=NOON).pk == photo.pk
    assert OutboxMessage.objects.filter(about=str(photo.pk)).count() == 2
    photos.prepare_photo(photo_id=photo.pk, at=NOON)
    photo.refresh_from_db()
    assert (photo.state, photo.refusal) == (PhotoState.READY, "")


def test_a_store_that_is_away_loses_no_photo(
    aki: User, settings: LazySettings, tmp_path: Path
) -> None:
    photo = photos.add_photo(visit=make_visit(make_shop(), aki), data=picture(), by=aki, at=NOON)
    settings.PHOTO_ROOT = tmp_path / "not mounted"
    with pytest.raises(OSError, match="away"):
        photos.prepare_photo(photo_id=photo.pk, at=NOON)
    photo.refresh_from_db()
    assert (photo.state, photo.attempts) == (PhotoState.WAITING, 0)


def test_photos_whose_work_was_set_aside_are_queued_again(aki: User) -> None:
    visit = make_visit(make_shop(), aki)
    stuck = photos.add_photo(visit=visit, data=picture(), by=aki, at=NOON)
    OutboxMessage.objects.update(set_aside_at=NOON)
    photos.add_photo(visit=visit, data=picture((50, 50)), by=aki, at=NOON)
    assert [photo.pk for photo in photos_without_work()] == [stuck.pk]
    out = StringIO()
    call_command("photos", stdout=out)
    assert out.getvalue() == "1 photos are in the queue again\n"
    assert photos_without_work() == []
    assert photos.put_back(at=NOON) == 0


def test_a_recount_names_missing_changed_and_forgotten_photos(aki: User) -> None:
    visit = make_visit(make_shop(), aki)
    made = [
        photos.add_photo(visit=visit, data=picture((side, side)), by=aki, at=NOON)
        for side in (20, 30, 40)
    ]
    photos.prepare_photo(photo_id=made[0].pk, at=NOON)
    photos.prepare_photo(photo_id=made[1].pk, at=NOON)
    assert differences_of_photos() == []
    for photo in made:
        photo.refresh_from_db()
    store.path_of(made[0].small_sha256).unlink()
    store.path_of(made[1].sha256).write_bytes(b"other")
    OutboxMessage.objects.filter(about=str(made[2].pk)).delete()
    assert sorted(str(found) for found in differences_of_photos()) == sorted([
        f"file of photo {made[0].uuid}: stored missing, recounted {made[0].small_sha256[:12]}",
        f"file of photo {made[1].uuid}: stored other bytes, recounted {made[1].sha256[:12]}",
        f"photo {made[2].uuid}: stored waits for nobody, recounted work in the outbox",
    ])  # fmt: skip
