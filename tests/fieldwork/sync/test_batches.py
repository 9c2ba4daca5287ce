"""A batch as JSON: what is read of each item, and what is said of what cannot be read."""

from dataclasses import FrozenInstanceError
from typing import Any
from uuid import UUID

import pytest

from tests.factories import NOON
from tracker.errors import Invalid
from tracker.fieldwork.sync.batches import BadItem, Batch, SentItem, read_batch

pytestmark = pytest.mark.once
UUID_TEXT = "0198c0de-0000-4000-8000-000000000001"
PLAIN = {"uuid": UUID_TEXT, "revision": 2, "sha256": "a" * 64, "entry": '{"note":"千"}'}
SEALED = {"uuid": UUID_TEXT, "revision": 2, "sha256": "b" * 64, "sealed": "TlJTMQ=="}


def read(*items: object, sent_at: object = "2026-03-14T02:59:58.500Z") -> Batch:
    return read_batch({"items": list(items), "sent_at": sent_at}, at=NOON)


def only(item: object) -> SentItem | BadItem:
    (found,) = read(item).items
    return found


def test_an_entry_that_lies_open_is_its_bytes() -> None:
    assert only(PLAIN) == SentItem(
        uuid=UUID(UUID_TEXT),
        revision=2,
        sha256="a" * 64,
        data='{"note":"千"}'.encode(),
        is_sealed=False,
    )


def test_a_sealed_entry_is_its_envelope_and_goes_before_an_open_one() -> None:
    expected = SentItem(UUID(UUID_TEXT), 2, "b" * 64, b"NRS1", is_sealed=True)
    assert only(SEALED) == expected
    assert only(SEALED | {"entry": "{}"}) == expected
    assert expected.key == (UUID(UUID_TEXT), 2)


def test_half_a_sign_in_an_open_entry_does_not_stop_the_batch() -> None:
    found = only(PLAIN | {"entry": "\ud83d"})
    assert isinstance(found, SentItem)
    assert found.data == b"?"


def test_the_batch_shows_how_far_the_phone_is_behind() -> None:
    assert read(PLAIN).offset_ms == 1500
    assert read(PLAIN, sent_at="2199-01-01T00:00:00Z").offset_ms is not None
    assert read(PLAIN, sent_at="2026-02-30T00:00:00Z").offset_ms is None  # no such day
    late = read_batch({"items": [PLAIN], "sent_at": "2026-03-14T03:00:00Z"}, at=NOON)
    assert late.offset_ms == 0


@pytest.mark.parametrize("count", [1, 200])
def test_a_batch_holds_up_to_two_hundred(count: int) -> None:
    assert len(read(*[PLAIN] * count).items) == count


def broken(doc: dict[str, Any]) -> Invalid:
    with pytest.raises(Invalid) as caught:
        read_batch(doc, at=NOON)
    return caught.value


@pytest.mark.parametrize("count", [0, 201])
def test_an_empty_and_a_longer_batch_are_refused_as_a_whole(count: int) -> None:
    error = broken({"items": [PLAIN] * count, "sent_at": "2026-03-14T03:00:00Z"})
    assert (error.field, error.message) == ("items", "A batch holds 1 to 200 entries.")


@pytest.mark.parametrize("items", [None, {}, "x", 5])
def test_a_batch_without_a_list_is_refused(items: object) -> None:
    error = broken({"items": items, "sent_at": "2026-03-14T03:00:00Z"})
    assert (error.field, error.message) == ("items", "“items” must be a list.")


@pytest.mark.parametrize("sent_at", [None, "", "noon", 1_700_000_000])
def test_a_batch_without_its_moment_is_refused(sent_at: object) -> None:
    error = broken({"items": [PLAIN], "sent_at": sent_at})
    assert error.field == "sent_at"
    assert error.message == "“sent_at” must be a time such as 2026-11-25T01:02:03.456Z."


BAD: list[tuple[object, str, int, str, str]] = [
    (None, "", 0, "items", "“items” must be an object."),
    ([], "", 0, "items", "“items” must be an object."),
    ({}, "", 0, "uuid", "“uuid” must be a UUID."),
    (PLAIN | {"uuid": "x"}, "", 0, "uuid", "“uuid” must be a UUID."),
    (PLAIN | {"revision": 0}, UUID_TEXT, 0, "revision",
     "“revision” must be a whole number from 1 to 32767."),
    (PLAIN | {"revision": 32_768}, UUID_TEXT, 0, "revision",
     "“revision” must be a whole number from 1 to 32767."),
    (PLAIN | {"revision": True}, UUID_TEXT, 0, "revision",
     "“revision” must be a whole number from 1 to 32767."),
    (PLAIN | {"sha256": "a"}, UUID_TEXT, 2, "sha256",
     "“sha256” must be a SHA-256: 64 digits of 0–9 and a–f."),
    (PLAIN | {"entry": None}, UUID_TEXT, 2, "sealed", "There is no entry in this item."),
    (PLAIN | {"sealed": None}, UUID_TEXT, 2, "sealed", "“sealed” must be base64."),
    (SEALED | {"sealed": "TlJTMQ"}, UUID_TEXT, 2, "sealed", "“sealed” must be base64."),
    (SEALED | {"sealed": "TlJT MQ=="}, UUID_TEXT, 2, "sealed", "“sealed” must be base64."),
    (SEALED | {"sealed": "千"}, UUID_TEXT, 2, "sealed", "“sealed” must be base64."),
]  # fmt: skip


@pytest.mark.parametrize(("item", "uuid", "revision", "field", "message"), BAD)
def test_a_bad_item_keeps_what_could_be_read_of_its_names(
    item: object, uuid: str, revision: int, field: str, message: str
) -> None:
    first, found, last = read(PLAIN, item, SEALED).items
    assert isinstance(found, BadItem)
    assert (found.uuid, found.revision) == (uuid, revision)
    assert (found.problem.field, found.problem.message) == (field, message)
    assert (first, last) == (only(PLAIN), only(SEALED))


@pytest.mark.parametrize("revision", [1, 32_767])
def test_every_revision_that_the_column_holds_is_read(revision: int) -> None:
    found = only(PLAIN | {"revision": revision})
    assert isinstance(found, SentItem)
    assert found.revision == revision


def test_what_was_read_does_not_change_on_its_way() -> None:
    batch = read(PLAIN, None)
    for thing, name in ((batch, "offset_ms"), (batch.items[0], "sha256"), (batch.items[1], "uuid")):
        with pytest.raises(FrozenInstanceError):
            setattr(thing, name, "x")
