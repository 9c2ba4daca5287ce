"""A photo on its way through the form and back to a browser."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse

from tests.factories import make_shop, make_visit
from tests.fieldwork.pictures.bareness import assert_bare
from tests.fieldwork.pictures.hostile import FAMILIES, Hostile
from tests.fieldwork.pictures.made import picture
from tests.web.field.test_pages import typed
from tracker.accounts.models import User
from tracker.fieldwork.models import Photo, Visit
from tracker.fieldwork.pictures import store
from tracker.fieldwork.pictures.photos import refusal_sentence
from tracker.fieldwork.states import PhotoState
from tracker.workflows.entries import photos

pytestmark = [pytest.mark.django_db, pytest.mark.slow(8)]


@pytest.fixture
def field(client: Client, aki: User) -> Client:
    client.force_login(aki)
    return client


@pytest.fixture
def ready(aki: User) -> Photo:
    visit = make_visit(make_shop(), aki)
    data = picture((2000, 1000), comment=b"<script>")
    photo = photos.add_photo(visit=visit, data=data, by=aki, at=visit.received_at)
    photos.prepare_photo(photo_id=photo.pk, at=visit.received_at)
    photo.refresh_from_db()
    assert photo.state == PhotoState.READY
    return photo


def path_of(photo: Photo, size: str = "small") -> str:
    return reverse("photo", args=[photo.uuid, size])


def test_a_workers_own_photo_stays_out_of_the_phones_cache(field: Client, ready: Photo) -> None:
    for size in ("small", "large"):
        assert field.get(path_of(ready, size))["Cache-Control"] == "no-store"


@pytest.mark.parametrize("person", ["mori", "sora"])
def test_the_desk_may_keep_a_photo_for_a_day(
    client: Client, ready: Photo, person: str, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(person))
    answer = client.get(path_of(ready))
    assert answer["Cache-Control"] == "private, max-age=86400, immutable"


def test_a_photo_is_a_picture_and_can_be_nothing_else(field: Client, ready: Photo) -> None:
    answer = field.get(path_of(ready, "large"))
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].split("; ") == [
        "default-src 'none'", "frame-ancestors 'none'", "sandbox",
    ]  # fmt: skip
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["Content-Disposition"] == f'inline; filename="{ready.uuid}.jpg"'
    assert_bare(answer.content, 1600)


@pytest.mark.parametrize("person", ["ben", "dana"])
@pytest.mark.parametrize("size", ["small", "large"])
def test_a_photo_is_shown_to_nobody_else(
    client: Client, ready: Photo, person: str, size: str, request: pytest.FixtureRequest
) -> None:
    client.force_login(request.getfixturevalue(person))
    assert client.get(path_of(ready, size)).status_code in (403, 404)


@pytest.mark.parametrize("size", ["original", "sha256", "..", "LARGE"])
def test_there_are_two_sizes_and_no_original(field: Client, ready: Photo, size: str) -> None:
    url = path_of(ready).replace("small", size)
    assert field.get(url).status_code == 404
    assert field.get(path_of(ready)).status_code == 200


def test_a_photo_without_its_file_is_not_there(field: Client, ready: Photo) -> None:
    store.path_of(ready.small_sha256).unlink()
    assert field.get(path_of(ready)).status_code == 404
    assert field.get(f"/field/entries/{ready.visit.uuid}/").status_code == 200


def upload(file: Hostile) -> SimpleUploadedFile:
    return SimpleUploadedFile("sign.jpg", file.data, "image/jpeg")


@pytest.mark.parametrize("family", FAMILIES)
def test_whatever_the_photo_is_the_entry_stays(field: Client, family: str) -> None:
    """The first and the last file of each family, through the form and the worker."""
    shop = make_shop()
    files = FAMILIES[family]()
    for file in (files[0], files[-1]):
        form = typed()
        answer = field.post(f"/field/shops/{shop.pk}/visit", form | {"photo": upload(file)})
        page = answer.content.decode()
        if answer.status_code == 302:
            photo = Photo.objects.get(visit__uuid=str(form["uuid"]))
            photos.prepare_photo(photo_id=photo.pk, at=photo.received_at)
            photo.refresh_from_db()
            page = field.get(f"/field/entries/{form['uuid']}/").content.decode()
            assert (refusal_sentence(photo.refusal) in page) == bool(photo.refusal)
            assert (path_of(photo) in page) == (photo.state == PhotoState.READY)
        else:
            assert answer.status_code == 400
            assert "or send without" in page
            assert str(form["note"]) in page
            assert field.post(f"/field/shops/{shop.pk}/visit", form).status_code == 302
        assert Visit.objects.filter(uuid=str(form["uuid"])).exists()


def full_disk(handle: int) -> None:
    raise OSError(28, "No space left on device")


def test_a_full_disk_is_said_beside_the_photo_and_the_entry_can_go_without(
    field: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop, form = make_shop(), typed()
    monkeypatch.setattr("tracker.fieldwork.pictures.store.os.fsync", full_disk)
    photo = upload(Hostile("good", picture()))
    answer = field.post(f"/field/shops/{shop.pk}/visit", form | {"photo": photo})
    assert answer.status_code == 400
    assert "no space for this photo" in answer.content.decode()
    assert str(form["note"]) in answer.content.decode()
    assert field.post(f"/field/shops/{shop.pk}/visit", form).status_code == 302
    assert Visit.objects.get().photos.count() == 0


NAMES = ["../../../etc/passwd", "a\0b.jpg", "x" * 4000 + ".jpg", "\u202egpj.exe", "CON",
         "a.php", "<script>.jpg", "a/b\\c.jpg", "%2e%2e%2fetc", " ", "写真.jpg"]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_the_name_of_a_file_means_nothing(field: Client, name: str, tmp_path: Path) -> None:
    shop, form = make_shop(), typed(photo=SimpleUploadedFile("placeholder", picture()))
    body = encode_multipart(BOUNDARY, form)
    assert b'"placeholder"' in body
    body = body.replace(b'"placeholder"', f'"{name}"'.encode())
    url = f"/field/shops/{shop.pk}/visit"
    answer = field.generic("POST", url, body, content_type=MULTIPART_CONTENT)
    assert answer.status_code in (302, 400)
    kept = [path for path in (tmp_path / "photos").rglob("*") if path.is_file()]
    assert {path.name for path in kept} <= set(Photo.objects.values_list("sha256", flat=True))
