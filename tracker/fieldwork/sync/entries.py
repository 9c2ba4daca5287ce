"""An entry as a phone wrote it: its envelope, and in it what was said. docs/field-app.md."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _

from tracker.errors import Invalid
from tracker.fieldwork.entry import FIELDS, OFFSET, Entry, Field, VisitEntry, fields_of
from tracker.fieldwork.kinds.several import LAT_E7, LON_E7
from tracker.fieldwork.kinds.single import Kind, OneOf, Text, Uuid, Whole
from tracker.fieldwork.kinds.values import Json, as_object, clean, json_object, whole
from tracker.fieldwork.sync.clock import observed_at
from tracker.fieldwork.validators import check_answers, check_routes
from tracker.places.kinds import Segment

VERSION = 1
LARGEST_REVISION = 32_767  # of its column


@dataclass(frozen=True)
class NewShop:
    """A shop that the worker adds with the entry."""

    name: Annotated[str, Text(limit=200, is_needed=True)]
    segment: Annotated[Segment, OneOf(of=Segment, is_needed=True)]
    floor: Annotated[str, Text(limit=10)]
    address: Annotated[str, Text(limit=300)]
    lat_e7: Annotated[int, Whole(low=-LAT_E7, high=LAT_E7, is_needed=True)]
    lon_e7: Annotated[int, Whole(low=-LON_E7, high=LON_E7, is_needed=True)]


SHOP_FIELDS = fields_of(NewShop)


@dataclass(frozen=True)
class ShopAdded(Kind):
    below = tuple(one.name for one in SHOP_FIELDS)

    def read(self, value: object, name: str) -> NewShop | None:
        if value is None:
            return None
        given = as_object(value, name)
        told = {one.name: one.kind.of_key(given, one.name, name) for one in SHOP_FIELDS}
        told["name"] = told["name"].strip()
        if not told["name"]:
            raise Invalid(_("A new shop needs a name."), field=name)
        return NewShop(**told)


class Came(NamedTuple):
    """How an entry came."""

    sha256: str  # of the bytes as sent
    received_at: datetime
    offset_ms: int | None  # server minus phone, of the batch: for a phone that never measured it


@dataclass(frozen=True, kw_only=True)
class PhoneEntry(Entry):
    """An entry with its envelope, before the server knows its shop."""

    uuid: Annotated[UUID, Uuid(is_needed=True)]
    revision: Annotated[int, Whole(low=1, high=LARGEST_REVISION, is_needed=True)]
    owner: Annotated[int, Whole(low=1, high=2**63 - 1, is_needed=True)]
    shop: Annotated[UUID, Uuid(is_needed=True)]
    new_shop: Annotated[NewShop | None, ShopAdded()]
    offset_ms: Annotated[int | None, OFFSET]
    content: Json  # the same as JSON: for keeping while it waits
    came: Came

    def of_shop(self, shop_id: int) -> VisitEntry:
        return VisitEntry(self.uuid, shop_id, self, self.came.sha256)


ENVELOPE = fields_of(PhoneEntry)
SAID = tuple(one for one in FIELDS if one.is_sent)
# Every key that is read, and those below it. Whatever else a phone sends is not kept.
KEYS: dict[str, tuple[str, ...]] = {
    "v": (),
    **{one.name: one.kind.below for one in (*ENVELOPE, *SAID)},
}


def read_entry(data: bytes, came: Came) -> PhoneEntry:
    """The entry in these bytes. Raises Invalid for the first field that cannot be right."""
    return entry_from(json_object(data, "entry"), came)


def entry_from(doc: Json, came: Came) -> PhoneEntry:
    """The entry of a JSON object."""
    whole(doc.get("v"), "v", VERSION, VERSION)
    envelope, said = _read(ENVELOPE, doc), _read(SAID, doc)
    check_answers(said["outcome"], said["answers"])
    check_routes(said["outcome"], said["routes"])
    offset = came.offset_ms if envelope["offset_ms"] is None else envelope["offset_ms"]
    return PhoneEntry(
        **envelope,
        **said,
        observed_at=observed_at(said["device_time"], offset, received_at=came.received_at),
        clock_offset_ms=offset,
        is_from_app=True,
        content=_known_part(doc),
        came=came,
    )


def _read(fields: Iterable[Field], doc: Mapping[str, object]) -> dict[str, Any]:
    return {one.name: one.kind.of_key(doc, one.name) for one in fields}


def _known_part(doc: Json) -> Json:
    """The keys that were judged, without those that nobody reads."""
    kept: Json = {}
    for name, below in KEYS.items():
        value = doc.get(name)
        if below and isinstance(value, dict):
            kept[name] = {key: _kept(value[key]) for key in below if key in value}
        elif value is not None:
            kept[name] = _kept(value)
    return kept


def _kept(value: object) -> object:
    return clean(value) if isinstance(value, str) else value
