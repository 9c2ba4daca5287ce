"""Paints a scene as PNG with Pillow: drawn twice as large and made smaller, for smooth edges."""

import io
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, floor

from PIL import Image, ImageChops, ImageDraw

from tracker.adoption.estimation.estimates import Tier
from tracker.publication.drawing.canvas import Shape
from tracker.publication.drawing.glyphs import DOT, Box, Glyph
from tracker.publication.drawing.map_svg import LEGEND_STEP, LEGEND_TOP
from tracker.publication.drawing.page_sizes import SCREEN, PageSize
from tracker.publication.drawing.scene import LegendItem, Scene
from tracker.publication.drawing.styles import INK_2, OUTLINE, PAPER
from tracker.publication.drawing.text_layout import Line, write_all

OVER = 2  # supersampling
LINE = 0.8  # units; of outlines
Size = tuple[int, int]
Patterns = dict[Tier, list[tuple[str, Image.Image]]]


@dataclass(frozen=True)
class Board:
    """A picture at twice its size, its px in a unit of the scene, and the patterns of the map."""

    image: Image.Image
    unit: float
    patterns: Patterns


def png_of(scene: Scene) -> bytes:
    """The whole picture as one PNG file."""
    picture = _drawing_of(scene).resize(scene.page_size.pixels, Image.Resampling.LANCZOS)
    _paint_texts(picture, scene)
    file = io.BytesIO()
    dpi = {"dpi": (scene.page_size.dpi, scene.page_size.dpi)} if scene.page_size.dpi else {}
    picture.quantize(256).save(file, "PNG", optimize=True, **dpi)
    return file.getvalue()


def _drawing_of(scene: Scene) -> Image.Image:
    """Everything but the words, twice as large."""
    page_size = scene.page_size
    size = (page_size.pixels[0] * OVER, page_size.pixels[1] * OVER)
    unit = page_size.scale * OVER
    patterns = _patterns_of_screens() if page_size == SCREEN else _patterns(unit, size)
    board = Board(Image.new("RGB", size, PAPER), unit, patterns)
    for shape in scene.shapes:
        _paint_shape(board, shape)
    for number, item in enumerate(scene.legend):
        _paint_swatch(board, page_size, number, item)
    return board.image


def _paint_shape(board: Board, shape: Shape) -> None:
    """Fill, sign of the tier and outline. Masks cover the shape's own box only: it is quicker."""
    draw = ImageDraw.Draw(board.image)
    rings = [[(x * board.unit, y * board.unit) for x, y in ring] for ring in shape.rings]
    if shape.tier is not None:
        corner, mask = _mask(rings, shape.box, board.unit)
        board.image.paste(shape.fill, corner, mask)
        if shape.glyph is not None:
            _paint_mark(draw, board.unit, shape.glyph)
        else:
            _paint_pattern(board, shape.tier, corner, mask)
    for ring in rings:
        draw.line([*ring, ring[0]], fill=OUTLINE, width=round(LINE * board.unit), joint="curve")


def _mask(
    rings: list[list[tuple[float, float]]], box: Box, unit: float
) -> tuple[tuple[int, int], Image.Image]:
    """Top left corner and the inside of the rings, holes left out: each flips what it covers."""
    left, top = floor(box.left * unit), floor(box.top * unit)
    size = (ceil(box.right * unit) - left + 1, ceil(box.bottom * unit) - top + 1)
    mask = Image.new("1", size)
    for ring in rings:
        layer = Image.new("1", size)
        ImageDraw.Draw(layer).polygon([(x - left, y - top) for x, y in ring], fill=1)
        mask = ImageChops.logical_xor(mask, layer)
    return (left, top), mask


def _paint_pattern(board: Board, tier: Tier, corner: Size, mask: Image.Image) -> None:
    left, top = corner
    box = (left, top, left + mask.width, top + mask.height)
    for colour, pattern in board.patterns.get(tier, ()):
        board.image.paste(colour, corner, ImageChops.logical_and(pattern.crop(box), mask))


def _paint_mark(draw: ImageDraw.ImageDraw, unit: float, glyph: Glyph) -> None:
    if glyph.dot is not None:
        (x, y), radius = glyph.dot
        edges = [x - radius, y - radius, x + radius, y + radius]
        draw.ellipse([edge * unit for edge in edges], fill=DOT)
        return
    for start, end, colour, width in glyph.strokes:
        ends = [(x * unit, y * unit) for x, y in (start, end)]
        draw.line(ends, fill=colour, width=max(1, round(width * unit)))


@lru_cache(maxsize=1)
def _patterns_of_screens() -> Patterns:
    """Kept, so that a picture takes half a second; those of paper would hold 100 MB."""
    unit = SCREEN.scale * OVER
    return _patterns(unit, (SCREEN.pixels[0] * OVER, SCREEN.pixels[1] * OVER))


def _patterns(unit: float, size: Size) -> Patterns:
    """Hatch and dots over the whole canvas, to be cut out by a shape's mask."""
    return {
        Tier.WIDE: [
            ("#FFFFFF", _hatch(unit, size, 0, 2.0)),
            ("#000000", _hatch(unit, size, 2, 1.4)),
        ],
        Tier.TOO_FEW: [(DOT, _dots(unit, size))],
    }


def _hatch(unit: float, size: Size, shift: float, width: float) -> Image.Image:
    layer = Image.new("1", size)
    draw = ImageDraw.Draw(layer)
    step = round(14 * unit)  # lines at 45°, 10 units apart across
    for start in range(-size[1], size[0], step):
        left = start + round(shift * 1.4 * unit)
        draw.line([(left, size[1]), (left + size[1], 0)], fill=1, width=round(width * unit))
    return layer


def _dots(unit: float, size: Size) -> Image.Image:
    layer = Image.new("1", size)
    draw = ImageDraw.Draw(layer)
    step, radius = round(9 * unit), 1.2 * unit
    for x in range(step // 2, size[0], step):
        for y in range(step // 2, size[1], step):
            draw.ellipse([x - radius, y - radius, x + radius, y + radius], fill=1)
    return layer


def _paint_swatch(board: Board, page_size: PageSize, number: int, item: LegendItem) -> None:
    left, top = page_size.legend_left, LEGEND_TOP + number * LEGEND_STEP
    corners = [(left, top), (left + 28, top), (left + 28, top + 20), (left, top + 20)]
    points = [(float(x), float(y)) for x, y in corners]
    _paint_shape(board, Shape("", [points], item.fill, item.tier, ""))


def _paint_texts(picture: Image.Image, scene: Scene) -> None:
    page_size = scene.page_size
    legend = (
        Line((page_size.legend_left + 36, LEGEND_TOP + number * LEGEND_STEP + 14), item.label, 11)
        for number, item in enumerate(scene.legend)
    )
    sources = (
        Line((24, page_size.credit_line(number, len(scene.credits))), line, 10, fill=INK_2)
        for number, line in enumerate(scene.credits)
    )
    heading = Line((24, 40), scene.title, 24, weight=700)
    lines = [heading, Line((24, 66), scene.subtitle, 14, fill=INK_2), *legend, *sources]
    write_all(ImageDraw.Draw(picture), lines, page_size.scale, scene.language)
