"""A photo in pieces: whatever is cut, doubled or swapped, the photo arrives once and whole."""

import hashlib
from uuid import uuid4

import pytest

from tests.factories import make_approved, make_shop, make_visit
from tests.phone import Phone, doc_of, item_of, sealed_for_server, sign
from tracker.accounts.models import User
from tracker.fieldwork.models import Photo
from tracker.fieldwork.parked import ParkedPhoto
from tracker.fieldwork.pictures import store
from tracker.outbox.models import OutboxMessage

pytestmark = pytest.mark.django_db
ENVELOPE = 105  # bytes that an envelope adds


@pytest.fixture
def phone(aki: User) -> Phone:
    return Phone(aki)


def state(phone: Phone, visit: str, sha256: str) -> dict[str, object]:
    answer = phone.client.get(f"/api/v1/visits/{visit}/photos/{sha256}")
    assert answer.status_code == 200
    found: dict[str, object] = answer.json()
    return found


def test_a_photo_in_one_piece_is_kept_and_prepared(phone: Phone) -> None:
    visit, photo = make_visit(make_shop(), phone.owner), sign()
    sha256 = hashlib.sha256(photo).hexdigest()
    answer = phone.put_whole(str(visit.uuid), photo)
    assert (answer.status_code, answer.json()) == (
        201,
        {"receipt": {"uuid": str(visit.uuid), "sha256": sha256}, "state": "kept"},
    )
    assert store.read_kept(sha256) == photo
    assert OutboxMessage.objects.filter(handler="prepare_photo").count() == 1
    again = phone.put_whole(str(visit.uuid), photo)
    assert (again.status_code, again.json()) == (200, answer.json())
    assert Photo.objects.count() == 1


@pytest.mark.parametrize("sealed", [0, 1])
def test_a_photo_cut_at_twenty_places_goes_on_where_it_stopped(phone: Phone, sealed: int) -> None:
    visit, photo = str(make_visit(make_shop(), phone.owner).uuid), sign()
    sha256 = hashlib.sha256(photo).hexdigest()
    sent = photo
    if sealed:
        sent = sealed_for_server(photo, f"photo:{visit}:{sha256}:{phone.owner.pk}")
        assert len(sent) == len(photo) + ENVELOPE
    cuts = [len(sent) * number // 21 for number in range(1, 21)]
    offset = 0
    for cut in cuts:
        answer = phone.put(
            visit, sha256, sent[offset:cut], offset=offset, length=len(sent), sealed=sealed
        )
        assert answer.json() == {"state": "partial", "received": cut}
        assert state(phone, visit, sha256) == {"state": "partial", "received": cut}
        doubled = phone.put(
            visit, sha256, sent[offset:cut], offset=offset, length=len(sent), sealed=sealed
        )
        assert (doubled.status_code, doubled.json()["received"]) == (409, cut)
        offset = cut
    answer = phone.put(visit, sha256, sent[offset:], offset=offset, length=len(sent), sealed=sealed)
    assert answer.status_code == 201
    assert state(phone, visit, sha256) == {"state": "kept", "received": len(photo)}


def test_a_photo_before_its_entry_is_parked_and_joins_it(phone: Phone) -> None:
    doc, photo = doc_of(phone.owner, make_shop()), sign()
    answer = phone.put_whole(doc["uuid"], photo)
    assert (answer.status_code, answer.json()["state"]) == (201, "held")
    assert phone.statuses(item_of(doc)) == ["created"]
    assert ParkedPhoto.objects.count() == 0
    assert str(Photo.objects.get().visit.uuid) == doc["uuid"]


def test_a_ninth_photo_is_refused_with_and_without_its_entry(phone: Phone) -> None:
    for visit in (str(uuid4()), str(make_visit(make_shop(), phone.owner).uuid)):
        for number in range(8):
            assert phone.put_whole(visit, sign(number)).status_code == 201
        answer = phone.put_whole(visit, sign(8))
        assert (answer.status_code, answer["Content-Type"]) == (409, "application/problem+json")


def test_a_decided_entry_takes_no_photo(phone: Phone, mori: User) -> None:
    visit = make_approved(make_shop(), phone.owner, mori)
    assert phone.put_whole(str(visit.uuid), sign()).status_code == 409


def test_a_swapped_photo_is_refused_and_can_be_sent_again(phone: Phone) -> None:
    visit, photo = str(make_visit(make_shop(), phone.owner).uuid), sign(1)
    sha256 = hashlib.sha256(photo).hexdigest()
    assert phone.put(visit, sha256, sign(2)).status_code == 422
    assert state(phone, visit, sha256) == {"state": "none", "received": 0}
    assert phone.put(visit, sha256, photo).status_code == 201


def test_what_is_no_picture_is_refused(phone: Phone) -> None:
    visit = str(make_visit(make_shop(), phone.owner).uuid)
    assert phone.put_whole(visit, b"<script>alert(1)</script>").status_code == 422
    assert Photo.objects.count() == 0


def test_the_entry_of_somebody_else_is_not_there(phone: Phone, ben: User) -> None:
    visit, photo = str(make_visit(make_shop(), ben).uuid), sign()
    assert phone.put_whole(visit, photo).status_code == 404
    sha256 = hashlib.sha256(photo).hexdigest()
    answer = phone.client.get(f"/api/v1/visits/{visit}/photos/{sha256}")
    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("upload-offset", ""),
        ("upload-offset", "-1"),
        ("upload-offset", "٣"),
        ("upload-length", "0"),
        ("upload-length", "9" * 40),
        ("upload-sealed", "2"),
    ],
)
def test_headers_that_make_no_sense_are_a_problem(phone: Phone, name: str, value: str) -> None:
    visit = str(make_visit(make_shop(), phone.owner).uuid)
    headers = {"upload-offset": "0", "upload-length": "3", "upload-sealed": "0"} | {name: value}
    answer = phone.client.put(
        f"/api/v1/visits/{visit}/photos/{'0' * 64}",
        b"abc",
        content_type="application/octet-stream",
        headers=headers,
    )
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert answer.json()["field"].lower() == name


def test_a_photo_that_is_too_large_is_refused_before_it_is_sent(phone: Phone) -> None:
    visit = str(make_visit(make_shop(), phone.owner).uuid)
    assert phone.put(visit, "0" * 64, b"abc", length=13_000_000).status_code == 422
    assert phone.put(visit, "0" * 64, b"abc", length=2).status_code == 400
    assert phone.put(visit, "0" * 64, b"a" * 1_048_577, length=2_000_000).status_code == 400
