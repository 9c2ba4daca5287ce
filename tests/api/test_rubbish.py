"""Whatever JSON a program sends: never an error of ours, and never a row of it."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import make_shop
from tests.phone import Doc, Phone, batch_of, doc_of, item_of, new_shop
from tracker.accounts.models import User
from tracker.fieldwork.models import Visit, VisitRevision
from tracker.fieldwork.parked import ParkedEntry
from tracker.fieldwork.sync.entries import KEYS
from tracker.places.models import Shop

pytestmark = [pytest.mark.django_db, pytest.mark.slow(12)]
BATCH = "/api/v1/visits/batch"
quick = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
odd_text = st.text(st.characters(exclude_categories=()), max_size=40)
scalars = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | odd_text
    | st.sampled_from(["", "\0", "\ud83d", "yes", "answered", 2**63, -(2**63), 10**400, "9" * 5000])
)
anything = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(odd_text, inner, max_size=4),
    max_leaves=12,
)


@pytest.fixture
def phone(aki: User) -> Iterator[Phone]:
    yield Phone(aki)
    assert rows() == 0


def rows() -> int:
    return sum(model.objects.count() for model in (Visit, VisitRevision, ParkedEntry))


def wrong(phone: Phone, doc: object) -> int:
    """The status of a request that must not store anything."""
    answer = phone.post(BATCH, doc)
    assert answer.status_code in (200, 400), answer.content
    if answer.status_code == 200:
        said = {item["status"] for item in answer.json()["items"]}
        assert said <= {"refused", "conflict"}
    return int(answer.status_code)


@quick
@given(anything)
def test_any_json_as_a_batch(phone: Phone, doc: object) -> None:
    assert wrong(phone, doc) == 400


@quick
@given(st.lists(anything, min_size=1, max_size=5))
def test_any_json_as_items(phone: Phone, items: list[object]) -> None:
    assert wrong(phone, batch_of(*items)) == 200


@quick
@given(anything)
def test_any_json_as_an_entry(phone: Phone, entry: object) -> None:
    item = item_of(doc_of(phone.owner, make_shop()))
    assert wrong(phone, batch_of(item | {"entry": entry})) == 200
    assert wrong(phone, batch_of(item | {"entry": json.dumps(entry)})) == 200
    assert wrong(phone, batch_of(item | {"sealed": entry})) == 200


@pytest.mark.parametrize("key", sorted(set(KEYS) - {"uuid", "revision"}))
def test_any_json_in_one_field_is_stored_or_refused_by_name(aki: User, key: str) -> None:
    phone, shop = Phone(aki), make_shop()

    @quick
    @given(anything)
    def send(value: Any) -> None:
        before = rows()
        answer = phone.post(BATCH, batch_of(item_of(doc_of(aki, shop) | {key: value})))
        assert answer.status_code == 200, answer.content
        (said,) = answer.json()["items"]
        if said["status"] == "refused":
            assert said["error"]["message"]
            assert said["error"]["field"] in {key, "alipay", "entry", "sha256"}, said
            assert rows() == before
        else:
            assert said["status"] in ("created", "held")

    send()


DEEP = "[" * 200_000


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"\xff\xfe", b"null", b"NaN", DEEP.encode(), b'{"items":' + DEEP.encode(), b"\0"],
)
def test_bytes_that_are_no_json(phone: Phone, body: bytes) -> None:
    answer = phone.client.post(BATCH, body, content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded"],
)
def test_another_kind_of_content_is_no_error_of_ours(phone: Phone, content_type: str) -> None:
    answer = phone.client.post(BATCH, b"a=b&" * 10, content_type=content_type)
    assert answer.status_code == 400


def test_a_batch_that_is_too_large_or_too_long(phone: Phone) -> None:
    body = b" " * 2_000_001
    assert phone.client.post(BATCH, body, content_type="application/json").status_code == 400
    assert phone.post(BATCH, batch_of(*[None] * 201)).status_code == 400
    assert phone.post(BATCH, batch_of()).status_code == 400


def test_what_is_not_in_the_contract_is_not_written(aki: User) -> None:
    """Mass assignment: keys named like columns change nothing."""
    phone = Phone(aki)
    extra: Doc = {
        "state": "approved", "worker": 1, "worker_id": 1, "received_at": "2020-01-01T00:00:00Z",
        "observed_at": "2020-01-01T00:00:00Z", "photos_declared": 8, "digest": "x", "id": 7,
        "is_new": True,
    }  # fmt: skip
    sent = new_shop(ward="26100", created_by=1, merged_into=1, ward_source="address")
    doc = doc_of(aki, phone_shop := doc_of(aki, make_shop())["uuid"], new_shop=sent) | extra
    assert phone.statuses(item_of(doc)) == ["created"]
    visit = Visit.objects.get()
    assert (visit.state, visit.worker, visit.photos_declared) == ("submitted", aki, 0)
    assert visit.observed_at.year == 2026
    assert str(visit.shop.uuid) == phone_shop
    assert (visit.shop.ward_id, visit.shop.created_by, visit.shop.merged_into) == (
        "13102",
        aki,
        None,
    )
    assert Shop.objects.count() == 2


def test_half_a_sign_and_a_zero_byte_are_mended_not_refused(aki: User) -> None:
    doc = doc_of(aki, make_shop(), note="a\ud83d\0b")
    item = item_of(doc_of(aki, make_shop()))
    text = json.dumps(doc)  # escapes keep the half sign whole on its way
    digest = hashlib.sha256(text.encode()).hexdigest()
    item |= {"uuid": doc["uuid"], "entry": text, "sha256": digest}
    assert Phone(aki).statuses(item) == ["created"]
    assert Visit.objects.get().note == "a\ufffdb"
