"""Kinds that hold one value under its own name: text, a number, one of a list, a moment. Pure.

A kind says how a phone's JSON is judged, what is kept of it as JSON, how that is read again, and
which columns of a row hold it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import TextChoices

from tracker.fieldwork.kinds.values import LARGEST_INT, choice, moment_of, text, uuid_of, whole

Content = dict[str, str | int | list[str] | None]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A value that is kept as it is, under its own name, as JSON and in a column."""

    EMPTY: ClassVar[object] = None  # stands for a key that is not there
    below: ClassVar[tuple[str, ...]] = ()  # keys of the object that a phone sends

    is_needed: bool = False

    def of_key(self, doc: Mapping[str, object], key: str, name: str = "") -> Any:
        """The value under this key, judged; Invalid with `name`, which mostly is the key."""
        return self.read(doc.get(key, None if self.is_needed else self.EMPTY), name or key)

    def read(self, value: object, name: str) -> Any:
        raise NotImplementedError

    def as_json(self, name: str, value: Any) -> Content:
        return {name: value}

    def from_json(self, name: str, content: Mapping[str, Any]) -> Any:
        """What `as_json` made; a key that was not known then reads as empty."""
        return content.get(name, self.EMPTY)

    def columns(self, name: str, value: Any) -> dict[str, Any]:
        return self.as_json(name, value)

    def column_names(self, name: str) -> tuple[str, ...]:
        return (name,)


@dataclass(frozen=True, kw_only=True)
class Text(Kind):
    EMPTY: ClassVar[object] = ""
    limit: int

    def read(self, value: object, name: str) -> str:
        return text(value, name, self.limit)


@dataclass(frozen=True, kw_only=True)
class Whole(Kind):
    low: int
    high: int = LARGEST_INT

    def read(self, value: object, name: str) -> int | None:
        if value is None and not self.is_needed:
            return None
        return whole(value, name, self.low, self.high)


@dataclass(frozen=True, kw_only=True)
class OneOf(Kind):
    """One of a closed list; where none is needed, a plain string that may be empty."""

    EMPTY: ClassVar[object] = ""
    of: type[TextChoices]

    @cached_property
    def allowed(self) -> tuple[str, ...]:
        """Kept: `.values` asks every label for its translation."""
        return tuple(self.of.values) if self.is_needed else ("", *self.of.values)

    def read(self, value: object, name: str) -> str:
        return self._member(choice(value, name, self.allowed))

    def as_json(self, name: str, value: str) -> Content:
        return {name: str(value)}

    def from_json(self, name: str, content: Mapping[str, Any]) -> str:
        return self._member(content.get(name, self.EMPTY))

    def _member(self, value: str) -> str:
        return self.of(value) if self.is_needed else value


@dataclass(frozen=True)
class Moment(Kind):
    """None is a time that tells nothing: a clock that is centuries off."""

    def read(self, value: object, name: str) -> datetime | None:
        return moment_of(value, name)

    def as_json(self, name: str, value: datetime | None) -> Content:
        return {name: value.isoformat() if value else None}

    def from_json(self, name: str, content: Mapping[str, Any]) -> datetime | None:
        value = content.get(name)
        return datetime.fromisoformat(value) if value else None

    def columns(self, name: str, value: datetime | None) -> dict[str, Any]:
        return {name: value}


@dataclass(frozen=True)
class Uuid(Kind):
    def read(self, value: object, name: str) -> UUID:
        return uuid_of(value, name)
