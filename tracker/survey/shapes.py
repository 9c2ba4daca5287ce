"""What belongs to a trait and to a measure, and what a survey may not say twice. Pure."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import chain

DASH = re.compile(r"([1-9]\d* [1-9]\d*)?")
Words = Mapping[str, str]  # by code of language; others fall back to one of these
Corner = tuple[float, float]  # around 0, in sizes


class Join(Enum):
    """How the status of a measure follows from those of several traits, where all are known.

    Where one of them is not known neither is the union: a shop of which only a yes is known
    would count as yes or not at all, and the share would be too high.
    """

    ANY = "any"  # yes where one is yes
    ALL = "all"  # yes where all are yes


@dataclass(frozen=True)
class ChartStyle:
    """No brand's own colour, and told apart without colour as well."""

    colour: str
    dash: str = ""  # of a line: a stroke and a gap, like “7 4”; none: drawn through
    corners: tuple[Corner, ...] = ()  # of its sign; none: a dot


@dataclass(frozen=True)
class Invention:
    """What invented shops do: chances between 0 and 1."""

    is_sign: bool  # seen at the door or the till; otherwise somebody has to be asked
    share: float  # in the demonstration, beside the first trait
    beside_yes: float  # in the simulation: chance of yes in a shop that says yes to the first
    beside_no: float  # the same in a shop that says no to the first


@dataclass(frozen=True, kw_only=True)
class MeasureSpec:
    """What belongs to everything that is counted."""

    code: str  # the name of its columns, in files and in the API
    names: Words
    style: ChartStyle


@dataclass(frozen=True, kw_only=True)
class TraitSpec(MeasureSpec):
    """Everything that belongs to one trait, which is a measure as well."""

    bit: int  # its place in what is stored: 0, 1, 2 …, never given to another one
    question: Words
    help: Words  # what counts, and what does not
    osm_tag: str
    invention: Invention
    unions: tuple[str, ...] = ()  # codes of the measures it is a part of, besides its own
    has_rules: bool = False  # whether rules about routes may give it
    also: Words | None = None  # other names of it, beside the label: as signs and apps say it
    osm_yes: str = "yes"
    osm_no: str = "no"


@dataclass(frozen=True, kw_only=True)
class UnionSpec(MeasureSpec):
    """A measure made of all the traits that name it among their unions."""

    join: Join
    help: Words  # which shops count, and since when


@dataclass(frozen=True, kw_only=True)
class RuleSpec(MeasureSpec):
    """What dated rules about routes say of a trait."""

    help: Words
    trait: str
    number: int  # its place among what is kept for each shop, from the top


@dataclass(frozen=True)
class Union:
    """The same for arithmetic: which traits, and how they are joined."""

    code: str
    join: Join
    traits: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SeenSpec:
    """What may be chosen as seen at the till."""

    code: str
    short: Words  # on a chip
    names: Words
    help: Words  # what it looks like, and what it does not say


@dataclass(frozen=True, kw_only=True)
class RouteSpec(SeenSpec):
    """A way in which money could move."""

    bit: int  # its place in what is stored: 0, 1, 2 …, never given to another one
    can_give: tuple[str, ...] = ()  # traits that a rule may ever derive from it
    mark_of: str = ""  # the trait whose own mark it is
    invented_share: float = 0.0  # of invented shops; a mark comes with its trait


class SurveyBroken(ValueError):
    """The survey contradicts itself; the sentence says where."""


def check_survey(traits: Sequence[TraitSpec], unions: Sequence[UnionSpec]) -> None:
    """Raise SurveyBroken for the first thing that would mix up what is stored or shown."""
    bits = [trait.bit for trait in traits]
    if bits != list(range(len(traits))):
        raise SurveyBroken(
            f"The bits of the traits are {bits}: they go 0, 1, 2 … and a new trait comes last."
        )
    measures: list[MeasureSpec] = [*traits, *unions]
    codes = [measure.code for measure in measures]
    for code in codes:
        if codes.count(code) > 1 or not (code.isidentifier() and code.islower()):
            raise SurveyBroken(f"“{code}” names one trait or measure, in small letters.")
    named = set(chain.from_iterable(trait.unions for trait in traits))
    if strange := named ^ {union.code for union in unions}:
        raise SurveyBroken(f"The traits and the unions name different measures: {sorted(strange)}.")
    lines = {(measure.style.colour, measure.style.dash) for measure in measures}
    if len(lines) < len(measures):
        raise SurveyBroken("Two measures have the same colour and dash.")
    for measure in measures:
        if not DASH.fullmatch(measure.style.dash):
            raise SurveyBroken(f"The dash of “{measure.code}” is a stroke and a gap, like “7 4”.")


def check_free(codes: Sequence[str], taken: Collection[str], *, of: str) -> None:
    """Raise SurveyBroken where a code is the name of something else in the table that gets it."""
    if clash := sorted(set(codes) & set(taken)):
        raise SurveyBroken(f"{of} has a field of its own called {clash}: take another code.")


def check_routes(routes: Sequence[RouteSpec], traits: Collection[str]) -> None:
    """Raise SurveyBroken for the first thing that would mix up what is stored."""
    if [route.bit for route in routes] != list(range(len(routes))):
        raise SurveyBroken("The bits of the routes go 0, 1, 2 … and a new route comes last.")
    codes = [route.code for route in routes]
    if len(set(codes)) < len(codes):
        raise SurveyBroken("Two routes have the same code.")
    for route in routes:
        if strange := sorted(set(route.can_give) - set(traits)):
            raise SurveyBroken(f"“{route.code}” could give {strange}, which are no traits.")
