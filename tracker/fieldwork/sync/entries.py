"""An entry as a phone wrote it, field by field. docs/field-app.md shows its JSON."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from math import isfinite
from typing import TypeVar
from uuid import UUID

from django.utils.translation import gettext as _

from tracker.errors import Invalid
from tracker.fieldwork.entry import Fix, NewShop
from tracker.fieldwork.sync.clock import LARGEST_OFFSET_MS
from tracker.fieldwork.validators import NOTE_LIMIT, PHOTO_LIMIT, check_answers
from tracker.fieldwork.values import (
    LARGEST_INT,
    Json,
    as_list,
    as_object,
    choice,
    clean,
    json_object,
    moment_of,
    sha256_of,
    text,
    uuid_of,
    whole,
)
from tracker.places.kinds import Segment
from tracker.survey.answers import Answer, Evidence, NoPhoto, Notice
from tracker.survey.outcomes import Outcome
from tracker.survey.traits import Trait

T = TypeVar("T")
VERSION = 1
LARGEST_REVISION = 32_767  # of its column
# `.values` of a closed list asks every label for its translation: once is enough.
OUTCOMES, ANSWERS, SEGMENTS, TRAITS = (
    tuple(kind.values) for kind in (Outcome, Answer, Segment, Trait)
)
EVIDENCES, NOTICES, NO_PHOTOS = (("", *kind.values) for kind in (Evidence, Notice, NoPhoto))
LAT_E7, LON_E7 = 900_000_000, 1_800_000_000
FIX_KEYS = ("lat_e7", "lon_e7", "accuracy_m")
# Every key that is read, and those below it. Whatever else a phone sends is not kept.
KEYS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ("v", "uuid", "revision", "owner", "shop", "outcome", "evidence", "note", "device_time",
         "offset_ms", "filled_ms", "notice", "no_photo", "photos"),
        (),
    ),
    "new_shop": ("name", "segment", "floor", "address", "lat_e7", "lon_e7"),
    "answers": TRAITS,
    "open_fix": FIX_KEYS,
    "fix": FIX_KEYS,
}  # fmt: skip


@dataclass(frozen=True)
class PhoneEntry:
    """What the phone says, before the server knows its shop or corrected its clock."""

    uuid: UUID
    revision: int
    owner: int
    shop: UUID
    new_shop: NewShop | None
    outcome: Outcome
    answers: dict[Trait, Answer]
    evidence: str
    note: str
    device_time: datetime | None
    offset_ms: int | None
    filled_ms: int | None
    open_fix: Fix | None
    fix: Fix | None
    notice: str
    no_photo: str
    photos: tuple[str, ...]
    content: Json  # the same as JSON: for keeping while it waits


def read_entry(data: bytes) -> PhoneEntry:
    """The entry in these bytes. Raises Invalid for the first field that cannot be right."""
    return entry_from(json_object(data, "entry"))


def entry_from(doc: Json) -> PhoneEntry:
    """The entry of a JSON object."""
    whole(doc.get("v"), "v", VERSION, VERSION)
    device_time = moment_of(doc.get("device_time"), "device_time")
    outcome = Outcome(choice(doc.get("outcome"), "outcome", OUTCOMES))
    answers = _answers(doc.get("answers", {}))
    check_answers(outcome, answers)
    return PhoneEntry(
        uuid=uuid_of(doc.get("uuid"), "uuid"),
        revision=whole(doc.get("revision"), "revision", 1, LARGEST_REVISION),
        owner=whole(doc.get("owner"), "owner", 1, 2**63 - 1),
        shop=uuid_of(doc.get("shop"), "shop"),
        new_shop=_new_shop(doc.get("new_shop")),
        outcome=outcome,
        answers=answers,
        evidence=choice(doc.get("evidence", ""), "evidence", EVIDENCES),
        note=text(doc.get("note", ""), "note", NOTE_LIMIT),
        device_time=device_time,
        offset_ms=_optional(
            doc, "offset_ms", lambda v, n: whole(v, n, -LARGEST_OFFSET_MS, LARGEST_OFFSET_MS)
        ),
        filled_ms=_optional(doc, "filled_ms", lambda v, n: whole(v, n, 0, LARGEST_INT)),
        open_fix=_optional(doc, "open_fix", _fix),
        fix=_optional(doc, "fix", _fix),
        notice=choice(doc.get("notice", ""), "notice", NOTICES),
        no_photo=choice(doc.get("no_photo", ""), "no_photo", NO_PHOTOS),
        photos=_photos(doc.get("photos", [])),
        content=_known_part(doc),
    )


def _optional(doc: Json, name: str, read: Callable[[object, str], T]) -> T | None:
    value = doc.get(name)
    return None if value is None else read(value, name)


def _answers(value: object) -> dict[Trait, Answer]:
    """Every trait has an answer; one that is not there was not checked."""
    given = as_object(value, "answers")
    if unknown := given.keys() - set(TRAITS):
        raise Invalid(
            _("“answers” knows no question %(name)s.")
            % {"name": text(min(unknown), "answers", 40)},
            field="answers",
        )
    return {
        trait: Answer(choice(given.get(trait.value, "not_checked"), trait.value, ANSWERS))
        for trait in Trait
    }


def _fix(value: object, name: str) -> Fix:
    given = as_object(value, name)
    accuracy = given.get("accuracy_m")
    if isinstance(accuracy, float) and isfinite(accuracy):
        accuracy = round(accuracy)  # browsers give fractions of a metre
    return Fix(
        lat_e7=whole(given.get("lat_e7"), name, -LAT_E7, LAT_E7),
        lon_e7=whole(given.get("lon_e7"), name, -LON_E7, LON_E7),
        accuracy_m=None if accuracy is None else whole(accuracy, name, 0, LARGEST_INT),
    )


def _new_shop(value: object) -> NewShop | None:
    if value is None:
        return None
    given = as_object(value, "new_shop")
    name = text(given.get("name"), "new_shop", 200).strip()
    if not name:
        raise Invalid(_("A new shop needs a name."), field="new_shop")
    return NewShop(
        name=name,
        segment=Segment(choice(given.get("segment"), "new_shop", SEGMENTS)),
        floor=text(given.get("floor", ""), "new_shop", 10),
        address=text(given.get("address", ""), "new_shop", 300),
        lat_e7=whole(given.get("lat_e7"), "new_shop", -LAT_E7, LAT_E7),
        lon_e7=whole(given.get("lon_e7"), "new_shop", -LON_E7, LON_E7),
    )


def _photos(value: object) -> tuple[str, ...]:
    hashes = tuple(sha256_of(item, "photos") for item in as_list(value, "photos"))
    if len(hashes) > PHOTO_LIMIT or len(set(hashes)) < len(hashes):
        raise Invalid(
            _("An entry has at most %(limit)s photos, each once.") % {"limit": PHOTO_LIMIT},
            field="photos",
        )
    return hashes


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
