"""Draws the icons of the field app from the same shapes as tracker/static/tracker/glyph.svg."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from PIL import Image, ImageDraw

INK, PAPER = "#23407A", "#F0EDE6"
GLYPH = (24, 20)  # its own units
FOLDER = Path("tracker/static/field/icons")
# Name → side in px, share of the side that the glyph may fill. A maskable icon is cut to a
# circle of 80 %; in it the glyph's corners must still stand.
ICONS = {"192": (192, 0.72), "512": (512, 0.72), "maskable-512": (512, 0.56), "180": (180, 0.72)}
FINER = 4  # drawn so much larger, for smooth edges


class Command(BaseCommand):
    help = "Draw the icons of the field app anew (after the glyph was changed)."

    def handle(self, *_args: object, **_options: object) -> None:
        for name, (side, share) in ICONS.items():
            path = settings.BASE_DIR / FOLDER / f"{name}.png"
            icon(side, share).save(path, optimize=True)
            self.stdout.write(f"{path.name}: {path.stat().st_size} bytes")


def icon(side: int, share: float) -> Image.Image:
    """A square with the glyph in its middle."""
    large = Image.new("RGB", (side * FINER, side * FINER), PAPER)
    unit = large.width * share / GLYPH[0]
    left = (large.width - GLYPH[0] * unit) / 2
    top = (large.height - GLYPH[1] * unit) / 2
    draw = ImageDraw.Draw(large)

    def box(x: float, y: float, width: float, height: float) -> None:
        corner = (left + x * unit, top + y * unit)
        draw.rectangle((*corner, corner[0] + width * unit, corner[1] + height * unit), fill=INK)

    box(1, 2, 22, 2)  # the pole
    box(3, 3, 5.4, 14)
    for x, pieces in ((9.8, [(0, 14)]), (16.1, [(y, 2.2) for y in (0, 3.9, 7.8, 11.7)])):
        for y, height in pieces:
            box(x, 3 + y, 1, height)
            box(x + 3.9, 3 + y, 1, height)
        box(x, 16, 4.9, 1)
    return large.resize((side, side), Image.Resampling.LANCZOS).quantize(16)
