"""Texts on pictures: how wide they are, and where their lines break."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from PIL import ImageDraw

from tracker.publication.drawing import fonts
from tracker.publication.drawing.styles import INK, Point

MEASURED = 100  # px of the type that widths are taken from
# A word with the spaces after it, or one character of a script that is written without spaces.
PIECES = re.compile(r"[^\s\u2E80-\uFFEF]+\s*|\s+|[\u2E80-\uFFEF]")
NEVER_FIRST = "、。，．・：；？！）」』】〉》”’％"  # of a line


@dataclass(frozen=True)
class Line:
    """A text on its baseline, in units of the picture."""

    place: Point
    text: str
    size: int
    weight: int = 400
    fill: str = INK


def write_all(
    draw: ImageDraw.ImageDraw, lines: Iterable[Line], scale: float, language: str
) -> None:
    """Write lines in a language; `scale` is px in a unit."""
    for line in lines:
        at = (line.place[0] * scale, line.place[1] * scale)
        px = round(line.size * scale)
        write(draw, at, line.text, px, language, weight=line.weight, fill=line.fill)


def width_of(text: str, size: float, language: str, weight: int = 400) -> float:
    """How far a text reaches, in the units of `size`; browsers may have fonts that we lack."""
    text = fonts.with_stand_ins(text, language, weight)
    widths = (
        fonts.font(name, MEASURED, weight).getlength(piece)
        for name, piece in fonts.runs_of(text, language, weight)
    )
    return sum(widths) * size / MEASURED


def lines_of(text: str, size: float, *, room: float, language: str, weight: int = 400) -> list[str]:
    """The text in lines that fit; a piece that is longer than a line has one of its own."""
    lines = [""]
    for piece in PIECES.findall(text):
        longer = lines[-1] + piece
        fits = width_of(longer.rstrip(), size, language, weight) <= room
        if fits or not lines[-1] or piece in NEVER_FIRST:
            lines[-1] = longer
        else:
            lines.append(piece)
    return [line.strip() for line in lines]


def write(
    draw: ImageDraw.ImageDraw,
    place: Point,
    text: str,
    size: int,
    language: str,
    *,
    weight: int = 400,
    fill: str = INK,
) -> None:
    """Write a text on its baseline; place and size in px."""
    x, y = place
    for name, piece in fonts.runs_of(text, language, weight):
        face = fonts.font(name, size, weight)
        draw.text((x, y), piece, font=face, fill=fill, anchor="ls")
        x += face.getlength(piece)
