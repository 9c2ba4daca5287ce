"""What a map is drawn on: the screen, or a page size of paper."""

from dataclasses import dataclass

from tracker.publication.drawing.glyphs import Box

POINTS = 72  # in an inch


@dataclass(frozen=True)
class PageSize:
    """`pixels` wide and high, `scale` of them in a unit of the scene; no `dpi` on a screen.

    Margins, words and key have the same size in units everywhere: the map takes what is left.
    """

    name: str
    pixels: tuple[int, int]
    scale: float
    dpi: int = 0
    key: float = 208.0  # units from the key's left edge to that of the page size

    @property
    def width(self) -> float:
        """In units."""
        return self.pixels[0] / self.scale

    @property
    def height(self) -> float:
        return self.pixels[1] / self.scale

    def credit_line(self, number: int, of: int) -> float:
        """How far down one of so many lines at the foot stands."""
        return self.height - 14 - 13 * (of - 1 - number)

    @property
    def map_box(self) -> Box:
        return Box(24.0, 92.0, self.width - self.key - 16, self.height - 64)

    @property
    def legend_left(self) -> float:
        return self.width - self.key


SCREEN = PageSize("screen", (1600, 1200), scale=2)
# Landscape; a unit is a point. The key keeps the margin that printers cannot reach.
A4 = PageSize("a4", (3508, 2480), scale=300 / POINTS, dpi=300, key=224.0)
PAGE_SIZES = {page_size.name: page_size for page_size in (SCREEN, A4)}
