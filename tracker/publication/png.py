"""Paints a scene as PNG with Pillow: drawn twice as large and made smaller, for smooth edges."""

import io
from functools import lru_cache
from math import ceil, floor

from PIL import Image, ImageChops, ImageDraw

from tracker.adoption.estimates import Tier
from tracker.publication import fonts
from tracker.publication.canvas import Shape
from tracker.publication.marks import DOT, Box, box_of, dot_of, has_own_mark, strokes_of
from tracker.publication.scene import HEIGHT, WIDTH, LegendItem, Scene
from tracker.publication.strokes import INK, INK_2, OUTLINE, PAPER
from tracker.publication.svg import LEGEND_LEFT, LEGEND_STEP, LEGEND_TOP

SCALE = 2  # the picture has 1600 × 1200 px
OVER = 2  # supersampling
UNIT = SCALE * OVER
LINE = round(0.8 * UNIT)  # outlines
SIZE = (WIDTH * UNIT, HEIGHT * UNIT)


def png_of(scene: Scene) -> bytes:
    """The whole picture as one PNG file."""
    image = Image.new("RGB", SIZE, PAPER)
    for shape in scene.shapes:
        _paint_shape(image, shape)
    for number, item in enumerate(scene.legend):
        _paint_swatch(image, number, item)
    picture = image.resize((WIDTH * SCALE, HEIGHT * SCALE), Image.Resampling.LANCZOS)
    _paint_texts(picture, scene)
    file = io.BytesIO()
    picture.quantize(256).save(file, "PNG", optimize=True)
    return file.getvalue()


def _paint_shape(image: Image.Image, shape: Shape) -> None:
    """Fill, sign of the tier and outline. Masks cover the shape's own box only: it is quicker."""
    draw = ImageDraw.Draw(image)
    rings = [[(x * UNIT, y * UNIT) for x, y in ring] for ring in shape.rings]
    if shape.tier is not None:
        corner, mask = _mask(rings)
        image.paste(shape.fill, corner, mask)
        if has_own_mark(shape.rings, shape.tier):
            _paint_mark(draw, box_of(shape.rings), shape.tier)
        else:
            _paint_pattern(image, shape.tier, corner, mask)
    for ring in rings:
        draw.line([*ring, ring[0]], fill=OUTLINE, width=LINE, joint="curve")


def _mask(rings: list[list[tuple[float, float]]]) -> tuple[tuple[int, int], Image.Image]:
    """Top left corner and the inside of the rings, holes left out: each flips what it covers."""
    box = box_of(rings)
    left, top = floor(box.left), floor(box.top)
    size = (ceil(box.right) - left + 1, ceil(box.bottom) - top + 1)
    mask = Image.new("1", size)
    for ring in rings:
        layer = Image.new("1", size)
        ImageDraw.Draw(layer).polygon([(x - left, y - top) for x, y in ring], fill=1)
        mask = ImageChops.logical_xor(mask, layer)
    return (left, top), mask


def _paint_pattern(
    image: Image.Image, tier: Tier, corner: tuple[int, int], mask: Image.Image
) -> None:
    left, top = corner
    box = (left, top, left + mask.width, top + mask.height)
    for colour, pattern in _patterns().get(tier, ()):
        image.paste(colour, corner, ImageChops.logical_and(pattern.crop(box), mask))


def _paint_mark(draw: ImageDraw.ImageDraw, box: Box, tier: Tier) -> None:
    if tier == Tier.TOO_FEW:
        (x, y), radius = dot_of(box)
        edges = [x - radius, y - radius, x + radius, y + radius]
        draw.ellipse([edge * UNIT for edge in edges], fill=DOT)
        return
    for start, end, colour, width in strokes_of(box):
        ends = [(x * UNIT, y * UNIT) for x, y in (start, end)]
        draw.line(ends, fill=colour, width=max(1, round(width * UNIT)))


@lru_cache(maxsize=1)
def _patterns() -> dict[Tier, list[tuple[str, Image.Image]]]:
    """Hatch and dots over the whole canvas, to be cut out by a shape's mask."""
    return {
        Tier.WIDE: [("#FFFFFF", _hatch(0, 2.0)), ("#000000", _hatch(2, 1.4))],
        Tier.TOO_FEW: [(DOT, _dots())],
    }


def _hatch(shift: float, width: float) -> Image.Image:
    layer = Image.new("1", SIZE)
    draw = ImageDraw.Draw(layer)
    step = round(14 * UNIT)  # lines at 45°, 10 units apart across
    for start in range(-SIZE[1], SIZE[0], step):
        left = start + round(shift * 1.4 * UNIT)
        draw.line([(left, SIZE[1]), (left + SIZE[1], 0)], fill=1, width=round(width * UNIT))
    return layer


def _dots() -> Image.Image:
    layer = Image.new("1", SIZE)
    draw = ImageDraw.Draw(layer)
    step, radius = 9 * UNIT, 1.2 * UNIT
    for x in range(step // 2, SIZE[0], step):
        for y in range(step // 2, SIZE[1], step):
            draw.ellipse([x - radius, y - radius, x + radius, y + radius], fill=1)
    return layer


def _paint_swatch(image: Image.Image, number: int, item: LegendItem) -> None:
    left, top = LEGEND_LEFT, LEGEND_TOP + number * LEGEND_STEP
    corners = [(left, top), (left + 28, top), (left + 28, top + 20), (left, top + 20)]
    points = [(float(x), float(y)) for x, y in corners]
    _paint_shape(image, Shape("", [points], item.fill, item.tier, ""))


def _paint_texts(picture: Image.Image, scene: Scene) -> None:
    draw = ImageDraw.Draw(picture)
    language = scene.language
    _write(draw, (24, 40), scene.title, 24, language, weight=700)
    _write(draw, (24, 66), scene.subtitle, 14, language, fill=INK_2)
    for number, item in enumerate(scene.legend):
        place = (LEGEND_LEFT + 36, LEGEND_TOP + number * LEGEND_STEP + 14)
        _write(draw, place, item.label, 11, language)
    for number, line in enumerate(scene.credits):
        baseline = HEIGHT - 14 - 15 * (len(scene.credits) - 1 - number)
        _write(draw, (24, baseline), line, 10, language, fill=INK_2)


def _write(
    draw: ImageDraw.ImageDraw,
    place: tuple[float, float],
    text: str,
    size: int,
    language: str,
    *,
    weight: int = 400,
    fill: str = INK,
) -> None:
    """Write a text on its baseline, in units of the scene."""
    x = place[0] * SCALE
    for name, piece in fonts.runs_of(text, language, weight):
        face = fonts.font(name, size * SCALE, weight)
        draw.text((x, place[1] * SCALE), piece, font=face, fill=fill, anchor="ls")
        x += face.getlength(piece)
