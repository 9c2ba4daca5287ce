"""What a map shows, independent of who paints it: one scene, two painters."""

from dataclasses import dataclass
from datetime import date
from math import cos, radians

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tracker.adoption.estimates import Tier
from tracker.places.grid import bounds
from tracker.places.outlines import outline_credit, outlines_of
from tracker.places.queries import has_invented_shops
from tracker.publication import words
from tracker.publication.figures import Cell, cells_of
from tracker.publication.filters import Filter
from tracker.vocabulary import AreaLevel

WIDTH, HEIGHT = 800, 600  # units of the scene; painters scale
MAP_BOX = (24.0, 92.0, 576.0, 540.0)  # left, top, right, bottom
# Fixed breaks for every map and month, so that maps can be compared.
CLASSES = (
    (0.10, "#F7F6DF"),
    (0.25, "#98C9E3"),
    (0.50, "#6996C4"),
    (0.75, "#3E64A2"),
    (1.01, "#15327A"),
)
PAPER, INK, INK_2, OUTLINE, WHITE = (
    "#FAF8F4", "#1A1D23", "#454C57", "#5D6572", "#FFFFFF",
)  # fmt: skip
Point = tuple[float, float]


@dataclass(frozen=True)
class Shape:
    """One area on the canvas: its rings, its fill, its tier, its name and figure."""

    code: str
    rings: list[list[Point]]
    fill: str
    tier: Tier | None  # None for an outline without a figure
    label: str


@dataclass(frozen=True)
class LegendItem:
    fill: str
    tier: Tier
    label: str


@dataclass(frozen=True)
class Scene:
    """Everything on the picture, in paint order; coordinates in units of WIDTH × HEIGHT."""

    title: str
    subtitle: str
    shapes: list[Shape]
    legend: list[LegendItem]
    credits: list[str]
    language: str


def scene_of(wanted: Filter, url: str) -> Scene:
    """The map of a filter in the active language; `url` is printed below it."""
    cells = cells_of(wanted)
    return Scene(
        title=words.title_of(wanted),
        subtitle=words.subtitle_of(wanted, cells),
        shapes=_shapes(wanted, cells),
        legend=_legend(),
        credits=credits_of(url, wanted.known_on),
        language=get_language() or "en",
    )


def credits_of(url: str, known_on: date | None = None) -> list[str]:
    """Warning, sources and address below the map."""
    lines = [_("Invented data for demonstration.")] if has_invented_shops() else []
    own = _("Noren, counts as of now. %(url)s") % {"url": url}
    if known_on is not None:
        own = _("Noren, counts as known on %(day)s. %(url)s") % {
            "day": known_on.isoformat(),
            "url": url,
        }
    return [*lines, outline_credit(), own]


def fill_of(cell: Cell) -> str:
    """The colour of a figure: its class, white where too few, paper where nothing is known."""
    if cell.share is None:
        return WHITE if cell.tier == Tier.TOO_FEW else PAPER
    return next(colour for upper, colour in CLASSES if cell.share < upper)


def _shapes(wanted: Filter, cells: list[Cell]) -> list[Shape]:
    wards = outlines_of(wanted.city.value)
    project = Projection([point for rings in wards.values() for ring in rings for point in ring])
    by_code = {str(cell.code): cell for cell in cells}
    outlines = {
        code: [[project(point) for point in ring] for ring in rings]
        for code, rings in sorted(wards.items())
    }
    if wanted.level == AreaLevel.WARD:
        return [_shape(by_code[code], rings) for code, rings in outlines.items()]
    squares = [_shape(cell, [[project(point) for point in _corners(cell.code)]]) for cell in cells]
    return squares + [Shape(code, rings, "none", None, "") for code, rings in outlines.items()]


def _shape(cell: Cell, rings: list[list[Point]]) -> Shape:
    name = cell.name(get_language() or "en")
    label = f"{name}: {words.figure_sentence(cell)}"
    return Shape(str(cell.code), rings, fill_of(cell), cell.tier, label)


def _corners(code: int) -> list[Point]:
    edges = bounds(code)
    return [
        (edges.west, edges.south),
        (edges.east, edges.south),
        (edges.east, edges.north),
        (edges.west, edges.north),
    ]


class Projection:
    """Equirectangular, true at the middle latitude, fitted into the map's box."""

    def __init__(self, points: list[Point]) -> None:
        souths, wests = [y for _x, y in points], [x for x, _y in points]
        self.squeeze = cos(radians((min(souths) + max(souths)) / 2))
        self.west, self.north = min(wests), max(souths)
        wide = (max(wests) - self.west) * self.squeeze
        high = self.north - min(souths)
        left, top, right, bottom = MAP_BOX
        self.scale = min((right - left) / wide, (bottom - top) / high)
        self.left = left + (right - left - wide * self.scale) / 2
        self.top = top + (bottom - top - high * self.scale) / 2

    def __call__(self, point: Point) -> Point:
        return (
            round(self.left + (point[0] - self.west) * self.squeeze * self.scale, 1),
            round(self.top + (self.north - point[1]) * self.scale, 1),
        )


def _legend() -> list[LegendItem]:
    lows = ("0", "10", "25", "50", "75")
    highs = ("10", "25", "50", "75", "100")
    classes = [
        LegendItem(colour, Tier.RELIABLE, _("%(low)s to %(high)s%%") % {"low": low, "high": high})
        for (_upper, colour), low, high in zip(CLASSES, lows, highs, strict=True)
    ]
    return [
        *classes,
        LegendItem(CLASSES[2][1], Tier.WIDE, words.tier_name(Tier.WIDE)),
        LegendItem(WHITE, Tier.TOO_FEW, words.tier_name(Tier.TOO_FEW)),
        LegendItem(PAPER, Tier.NOT_SURVEYED, words.tier_name(Tier.NOT_SURVEYED)),
    ]
