"""Paints a drawing with Pillow: marks twice as large and made smaller, then the texts."""

import io
from collections.abc import Iterable, Iterator
from itertools import pairwise
from math import hypot
from typing import NamedTuple

from PIL import Image, ImageDraw

from tracker.publication.drawing.chart import (
    SIGN_WIDTH,
    Dot,
    Drawing,
    Mark,
    Named,
    Path,
    Placed,
    TextMark,
)
from tracker.publication.drawing.styles import PAPER, Point
from tracker.publication.drawing.text_layout import width_of, write

SCALE = 2  # px of the picture for each unit
OVER = 2  # supersampling
SHIFT = {"start": 0.0, "middle": 0.5, "end": 1.0}  # of a text's width, to the left


class PngView(NamedTuple):
    """Where units lie in px."""

    left: float
    top: float
    scale: float

    def at(self, place: Point) -> Point:
        return self.left + place[0] * self.scale, self.top + place[1] * self.scale

    def inside(self, placed: Placed) -> "PngView":
        return PngView(*self.at(placed.place), self.scale * placed.scale)


def drawing_png(drawing: Drawing, *, language: str) -> bytes:
    """The whole chart as one PNG file; MissingGlyph for a character that no font has."""
    size = (round(drawing.width * SCALE), round(drawing.height * SCALE))
    image = Image.new("RGB", (size[0] * OVER, size[1] * OVER), PAPER)
    for view, mark in _flat(drawing.marks, PngView(0, 0, SCALE * OVER)):
        _paint(image, view, mark)
    picture = image.resize(size, Image.Resampling.LANCZOS)
    draw = ImageDraw.Draw(picture)
    for view, mark in _flat(drawing.marks, PngView(0, 0, SCALE)):
        if isinstance(mark, TextMark):
            _write(draw, view, mark, language)
    file = io.BytesIO()
    picture.quantize(256).save(file, "PNG", optimize=True)
    return file.getvalue()


def _flat(marks: Iterable[Mark], view: PngView) -> Iterator[tuple[PngView, Mark]]:
    """Every mark that is painted, and where."""
    for mark in marks:
        match mark:
            case Named():
                yield from _flat(mark.marks, view)
            case Placed():
                yield from _flat(mark.marks, view.inside(mark))
            case _:
                yield view, mark


def _paint(image: Image.Image, view: PngView, mark: Mark) -> None:
    draw = ImageDraw.Draw(image)
    match mark:
        case Path():
            points = [view.at(point) for point in mark.points]
            if mark.fill:
                _fill(image, points, mark)
            if mark.ink:
                ends = [*points, points[0]] if mark.is_closed else points
                width = max(1, round(mark.width * view.scale))
                for run in _dashes(ends, mark.dash, view.scale):
                    draw.line(run, fill=mark.ink, width=width, joint="curve")
        case Dot():
            (x, y), radius = view.at(mark.place), mark.radius * view.scale
            # An outline of SVG lies half outside, one of Pillow inside.
            reach = radius + SIGN_WIDTH * view.scale / 2
            box = (x - reach, y - reach, x + reach, y + reach)
            draw.ellipse(box, mark.fill, mark.ink, round(SIGN_WIDTH * view.scale))


def _fill(image: Image.Image, points: list[Point], mark: Path) -> None:
    mask = Image.new("L", image.size)
    ImageDraw.Draw(mask).polygon(points, fill=round(255 * mark.opacity))
    image.paste(mark.fill, (0, 0), mask)


def _dashes(points: list[Point], dash: str, scale: float) -> Iterator[list[Point]]:
    """The strokes of a line; the whole line where it has no dashes."""
    if not dash:
        yield points
        return
    stroke, gap = (float(length) * scale for length in dash.split())
    left, is_stroke, run = stroke, True, [points[0]]
    for begin, end in pairwise(points):
        length, gone = hypot(end[0] - begin[0], end[1] - begin[1]), 0.0
        while length - gone > left:
            gone += left
            part = gone / length
            turn = (
                begin[0] + (end[0] - begin[0]) * part,
                begin[1] + (end[1] - begin[1]) * part,
            )
            if is_stroke:
                yield [*run, turn]
            is_stroke, run = not is_stroke, [turn]
            left = stroke if is_stroke else gap
        left -= length - gone
        run.append(end)
    if is_stroke and len(run) > 1:
        yield run


def _write(draw: ImageDraw.ImageDraw, view: PngView, mark: TextMark, language: str) -> None:
    size = round(mark.size * view.scale)
    x, y = view.at(mark.place)
    x -= SHIFT[mark.anchor] * width_of(mark.text, size, language, mark.weight)
    write(draw, (x, y), mark.text, size, language, weight=mark.weight, fill=mark.ink)
