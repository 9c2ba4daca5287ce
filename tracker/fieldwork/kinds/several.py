"""Kinds that hold several values: a position, the answers, the hashes of files. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import isfinite
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from tracker.errors import Invalid
from tracker.fieldwork.kinds.single import Content, Kind
from tracker.fieldwork.kinds.values import (
    LARGEST_INT,
    as_list,
    as_object,
    choice,
    sha256_of,
    text,
    whole,
)
from tracker.places.grid import Fix
from tracker.survey.answers import Answer
from tracker.survey.routes import NOTHING_SEEN, Route, Routes, bits_of
from tracker.survey.specs import TRAITS
from tracker.survey.traits import Trait

LAT_E7, LON_E7 = 900_000_000, 1_800_000_000


@cache
def parts_of(name: str) -> tuple[str, ...]:
    """The keys and columns of a position: those of `open_fix` are `open_lat_e7` and so on."""
    return tuple(name.removesuffix("fix") + part for part in Fix._fields)


def fix_in(content: Mapping[str, Any], name: str) -> Fix | None:
    """The position of this name in a revision, or in the columns of a row."""
    lat, lon, accuracy = parts_of(name)
    if content.get(lat) is None or content.get(lon) is None:
        return None
    return Fix(content[lat], content[lon], content.get(accuracy))


def answers_in(content: Mapping[str, Any]) -> dict[str, str]:
    """Trait → answer in the content of a revision, in the order of the traits.

    A trait that the survey did not ask for when this was written was not checked.
    """
    return {trait: content.get(trait, Answer.NOT_CHECKED.value) for trait in TRAITS}


def route_bits_in(content: Mapping[str, Any]) -> int | None:
    """The routes in the content of a revision as a column keeps them; None: not asked."""
    return bits_of(tuple(map(Route, content.get("routes", ()))))


@dataclass(frozen=True)
class Position(Kind):
    """A `Fix`, kept in its parts."""

    below: ClassVar[tuple[str, ...]] = Fix._fields

    def read(self, value: object, name: str) -> Fix | None:
        if value is None:
            return None
        given = as_object(value, name)
        accuracy = given.get("accuracy_m")
        if isinstance(accuracy, float) and isfinite(accuracy):
            accuracy = round(accuracy)  # browsers give fractions of a metre
        return Fix(
            lat_e7=whole(given.get("lat_e7"), name, -LAT_E7, LAT_E7),
            lon_e7=whole(given.get("lon_e7"), name, -LON_E7, LON_E7),
            accuracy_m=None if accuracy is None else whole(accuracy, name, 0, LARGEST_INT),
        )

    def as_json(self, name: str, value: Fix | None) -> Content:
        return dict(zip(parts_of(name), value or (None, None, None), strict=True))

    def from_json(self, name: str, content: Mapping[str, Any]) -> Fix | None:
        return fix_in(content, name)

    def column_names(self, name: str) -> tuple[str, ...]:
        return parts_of(name)


@dataclass(frozen=True)
class Answers(Kind):
    """An answer to every trait, each under its own name; one that is not there: not checked."""

    EMPTY: ClassVar[object] = {}
    below: ClassVar[tuple[str, ...]] = TRAITS
    ALLOWED: ClassVar[tuple[str, ...]] = tuple(Answer.values)

    def read(self, value: object, name: str) -> dict[Trait, Answer]:
        given = as_object(value, name)
        if unknown := given.keys() - set(TRAITS):
            raise Invalid(
                _("“answers” has no question %(name)s.") % {"name": text(min(unknown), name, 40)},
                field=name,
            )
        return {
            trait: Answer(choice(given.get(trait.value, "not_checked"), trait.value, self.ALLOWED))
            for trait in Trait
        }

    def as_json(self, name: str, value: Mapping[Trait, Answer]) -> Content:
        return {trait.value: answer.value for trait, answer in value.items()}

    def from_json(self, name: str, content: Mapping[str, Any]) -> dict[Trait, Answer]:
        return {Trait(trait): Answer(answer) for trait, answer in answers_in(content).items()}

    def column_names(self, name: str) -> tuple[str, ...]:
        return TRAITS


@dataclass(frozen=True)
class AtTheTill(Kind):
    """The routes that were seen; a column holds them as bits.

    None: not asked, and then no key says anything either: as before they were asked at all.
    """

    ALLOWED: ClassVar[tuple[str, ...]] = tuple(Route.values)

    def read(self, value: object, name: str) -> Routes:
        given = () if value is None else as_list(value, name)
        chosen = {choice(one, name, self.ALLOWED) for one in given}
        if NOTHING_SEEN in chosen and len(chosen) > 1:
            raise Invalid(
                _("Choose what is at the till, or “%(nothing)s”, not both.")
                % {"nothing": NOTHING_SEEN.label},
                field=name,
            )
        return tuple(route for route in Route if route in chosen)

    def as_json(self, name: str, value: Routes) -> Content:
        return {name: [route.value for route in value]} if value else {}

    def from_json(self, name: str, content: Mapping[str, Any]) -> Routes:
        return tuple(map(Route, content.get(name, ())))

    def columns(self, name: str, value: Routes) -> dict[str, Any]:
        return {name: bits_of(value)}


@dataclass(frozen=True, kw_only=True)
class Hashes(Kind):
    """The SHA-256 of each file; a row holds how many there are."""

    EMPTY: ClassVar[object] = []
    limit: int

    def read(self, value: object, name: str) -> tuple[str, ...]:
        hashes = tuple(sha256_of(item, name) for item in as_list(value, name))
        if len(hashes) > self.limit or len(set(hashes)) < len(hashes):
            raise Invalid(
                _("An entry has at most %(limit)s photos, each once.") % {"limit": self.limit},
                field=name,
            )
        return hashes

    def as_json(self, name: str, value: tuple[str, ...]) -> Content:
        return {name: list(value)}

    def from_json(self, name: str, content: Mapping[str, Any]) -> tuple[str, ...]:
        return tuple(content.get(name, ()))

    def columns(self, name: str, value: tuple[str, ...]) -> dict[str, Any]:
        return dict.fromkeys(self.column_names(name), len(value))

    def column_names(self, name: str) -> tuple[str, ...]:
        return (f"{name}_declared",)
