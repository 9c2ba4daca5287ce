"""Every column of every file, declared once: headers, dictionary, API and documents follow it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tracker.adoption.estimation.estimates import Tier
from tracker.months import month_text
from tracker.places.kinds import ALL_SEGMENTS, AreaLevel, Segment
from tracker.publication.figures.cells import DIGITS, Cell
from tracker.survey.measures import Measure

Value = str | int | float | None
Label = str | Promise
# Letters of SDMX CL_OBS_STATUS: normal, low reliability, suppressed, missing. Not M, which
# says that data cannot exist: where nothing was observed we do not know why.
OBS_STATUS = {
    Tier.RELIABLE: "A",
    Tier.WIDE: "U",
    Tier.TOO_FEW: "Q",
    Tier.NOT_SURVEYED: "O",
}


FIRST_VERSION = "0.1.0"


class ColumnKind(StrEnum):
    """Type of a column, in the words of Table Schema."""

    TEXT = "string"
    WHOLE = "integer"
    NUMBER = "number"


class FileQuestion(Protocol):
    """What a figure was asked for."""

    @property
    def month(self) -> int: ...
    @property
    def segment(self) -> str: ...
    @property
    def measure(self) -> Measure: ...
    @property
    def as_of(self) -> date | None: ...
    @property
    def release(self) -> str: ...


@dataclass(frozen=True)
class Column:
    """`note` says what the value is, with its unit; `values` are all that it may be.

    `since` is the version of Noren whose releases have the column first.
    """

    name: str
    kind: ColumnKind
    note: Label
    value: Callable[[FileQuestion, Cell], Value]
    values: Mapping[str, Label] = field(default_factory=dict)
    is_figure: bool = False  # differs by measure: wide files have one for each
    since: str = FIRST_VERSION


def _segments() -> dict[str, Label]:
    return {ALL_SEGMENTS: _("All shops"), **{one.value: one.label for one in Segment}}


COLUMNS = (
    Column(
        "release_id",
        ColumnKind.TEXT,
        _("the release, like 2026q4-1; empty for current figures"),
        lambda f, c: f.release,
    ),
    Column(
        "period", ColumnKind.TEXT, _("month, YYYY-MM, Asia/Tokyo"), lambda f, c: month_text(f.month)
    ),
    Column(
        "geo_level",
        ColumnKind.TEXT,
        _("city, ward, grid1000, grid500 or grid250"),
        lambda f, c: c.level.value,
        values={level.value: level.label for level in AreaLevel},
    ),
    Column(
        "geo_code",
        ColumnKind.TEXT,
        _("JIS X 0402 code, or JIS X 0410 code of a square"),
        lambda f, c: c.code_text,
    ),
    Column(
        "geo_name_ja",
        ColumnKind.TEXT,
        _("name in Japanese; empty for squares"),
        lambda f, c: c.name_ja,
    ),
    Column(
        "geo_name_en",
        ColumnKind.TEXT,
        _("name in English; empty for squares"),
        lambda f, c: c.name_en,
    ),
    Column(
        "geo_name_zh", ColumnKind.TEXT, _("name in simplified Chinese"), lambda f, c: c.name_zh_hans
    ),
    Column(
        "known_on",  # older than the key `as_of` of an address: programs read it by this name
        ColumnKind.TEXT,
        _("the day of “as_of”, YYYY-MM-DD: decisions after it are ignored; empty: as of now"),
        lambda f, c: f.as_of.isoformat() if f.as_of else "",
    ),
    Column(
        "segment",
        ColumnKind.TEXT,
        _("kind of shop, or all"),
        lambda f, c: f.segment,
        values=_segments(),
    ),
    Column(
        "measure",
        ColumnKind.TEXT,
        _("what is measured"),
        lambda f, c: f.measure.value,
        values={measure.value: measure.explained for measure in Measure},
    ),
    Column(
        "n_observed",
        ColumnKind.WHOLE,
        _("shops with a live status"),
        lambda f, c: c.count.observed,
        is_figure=True,
    ),
    Column(
        "n_yes",
        ColumnKind.WHOLE,
        _("of these, shops with a yes; empty if not enough data"),
        lambda f, c: None if c.interval is None else c.count.yes,
        is_figure=True,
    ),
    Column(
        "n_no",
        ColumnKind.WHOLE,
        _("of these, shops with a no; empty if not enough data"),
        lambda f, c: None if c.interval is None else c.count.observed - c.count.yes,
        is_figure=True,
    ),
    Column(
        "estimate",
        ColumnKind.NUMBER,
        _("n_yes / n_observed, 0 to 1; empty if not enough data"),
        lambda f, c: None if c.share is None else round(c.share, DIGITS),
        is_figure=True,
    ),
    Column(
        "ci_low",
        ColumnKind.NUMBER,
        _("lower end of the 95 % interval, 0 to 1"),
        lambda f, c: None if c.interval is None else round(c.interval.low, DIGITS),
        is_figure=True,
    ),
    Column(
        "ci_high",
        ColumnKind.NUMBER,
        _("upper end of the 95 % interval, 0 to 1"),
        lambda f, c: None if c.interval is None else round(c.interval.high, DIGITS),
        is_figure=True,
    ),
    Column(
        "ci_method",
        ColumnKind.TEXT,
        _("method of the interval"),
        lambda f, c: "wilson",
        values={"wilson": _("Wilson score interval")},
    ),
    Column(
        "reliability",
        ColumnKind.TEXT,
        _("reliable, wide, too_few or not_surveyed"),
        lambda f, c: c.tier.value,
        values={
            "reliable": _("margin of error up to ±10 points"),
            "wide": _("±10 to 20 points"),
            "too_few": _("over ±20 points, or fewer than 10 shops"),
            "not_surveyed": _("nothing observed"),
        },
        is_figure=True,
    ),
    Column(
        "obs_status",
        ColumnKind.TEXT,
        _("SDMX: A normal, U low reliability, Q suppressed, O missing"),
        lambda f, c: OBS_STATUS[c.tier],
        values={
            "A": _("normal"),
            "U": _("low reliability"),
            "Q": _("suppressed"),
            "O": _("missing"),
        },
        is_figure=True,
    ),
)
NAMES = tuple(column.name for column in COLUMNS)
_VALUES = tuple(column.value for column in COLUMNS)


def row_of(wanted: FileQuestion, cell: Cell) -> dict[str, Value]:
    """One figure as a row of named values."""
    return {column.name: column.value(wanted, cell) for column in COLUMNS}


def values_of(wanted: FileQuestion, cell: Cell) -> tuple[Value, ...]:
    """The same in the order of the columns."""
    return tuple([value(wanted, cell) for value in _VALUES])
