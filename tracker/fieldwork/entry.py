"""What was said of a shop: the one shape of an entry.

A line of `Entry` is one thing that is said: its kind tells how a phone's JSON is judged, what a
revision keeps of it and which column of `Visit` holds it. Phone, form, revision, row and the
table in docs/field-app.md read these lines. A line more, and a column of that name: that is a
new field, and what was kept before reads as empty.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Annotated, Any, NamedTuple, get_type_hints
from uuid import UUID

from tracker.fieldwork.kinds.several import Answers, AtTheTill, Hashes, Position
from tracker.fieldwork.kinds.single import Content, Kind, Moment, OneOf, Text, Whole
from tracker.places.grid import Fix
from tracker.survey.answers import Answer, Evidence, NoPhoto, Notice
from tracker.survey.outcomes import Outcome
from tracker.survey.routes import Routes
from tracker.survey.traits import Trait

NOTE_LIMIT = 2000  # characters
PHOTO_LIMIT = 8  # of one entry
LARGEST_OFFSET_MS = 10**14  # three thousand years: beyond every clock, within every column
OFFSET = Whole(low=-LARGEST_OFFSET_MS, high=LARGEST_OFFSET_MS)


class Mark(Enum):
    BY_APP = auto()  # the web form does not know it, and keeps nothing of it
    NOT_SENT = auto()  # the server finds it out


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What one worker said of one shop at one moment."""

    outcome: Annotated[Outcome, OneOf(of=Outcome, is_needed=True)]
    evidence: Annotated[str, OneOf(of=Evidence)] = ""
    note: Annotated[str, Text(limit=NOTE_LIMIT)] = ""
    observed_at: Annotated[datetime, Moment(), Mark.NOT_SENT]
    opened_at: Annotated[datetime | None, Moment(), Mark.NOT_SENT] = None  # the web form
    fix: Annotated[Fix | None, Position()] = None
    answers: Annotated[Mapping[Trait, Answer], Answers()]
    routes: Annotated[Routes, AtTheTill()] = ()
    device_time: Annotated[datetime | None, Moment(is_needed=True), Mark.BY_APP] = None
    # Server minus phone.
    clock_offset_ms: Annotated[int | None, OFFSET, Mark.BY_APP, Mark.NOT_SENT] = None
    # From open to save, by a monotonic clock.
    filled_ms: Annotated[int | None, Whole(low=0), Mark.BY_APP] = None
    open_fix: Annotated[Fix | None, Position(), Mark.BY_APP] = None  # where the form was opened
    notice: Annotated[str, OneOf(of=Notice), Mark.BY_APP] = ""
    no_photo: Annotated[str, OneOf(of=NoPhoto), Mark.BY_APP] = ""
    photos: Annotated[tuple[str, ...], Hashes(limit=PHOTO_LIMIT), Mark.BY_APP] = ()
    is_from_app: bool = False

    def columns(self) -> dict[str, Any]:
        """Column of `Visit` → its value. The web form leaves alone what only the app knows."""
        columns: dict[str, Any] = {}
        for name, kind, *_marks in KEPT[self.is_from_app]:
            columns |= kind.columns(name, getattr(self, name))
        return columns


class Field(NamedTuple):
    """One line of a shape."""

    name: str
    kind: Kind
    is_by_app: bool
    is_sent: bool


def fields_of(shape: type) -> tuple[Field, ...]:
    """The lines of a shape itself that name a kind, in their order."""
    hints = get_type_hints(shape, include_extras=True)
    found = []
    for name in shape.__annotations__:
        if extras := getattr(hints[name], "__metadata__", ()):
            is_by_app, is_sent = Mark.BY_APP in extras, Mark.NOT_SENT not in extras
            found.append(Field(name, extras[0], is_by_app, is_sent))
    return tuple(found)


FIELDS = fields_of(Entry)
KEPT = {True: FIELDS, False: tuple(one for one in FIELDS if not one.is_by_app)}
COLUMNS = tuple(column for one in FIELDS for column in one.kind.column_names(one.name))


def said_in(content: Mapping[str, Any]) -> Entry:
    """What was said in a revision, however old; the shop is not part of it."""
    is_from_app = "device_time" in content
    kept = {one.name: one.kind.from_json(one.name, content) for one in KEPT[is_from_app]}
    return Entry(**kept, is_from_app=is_from_app)


@dataclass(frozen=True, kw_only=True)
class Corrected:
    """What a moderator may put right: fields of `Entry`, each complete."""

    outcome: Outcome
    answers: Mapping[Trait, Answer]
    routes: Routes

    def columns(self) -> dict[str, Any]:
        """Column of `Visit` → its value."""
        columns: dict[str, Any] = {}
        for name, kind in CORRECTED:
            columns |= kind.columns(name, getattr(self, name))
        return columns

    def changes(self, said: Entry) -> dict[str, list[Any]]:
        """Key of a revision → what stands there now and what should; None: nothing."""
        old, new = (_content_of(one) for one in (said, self))
        return {
            key: [old.get(key), new.get(key)] for key in old | new if old.get(key) != new.get(key)
        }


CORRECTED = tuple((one.name, one.kind) for one in FIELDS if one.name in Corrected.__annotations__)


def _content_of(said: Entry | Corrected) -> Content:
    content: Content = {}
    for name, kind in CORRECTED:
        content |= kind.as_json(name, getattr(said, name))
    return content


@dataclass(frozen=True)
class VisitEntry:
    """An entry with its identity: the UUID it was given, and the shop it is about."""

    uuid: UUID
    shop_id: int
    said: Entry
    sent_sha256: str = ""  # of the bytes as a phone made them

    def content(self) -> Content:
        """As plain JSON: kept per revision, and the base of its digest."""
        content: Content = {"shop": self.shop_id}
        for name, kind, *_marks in KEPT[self.said.is_from_app]:
            content |= kind.as_json(name, getattr(self.said, name))
        return content


def content_digest(content: Content) -> str:
    """SHA-256 of the content in a fixed JSON form: the same entry gives the same digest."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
