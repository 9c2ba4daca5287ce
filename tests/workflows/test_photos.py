"""A photo of a visit, from the upload to the two sizes."""

from pathlib import Path

import pytest
from django.conf import LazySettings

from tests.factories import NOON, make_approved, make_entry, make_shop, make_visit
from tests.fieldwork.test_photos import picture
from tracker.accounts.models import User
from tracker.errors import PhotoRejected, Refused, Stale
from tracker.fieldwork import store
from tracker.fieldwork.models import Photo, Visit
from tracker.outbox.models import OutboxMessage
from tracker.vocabulary import PhotoState
from tracker.workflows import photos, visits

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings: LazySettings, tmp_path: Path) -> Path:
    settings.PHOTO_ROOT = tmp_path
    return tmp_path


def test_a_visit_comes_in_with_its_photo_and_the_worker_makes_it_ready(aki: User) -> None:
    visit = visits.submit_visit(
        entry=make_entry(make_shop()), by=aki, at=NOON, photos=[picture((2000, 1000))]
    )
    photo = visit.photos.get()
    assert list(OutboxMessage.objects.values_list("handler", "about")) == [
        ("prepare_photo", str(photo.pk))
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
    assert OutboxMessage.objects.count() == 1


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
