"""A small square carries its own sign, so that no tier is mistaken for another."""

import io
from xml.etree import ElementTree

import pytest
from PIL import Image

from tracker.adoption.estimation.estimates import Tier
from tracker.publication.drawing.canvas import Shape
from tracker.publication.drawing.glyphs import (
    SMALL,
    Box,
    box_of,
    dot_of,
    has_own_mark,
    is_small,
    strokes_of,
)
from tracker.publication.drawing.map_png import png_of
from tracker.publication.drawing.map_svg import svg_of
from tracker.publication.drawing.scene import CLASSES, Scene
from tracker.publication.drawing.styles import WHITE

pytestmark = pytest.mark.slow(10)

SVG = "{http://www.w3.org/2000/svg}"
Ring = list[tuple[float, float]]
SIDE = 4.0  # units; a square of 250 m on the map of Tokyo
SIDES = [3.0, SIDE, 5.3, 8.0, 11.9]


def square(left: float, top: float, side: float = SIDE) -> Ring:
    return [(left, top), (left + side, top), (left + side, top + side), (left, top + side)]


def scene_with(*shapes: Shape) -> Scene:
    return Scene("Title", "Note", list(shapes), [], [], "en")


def shape_at(left: float, tier: Tier, fill: str, side: float = SIDE) -> Shape:
    return Shape("1", [square(left, 201.3, side)], fill, tier, "label")


def colours_within(shape: Shape) -> set[tuple[int, ...]]:
    """Colours of the picture strictly inside a shape."""
    image = Image.open(io.BytesIO(png_of(scene_with(shape)))).convert("RGB")
    box = box_of(shape.rings)
    inside = image.crop(
        (
            round(box.left * 2 + 2),
            round(box.top * 2 + 2),
            round(box.right * 2 - 1),
            round(box.bottom * 2 - 1),
        )
    )
    return {colour for _n, colour in inside.getcolors(4096) or [] if isinstance(colour, tuple)}


def spread(colours: set[tuple[int, ...]]) -> int:
    """From the darkest to the lightest, as sums of red, green and blue."""
    return max(sum(colour) for colour in colours) - min(sum(colour) for colour in colours)


@pytest.mark.parametrize("side", SIDES)
def test_the_dot_is_whole_and_in_the_middle(side: float) -> None:
    (x, y), radius = dot_of(Box(10, 20, 10 + side, 20 + side))
    assert (x, y) == (10 + side / 2, 20 + side / 2)
    assert 0 < 2 * radius < side


@pytest.mark.parametrize("side", SIDES)
def test_the_hatch_has_both_lines_and_stays_inside(side: float) -> None:
    strokes = strokes_of(Box(10, 20, 10 + side, 20 + side))
    ends = [end for stroke in strokes for end in (stroke.start, stroke.end)]
    assert [stroke.colour for stroke in strokes] == ["#FFFFFF", "#000000"]
    assert [end for end in ends if not (10 < end[0] < 10 + side and 20 < end[1] < 20 + side)] == []


@pytest.mark.parametrize(
    ("tier", "side", "has_mark"),
    [
        (Tier.TOO_FEW, SIDE, True),
        (Tier.WIDE, SIDE, True),
        (Tier.RELIABLE, SIDE, False),
        (Tier.NOT_SURVEYED, SIDE, False),
        (Tier.TOO_FEW, SMALL, False),
        (Tier.WIDE, SMALL, False),
    ],
)
def test_only_small_squares_that_are_not_solid_have_a_mark(
    tier: Tier, side: float, has_mark: bool
) -> None:
    assert has_own_mark([square(0, 0, side)], tier) == has_mark


def test_a_long_thin_shape_is_small() -> None:
    assert is_small(Box(0, 0, 100, 3))


@pytest.mark.parametrize("left", [200.0, 202.3, 204.9, 207.1])  # wherever the pattern falls
def test_too_few_is_never_blank_in_the_picture(left: float) -> None:
    inside = colours_within(shape_at(left, Tier.TOO_FEW, WHITE))
    assert min(sum(colour) for colour in inside) < 3 * 0xE0


@pytest.mark.parametrize("left", [200.0, 202.3, 204.9, 207.1])
@pytest.mark.parametrize("fill", [colour for _upper, colour in CLASSES])
def test_wide_is_never_solid_in_the_picture(left: float, fill: str) -> None:
    solid = spread(colours_within(shape_at(left, Tier.RELIABLE, fill)))
    hatched = spread(colours_within(shape_at(left, Tier.WIDE, fill)))
    assert solid < 100
    assert hatched > 200


@pytest.mark.parametrize(
    ("tier", "circles", "paths"),
    [(Tier.TOO_FEW, 1, 1), (Tier.WIDE, 0, 3), (Tier.RELIABLE, 0, 1)],
)
def test_the_drawing_has_the_same_signs(tier: Tier, circles: int, paths: int) -> None:
    text = svg_of(scene_with(shape_at(200.0, tier, WHITE)))
    area = ElementTree.fromstring(text).find(f"{SVG}g")  # noqa: S314  # our own drawing
    assert area is not None
    assert len(area.findall(f"{SVG}circle")) == circles
    assert len(area.findall(f"{SVG}path")) == paths
    assert "url(#" not in ElementTree.tostring(area, "unicode")
