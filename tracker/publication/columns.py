"""Every column of the download, declared once: CSV, API and docs/method.md come from here."""

from collections.abc import Callable
from dataclasses import dataclass

from tracker.adoption.estimates import Tier
from tracker.months import month_text
from tracker.publication.figures import Cell
from tracker.publication.filters import Filter

Value = str | int | float | None
# Letters of SDMX CL_OBS_STATUS: normal, low reliability, suppressed, missing. Not M, which
# says that data cannot exist: where nothing was observed we do not know why.
OBS_STATUS = {
    Tier.RELIABLE: "A",
    Tier.WIDE: "U",
    Tier.TOO_FEW: "Q",
    Tier.NOT_SURVEYED: "O",
}
DIGITS = 4  # of shares in files


@dataclass(frozen=True)
class Column:
    """`note` says what the value is, with its unit."""

    name: str
    note: str
    value: Callable[[Filter, Cell], Value]


COLUMNS = (
    Column("period", "month, YYYY-MM, Asia/Tokyo", lambda f, c: month_text(f.month)),
    Column("geo_level", "city, ward, grid1000, grid500 or grid250", lambda f, c: c.level.value),
    Column("geo_code", "JIS X 0402 code, or JIS X 0410 code of a square", lambda f, c: str(c.code)),
    Column("geo_name_ja", "name in Japanese; empty for squares", lambda f, c: c.name_ja),
    Column("geo_name_en", "name in English; empty for squares", lambda f, c: c.name_en),
    Column("geo_name_zh", "name in simplified Chinese", lambda f, c: c.name_zh_hans),
    Column(
        "known_on",
        "day, YYYY-MM-DD: decisions after it are ignored; empty: as of now",
        lambda f, c: f.known_on.isoformat() if f.known_on else "",
    ),
    Column("segment", "group of shops, or all", lambda f, c: f.segment),
    Column("measure", "what was looked for", lambda f, c: f.measure.value),
    Column("n_observed", "shops with a live status", lambda f, c: c.count.observed),
    Column(
        "n_yes",
        "those of them that are yes; empty where too few",
        lambda f, c: None if c.interval is None else c.count.yes,
    ),
    Column(
        "estimate",
        "n_yes / n_observed, 0 to 1; empty where too few",
        lambda f, c: None if c.share is None else round(c.share, DIGITS),
    ),
    Column(
        "ci_low",
        "lower end of the 95 % interval, 0 to 1",
        lambda f, c: None if c.interval is None else round(c.interval.low, DIGITS),
    ),
    Column(
        "ci_high",
        "upper end of the 95 % interval, 0 to 1",
        lambda f, c: None if c.interval is None else round(c.interval.high, DIGITS),
    ),
    Column("ci_method", "how the interval was made", lambda f, c: "wilson"),
    Column("reliability", "reliable, wide, too_few or not_surveyed", lambda f, c: c.tier.value),
    Column(
        "obs_status",
        "SDMX: A normal, U low reliability, Q suppressed, O missing",
        lambda f, c: OBS_STATUS[c.tier],
    ),
)


def row_of(wanted: Filter, cell: Cell) -> dict[str, Value]:
    """One figure as a row of named values."""
    return {column.name: column.value(wanted, cell) for column in COLUMNS}
