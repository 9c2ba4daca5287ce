"""Every column of an extract of single visits, declared once: what it says, and how it is read.

What is not here does not leave Noren: no worker, photo, note, name, coordinate, time of day
or UUID. Every value is of a closed list or a code, so that none needs quotes in a CSV and none
is a formula to a spreadsheet.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tracker.places.kinds import Segment
from tracker.survey.answers import Answer, Evidence
from tracker.survey.outcomes import Outcome
from tracker.survey.traits import Trait

KEY_DIGITS = 16
# UTC as SQLite keeps it, the fraction left out: its own date() would round it into the next day.
_TOKYO_DAY = (
    "CASE WHEN substr(v.observed_at, 12, 2) < '15' THEN substr(v.observed_at, 1, 10) "
    "ELSE date(substr(v.observed_at, 1, 10), '+1 day') END"
)


@dataclass(frozen=True)
class ExtractColumn:
    """`sql` reads it from a visit `v` and the shop `r` for which that counts, by database.

    `values` are all that it may be, with their labels; empty for codes. The salt of the shop
    key is the one parameter on PostgreSQL; SQLite is given a function.
    """

    name: str
    note: str | Promise
    sql: str | Mapping[str, str]
    values: Mapping[str, str | Promise] = field(default_factory=dict)
    is_text: bool = True  # else a number or a day, which every database sorts alike

    def sql_for(self, vendor: str) -> str:
        return self.sql if isinstance(self.sql, str) else self.sql[vendor]


def _known(column: str, values: Iterable[str]) -> str:
    """SQL: the value where it is of the list, else NULL."""
    listed = ", ".join(f"'{value}'" for value in values)
    return f"CASE WHEN {column} IN ({listed}) THEN {column} END"


def _or_empty(sql: str) -> dict[str, str]:
    """COPY writes NULL as an empty cell, and an empty text in quotes; SQLite joins texts only."""
    return {"postgresql": sql, "sqlite": f"coalesce({sql}, '')"}


def _trait(trait: Trait) -> ExtractColumn:
    labels: dict[str, str | Promise] = {one.value: one.label for one in Answer}
    return ExtractColumn(trait.value, trait.label, f"v.{trait.value}", labels)


COLUMNS = (
    ExtractColumn(
        "observed_on",
        _("day of the visit in Asia/Tokyo, YYYY-MM-DD"),
        {"postgresql": "(v.observed_at AT TIME ZONE 'Asia/Tokyo')::date", "sqlite": _TOKYO_DAY},
        is_text=False,
    ),
    ExtractColumn(
        "shop_key",
        _(
            "the same for all visits to one shop within this extract, different in every "
            "other extract; 16 hexadecimal digits, to be read as text"
        ),
        {
            "postgresql": "left(encode(sha256(convert_to(%s || r.id, 'UTF8')), 'hex'), "
            f"{KEY_DIGITS})",
            "sqlite": "extract_key(r.id)",
        },
    ),
    ExtractColumn(
        "grid250",
        _("JIS X 0410 code of the 250 m square of the shop"),
        "r.grid125 / 10",
        is_text=False,
    ),
    ExtractColumn(
        "ward", _("JIS X 0402 code; empty if the ward is unknown"), _or_empty("r.ward_id")
    ),
    ExtractColumn(
        "segment", _("kind of shop"), "r.segment", {one.value: one.label for one in Segment}
    ),
    ExtractColumn(
        "outcome", _("outcome of the visit"), "v.outcome", {one.value: one.label for one in Outcome}
    ),
    *(_trait(trait) for trait in Trait),
    ExtractColumn(
        "evidence",
        _("how the fieldworker knew; empty if not given"),
        _or_empty(_known("v.evidence", Evidence.values)),
        {one.value: one.label for one in Evidence},
    ),
)
NAMES = tuple(column.name for column in COLUMNS)
