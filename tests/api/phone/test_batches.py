"""A batch from a phone: a receipt for what is stored, a reason for what is not."""

import json
from uuid import uuid4

import pytest
from django.test import Client

from tests.factories import make_shop
from tests.phone import Phone, batch_of, doc_of, item_of, new_shop, only, receipt_of
from tracker.accounts.models import User
from tracker.audit import log
from tracker.fieldwork.models import Visit
from tracker.fieldwork.parked import ParkedEntry
from tracker.fieldwork.states import VisitState
from tracker.places.models import Shop

pytestmark = [pytest.mark.django_db, pytest.mark.both]


@pytest.fixture
def phone(aki: User) -> Phone:
    return Phone(aki)


@pytest.mark.parametrize("sealed", [True, False])
def test_entries_are_stored_and_their_receipts_name_them(phone: Phone, sealed: bool) -> None:
    shop = make_shop()
    items = [item_of(doc_of(phone.owner, shop), sealed=sealed) for _ in range(3)]
    answers = phone.send(*items)
    assert [answer["status"] for answer in answers] == ["created"] * 3
    assert [answer["receipt"] for answer in answers] == [receipt_of(item) for item in items]
    assert [str(visit.uuid) for visit in Visit.objects.order_by("pk")] == sorted(
        item["uuid"] for item in items
    )
    assert log.breaks() == []


def test_a_replay_gives_the_same_receipt_and_is_not_opened_again(phone: Phone) -> None:
    item = item_of(doc_of(phone.owner, make_shop()), sealed=True)
    first = only(phone.send(item))
    again = only(phone.send(item | {"sealed": "AAAA"}))
    assert again["receipt"] == first["receipt"]
    assert again["status"] == "replayed"
    assert Visit.objects.count() == 1


def test_a_bad_item_does_not_touch_the_others(phone: Phone) -> None:
    shop = make_shop()
    good = item_of(doc_of(phone.owner, shop))
    bad = item_of(doc_of(phone.owner, shop, outcome="moved"))
    answers = phone.send(bad, good, None)
    assert [answer["status"] for answer in answers] == ["refused", "created", "refused"]
    assert answers[0]["error"]["field"] == "outcome"
    assert answers[0]["receipt"] is None


def test_a_new_shop_of_several_entries_is_one_shop(phone: Phone) -> None:
    uuid = uuid4()
    docs = [doc_of(phone.owner, uuid, new_shop=new_shop()) for _ in range(2)]
    assert phone.statuses(*map(item_of, docs)) == ["created"] * 2
    shop = Shop.objects.get()
    assert (shop.uuid, shop.name, shop.ward_id, shop.floor) == (uuid, "若葉珈琲", "13102", "2F")


def test_a_mend_that_comes_first_waits_for_its_entry(phone: Phone) -> None:
    first = doc_of(phone.owner, make_shop())
    mend = first | {"revision": 2, "answers": {"alipay": "no"}}
    assert phone.statuses(item_of(mend)) == ["held"]
    assert phone.statuses(item_of(first)) == ["created"]
    visit = Visit.objects.get()
    assert (visit.revision, visit.answers["alipay"], visit.state) == (2, "no", VisitState.SUBMITTED)
    assert ParkedEntry.objects.count() == 0
    assert phone.statuses(item_of(mend), item_of(first)) == ["replayed"] * 2


def test_without_a_session_401_and_without_the_token_403(aki: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    path = "/api/v1/visits/batch"
    assert strict.post(path, "{}", content_type="application/json").status_code == 401
    strict.force_login(aki)
    answer = strict.post(path, "{}", content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")
    token = strict.get("/api/v1/field/session").json()["csrf"]
    answer = strict.post(
        path, "{}", content_type="application/json", headers={"x-csrftoken": token}
    )
    assert answer.status_code == 400


@pytest.mark.parametrize(("more", "status"), [(0, 200), (1, 400)])
def test_a_batch_has_two_megabytes_and_not_a_byte_more(
    phone: Phone, more: int, status: int
) -> None:
    body = json.dumps(batch_of(item_of(doc_of(phone.owner, make_shop())))).encode()
    body = body.ljust(2_000_000 + more)
    answer = phone.client.post("/api/v1/visits/batch", body, content_type="application/json")
    assert answer.status_code == status
    assert ("This request is too large." in answer.content.decode()) is bool(more)
    assert Visit.objects.count() == (0 if more else 1)
