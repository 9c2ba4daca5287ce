"""What a phone reads: a receipt that names what is stored, or a reason, and never both."""

from dataclasses import FrozenInstanceError
from uuid import UUID

import pytest

from tracker.errors import Invalid, Refused
from tracker.fieldwork.sync.answers import (
    WITH_RECEIPT,
    ItemAnswer,
    Status,
    conflict,
    refused,
    stored,
)
from tracker.fieldwork.sync.batches import BadItem, SentItem

pytestmark = pytest.mark.once
UUID_TEXT = "0198c0de-0000-4000-8000-000000000001"
ITEM = SentItem(UUID(UUID_TEXT), 3, "a" * 64, b"{}", is_sealed=False)
KEPT = (Status.CREATED, Status.REPLAYED, Status.PARKED)


@pytest.mark.parametrize("status", KEPT)
def test_what_is_kept_has_a_receipt_of_uuid_revision_and_content(status: Status) -> None:
    """With it the phone forgets the entry: it must name exactly what is stored."""
    assert stored(ITEM, status).as_json() == {
        "uuid": UUID_TEXT,
        "revision": 3,
        "status": status.value,
        "receipt": {"uuid": UUID_TEXT, "revision": 3, "sha256": "a" * 64},
        "error": None,
    }


@pytest.mark.parametrize(
    "other",
    [
        SentItem(UUID(int=ITEM.uuid.int + 1), 3, "a" * 64, b"{}", is_sealed=False),
        SentItem(ITEM.uuid, 4, "a" * 64, b"{}", is_sealed=False),
        SentItem(ITEM.uuid, 3, "b" * 64, b"{}", is_sealed=False),
    ],
)
def test_no_two_items_have_the_same_receipt(other: SentItem) -> None:
    ours, theirs = (stored(item, Status.CREATED).as_json()["receipt"] for item in (ITEM, other))
    assert ours != theirs


def test_what_stands_in_the_way_is_a_conflict_without_a_receipt() -> None:
    assert conflict(ITEM, "Another entry has this number.").as_json() == {
        "uuid": UUID_TEXT,
        "revision": 3,
        "status": "conflict",
        "receipt": None,
        "error": {"field": "", "message": "Another entry has this number."},
    }


@pytest.mark.parametrize(
    ("error", "field"), [(Invalid("No.", field="note"), "note"), (Refused("No."), "")]
)
@pytest.mark.parametrize(
    "item", [ITEM, BadItem(UUID_TEXT, 3, Invalid("No."))], ids=["sent", "unreadable"]
)
def test_what_cannot_be_right_is_refused_with_its_field(
    item: SentItem | BadItem, error: Invalid | Refused, field: str
) -> None:
    assert refused(item, error).as_json() == {
        "uuid": UUID_TEXT,
        "revision": 3,
        "status": "refused",
        "receipt": None,
        "error": {"field": field, "message": "No."},
    }


def test_only_what_is_kept_has_a_receipt() -> None:
    assert set(KEPT) == WITH_RECEIPT
    assert [status.value for status in Status] == [
        "created", "replayed", "held", "conflict", "refused",
    ]  # fmt: skip


def test_an_answer_says_nothing_it_was_not_told() -> None:
    bare = ItemAnswer("u", 1, Status.REFUSED)
    assert (bare.sha256, bare.field, bare.message) == ("", "", "")


def test_a_receipt_does_not_change_after_it_was_given() -> None:
    answer = stored(ITEM, Status.CREATED)
    with pytest.raises(FrozenInstanceError):
        answer.sha256 = "b" * 64  # type: ignore[misc]
