"""A batch as a phone sends it: up to 200 envelopes, each with the names it must answer to."""

import base64
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from tracker.errors import Invalid
from tracker.fieldwork.kinds.values import (
    Json,
    as_list,
    as_object,
    moment_of,
    sha256_of,
    uuid_of,
    whole,
)
from tracker.fieldwork.sync.clock import offset_between
from tracker.fieldwork.sync.entries import LARGEST_REVISION

ITEM_LIMIT = 200
BATCH_BYTES = 2_000_000


@dataclass(frozen=True)
class SentItem:
    """One entry on its way: `data` is an envelope where `is_sealed`, else the entry itself."""

    uuid: UUID
    revision: int
    sha256: str
    data: bytes
    is_sealed: bool

    @property
    def key(self) -> tuple[UUID, int]:
        return self.uuid, self.revision


@dataclass(frozen=True)
class BadItem:
    """An item that does not even say what it is; what could be read of its names."""

    uuid: str
    revision: int
    problem: Invalid


@dataclass(frozen=True)
class Batch:
    items: list[SentItem | BadItem]
    offset_ms: int | None  # server minus phone, by the moment of sending


def read_batch(doc: Json, *, at: datetime) -> Batch:
    """Raises Invalid where the batch as a whole cannot be read; bad items come back as such."""
    items = as_list(doc.get("items"), "items")
    if not 1 <= len(items) <= ITEM_LIMIT:
        raise Invalid(
            _("A batch holds 1 to %(limit)s entries.") % {"limit": ITEM_LIMIT}, field="items"
        )
    sent_at = moment_of(doc.get("sent_at"), "sent_at")
    return Batch([_item(item) for item in items], offset_between(at, sent_at))


def _item(value: object) -> SentItem | BadItem:
    uuid, revision = "", 0
    try:
        given = as_object(value, "items")
        found = uuid_of(given.get("uuid"), "uuid")
        uuid = str(found)
        revision = whole(given.get("revision"), "revision", 1, LARGEST_REVISION)
        sha256 = sha256_of(given.get("sha256"), "sha256")
        if "sealed" in given:
            return SentItem(found, revision, sha256, from_base64(given["sealed"], "sealed"), True)
        return SentItem(found, revision, sha256, _plain(given.get("entry")), False)
    except Invalid as problem:
        return BadItem(uuid, revision, problem)


def _plain(value: object) -> bytes:
    if not isinstance(value, str):
        raise Invalid(_("There is no entry in this item."), field="sealed")
    return value.encode("utf-8", "replace")


def from_base64(value: object, name: str) -> bytes:
    """Bytes of base64 in the standard alphabet, padded."""
    try:
        if isinstance(value, str):
            return base64.b64decode(value, validate=True)
    except ValueError:
        pass
    raise Invalid(_("“%(name)s” must be base64.") % {"name": name}, field=name)
