"""What a map shows, independent of who paints it: one scene, two painters."""

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tracker.adoption.estimation.estimates import Tier
from tracker.places.outlines import outline_credit, outlines_of
from tracker.publication.drawing.canvas import Paint, Projection, Shape, points_of, shapes_on
from tracker.publication.drawing.page_sizes import SCREEN, PageSize
from tracker.publication.drawing.styles import PAPER, WHITE
from tracker.publication.figures import words
from tracker.publication.figures.cells import Cell, cells_of
from tracker.publication.figures.filters import Filter

# Fixed breaks for every map and month, so that maps can be compared.
CLASSES = (
    (0.10, "#F7F6DF"),
    (0.25, "#98C9E3"),
    (0.50, "#6996C4"),
    (0.75, "#3E64A2"),
    (1.01, "#15327A"),
)


@dataclass(frozen=True)
class LegendItem:
    fill: str
    tier: Tier
    label: str


@dataclass(frozen=True)
class Scene:
    """Everything on the picture, in paint order; coordinates in units of its page size."""

    title: str
    subtitle: str
    shapes: list[Shape]
    legend: list[LegendItem]
    credits: list[str]
    language: str
    page_size: PageSize = SCREEN


def scene_of(wanted: Filter, url: str, page_size: PageSize = SCREEN) -> Scene:
    """The map of a filter in the active language; `url` is printed below it."""
    wards = outlines_of(wanted.city.value)
    cells = cells_of(wanted)
    project = Projection(points_of(wards), page_size.map_box)
    return Scene(
        shapes=shapes_on(project, wards, paints_of(cells)),
        title=words.title_of(wanted),
        subtitle=words.subtitle_of(wanted, cells),
        credits=words.credits_of(url, wanted.as_of, outline_credit()),
        legend=legend_items(),
        language=get_language() or "en",
        page_size=page_size,
    )


def fill_of(cell: Cell) -> str:
    """The colour of a figure: its class, white where too few, paper where nothing is known."""
    if cell.share is None:
        return WHITE if cell.tier == Tier.TOO_FEW else PAPER
    return next(colour for upper, colour in CLASSES if cell.share < upper)


def paints_of(cells: list[Cell]) -> list[Paint]:
    """Each figure's class, tier and sentence."""
    language = get_language() or "en"
    return [
        Paint(
            cell.code,
            fill_of(cell),
            cell.tier,
            f"{cell.name(language)}: {words.figure_sentence(cell)}",
        )
        for cell in cells
    ]


def legend_items() -> list[LegendItem]:
    """The five classes and the four tiers, as every map of shares has them."""
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
