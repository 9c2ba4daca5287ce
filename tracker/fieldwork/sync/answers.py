"""What the server says to one item of a batch. A receipt lets the phone forget the entry."""

from dataclasses import dataclass
from enum import StrEnum

from tracker.errors import Invalid, TrackerError
from tracker.fieldwork.sync.batches import BadItem, SentItem


class Status(StrEnum):
    CREATED = "created"
    REPLAYED = "replayed"
    PARKED = "held"
    CONFLICT = "conflict"
    REFUSED = "refused"


WITH_RECEIPT = frozenset({Status.CREATED, Status.REPLAYED, Status.PARKED})


@dataclass(frozen=True)
class ItemAnswer:
    """`sha256` is of the bytes that are stored; `field` and `message` say what is wrong."""

    uuid: str
    revision: int
    status: Status
    sha256: str = ""
    field: str = ""
    message: str = ""

    def as_json(self) -> dict[str, object]:
        has_receipt = self.status in WITH_RECEIPT
        return {
            "uuid": self.uuid,
            "revision": self.revision,
            "status": self.status.value,
            "receipt": (
                {"uuid": self.uuid, "revision": self.revision, "sha256": self.sha256}
                if has_receipt
                else None
            ),
            "error": None if has_receipt else {"field": self.field, "message": self.message},
        }


def stored(item: SentItem, status: Status) -> ItemAnswer:
    """The item is kept: its receipt."""
    return ItemAnswer(str(item.uuid), item.revision, status, sha256=item.sha256)


def conflict(item: SentItem, message: str) -> ItemAnswer:
    """Something else stands where the item should go."""
    return ItemAnswer(str(item.uuid), item.revision, Status.CONFLICT, message=message)


def refused(item: SentItem | BadItem, error: TrackerError) -> ItemAnswer:
    """The item cannot be right."""
    field = error.field if isinstance(error, Invalid) else ""
    return ItemAnswer(
        str(item.uuid), item.revision, Status.REFUSED, field=field, message=error.message
    )
