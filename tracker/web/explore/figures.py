"""What a page of figures is made of: pictures with their keys, and tables that say the same."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.safestring import SafeString, mark_safe

from tracker.publication.drawing.change_map import change_key
from tracker.publication.drawing.chart import Drawing
from tracker.publication.drawing.chart_svg import drawing_svg
from tracker.publication.drawing.panel import swatch_svg
from tracker.publication.drawing.scene import legend_items
from tracker.web.explore.live_map import LiveMap


@dataclass(frozen=True)
class KeyLine:
    """A field of colour and what it means."""

    swatch: SafeString
    label: str


@dataclass(frozen=True)
class Figure:
    """A drawing with a heading above and a note below; `href` leads to a larger one."""

    heading: str
    svg: SafeString
    note: str = ""
    href: str = ""


@dataclass(frozen=True)
class TableRow:
    """`code` joins the row to the same area in the drawings; `href` leads to its page."""

    name: str
    cells: list[str]
    code: str = ""
    href: str = ""
    tier: str = ""


@dataclass(frozen=True)
class PageTable:
    """The duplicate of a figure. `key` is unique in the page."""

    key: str
    caption: str
    head: list[str]
    rows: list[TableRow]
    note: str = ""


@dataclass(frozen=True)
class PagePart:
    """A piece of a page: sentences, figures side by side, their key, and tables below or beside.

    `layout` is `beside` for one figure with its table, `pair` for figures of one scale, `small`
    for two small ones, `many` for many, `plain` for the rest. `closed` tables open on demand.
    `live` goes with a map that a browser can paint too; `foot` stands below all.
    """

    heading: str = ""
    sentences: list[str] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    key: list[KeyLine] = field(default_factory=list)
    tables: list[PageTable] = field(default_factory=list)
    layout: str = "plain"
    closed: bool = False
    live: LiveMap | None = None
    foot: str = ""


def drawn(svg: str) -> SafeString:
    """A drawing of ours, to be put into a page as it is."""
    return mark_safe(svg)  # noqa: S308  # our painters escape every text they write


def charted(drawing: Drawing) -> SafeString:
    """A chart, to be put into a page."""
    return drawn(drawing_svg(drawing))


def share_key() -> list[KeyLine]:
    """The key of maps of shares."""
    return [KeyLine(drawn(swatch_svg(one.fill, one.tier)), one.label) for one in legend_items()]


def difference_key() -> list[KeyLine]:
    """The key of maps of differences."""
    return [
        KeyLine(drawn(swatch_svg(one.fill, one.tier, one.sign)), one.label) for one in change_key()
    ]


def written(parts: Iterable[str]) -> list[str]:
    """The sentences that say something."""
    return [part for part in parts if part]
