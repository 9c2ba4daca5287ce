"""What people offboarded upload is set aside: no shop, no entry, no count, until an admin looks."""

import hashlib
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from tests.factories import make_shop
from tests.phone import Phone, doc_of, item_of, new_shop, only, receipt_of, sign
from tracker.accounts.models import User
from tracker.audit.models import AuditEvent
from tracker.errors import Refused
from tracker.fieldwork.models import Photo, Visit
from tracker.fieldwork.parked import ParkedEntry, ParkedPhoto
from tracker.places.models import Shop
from tracker.workflows.entries.quarantine import let_in
from tracker.workflows.people import membership

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def offboarded(aki: User, sora: User) -> Phone:
    """Aki has left, and signs in once more to hand in what the phone still has."""
    membership.close_account(person=aki, may_upload=True, by=sora, at=timezone.now())
    return Phone(aki)


def test_it_gets_a_receipt_and_is_set_aside(offboarded: Phone) -> None:
    photo = sign()
    sha256 = hashlib.sha256(photo).hexdigest()
    known = item_of(doc_of(offboarded.owner, make_shop(), photos=[sha256]), sealed=True)
    found = item_of(doc_of(offboarded.owner, uuid4(), new_shop=new_shop()), sealed=True)
    answers = offboarded.send(known, found)
    assert [answer["status"] for answer in answers] == ["held", "held"]
    assert [answer["receipt"] for answer in answers] == [receipt_of(known), receipt_of(found)]
    assert offboarded.put_whole(known["uuid"], photo).json()["state"] == "held"
    assert (Visit.objects.count(), Shop.objects.count(), ParkedEntry.objects.count()) == (0, 1, 2)
    assert only(offboarded.send(known))["receipt"] == receipt_of(known)  # once more, not twice
    assert ParkedEntry.objects.count() == 2


def test_nothing_else_is_open_to_a_offboarded(offboarded: Phone) -> None:
    shop = make_shop()
    for path in ("/field/", f"/field/shops/{shop.pk}/visit", "/api/v1/field/plan?area=13102"):
        assert offboarded.client.get(path).status_code == 403, path
    assert offboarded.client.get("/api/v1/field/session").json()["may_log"] is True


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["in order", "the later first"])
def test_an_admin_lets_it_in_and_everything_joins(
    offboarded: Phone, sora: User, order: tuple[int, int]
) -> None:
    photo = sign()
    sha256 = hashlib.sha256(photo).hexdigest()
    shop = uuid4()
    first = doc_of(offboarded.owner, shop, new_shop=new_shop(), photos=[sha256])
    mended = first | {"revision": 2, "note": "二階", "new_shop": None}
    for place in order:
        offboarded.send(item_of((first, mended)[place]))
    offboarded.put_whole(str(first["uuid"]), photo)
    assert let_in(person=offboarded.owner, by=sora, at=timezone.now()) == 2
    visit = Visit.objects.get(uuid=UUID(str(first["uuid"])))
    assert (visit.revision, visit.note, visit.shop.uuid) == (2, "二階", shop)
    assert Photo.objects.get().visit == visit
    assert (ParkedEntry.objects.count(), ParkedPhoto.objects.count()) == (0, 0)
    assert AuditEvent.objects.get(kind="late_entries_let_in").actor_name == "sora"
    offboarded.owner.refresh_from_db()
    assert offboarded.owner.upload_grace_until is not None  # the person stays outside


def test_a_late_photo_of_an_earlier_entry_waits_too(aki: User, sora: User) -> None:
    photo = sign()
    entry = item_of(doc_of(aki, make_shop(), photos=[hashlib.sha256(photo).hexdigest()]))
    Phone(aki).send(entry)
    membership.close_account(person=aki, may_upload=True, by=sora, at=timezone.now())
    assert Phone(aki).put_whole(entry["uuid"], photo).json()["state"] == "held"
    let_in(person=aki, by=sora, at=timezone.now())
    assert Photo.objects.get().visit.uuid == UUID(entry["uuid"])


def test_only_an_admin_lets_it_in(offboarded: Phone, mori: User) -> None:
    offboarded.send(item_of(doc_of(offboarded.owner, make_shop())))
    for person in (mori, offboarded.owner):
        with pytest.raises(Refused):
            let_in(person=offboarded.owner, by=person, at=timezone.now())
    assert (Visit.objects.count(), ParkedEntry.objects.count()) == (0, 1)


def test_after_two_weeks_nothing_more_is_taken(offboarded: Phone) -> None:
    membership.end_upload_graces(at=timezone.now() + timedelta(days=15))
    answer = offboarded.client.post("/api/v1/visits/batch", {}, content_type="application/json")
    assert answer.status_code == 401  # the phone keeps it
