"""Areas by their share, as dots with whiskers: every area has the same room, however large."""

from collections.abc import Iterable

from tracker.adoption.estimation.estimates import Tier
from tracker.publication.drawing.chart import Drawing, Mark, Named, TextMark, line, sign
from tracker.publication.drawing.styles import COLOURS, INK_2, OUTLINE
from tracker.publication.figures import words
from tracker.publication.figures.cells import Cell

WIDTH = 360
RIGHT, NUMBERS = 290, 356  # where the axis ends, and where n does
TOP, ROW = 30, 24
NAME_SIZE, NUMBER_SIZE = 12, 11
FIRST_HAN = 0x2E80  # characters from here on are as wide as they are high


def highest_first(cells: Iterable[Cell]) -> list[Cell]:
    """By share; then those with too few shops, the most observed first; then the others."""
    return sorted(
        cells, key=lambda cell: (cell.share is None, -(cell.share or 0), -cell.count.observed)
    )


def ranking_chart(
    cells: list[Cell], measure: str, *, title: str, whole: Cell | None, language: str
) -> Drawing:
    """One row a cell, in the order given; a dashed line stands for the whole city."""
    bottom = TOP + ROW * len(cells)
    left = room_for([cell.name(language) for cell in cells])
    marks: list[Mark] = []
    for percent in (0, 25, 50, 75, 100):
        x = share_at(percent / 100, left)
        marks.append(line((x, TOP - 6), (x, bottom)))
        label = words.percent(percent / 100)
        marks.append(TextMark((x, TOP - 12), label, NUMBER_SIZE, "middle", INK_2))
    if whole is not None and whole.share is not None:
        x = share_at(whole.share, left)
        marks.append(line((x, TOP - 6), (x, bottom), OUTLINE, 1.2, "3 3"))
    for number, cell in enumerate(cells):
        marks.append(_row(cell, TOP + ROW * number + ROW / 2, measure, language, left))
    return Drawing(WIDTH, bottom + 6, title, "ranking", tuple(marks))


def room_for(names: Iterable[str]) -> int:
    """Where the axis begins, right of the longest name."""
    widths = [sum(1 if ord(sign) >= FIRST_HAN else 0.56 for sign in name) for name in names]
    return round(NAME_SIZE * max(widths, default=0)) + 16


def share_at(share: float, left: float) -> float:
    """The place of a share on an axis that begins at `left`."""
    return round(left + share * (RIGHT - left), 1)


def _row(cell: Cell, y: float, measure: str, language: str, left: float) -> Named:
    name = cell.name(language)
    n = "–" if cell.tier == Tier.NOT_SURVEYED else f"n = {cell.count.observed:,}"
    marks: list[Mark] = [
        TextMark((0, y + 4), name, NAME_SIZE),
        TextMark((NUMBERS, y + 4), n, NUMBER_SIZE, "end", INK_2),
    ]
    if cell.interval is not None and cell.share is not None:
        low, high = share_at(cell.interval.low, left), share_at(cell.interval.high, left)
        place = (share_at(cell.share, left), y)
        marks.append(line((low, y), (high, y), COLOURS[measure][0], 2))
        marks.append(sign(place, measure, is_hollow=cell.tier == Tier.WIDE))
    return Named(cell.code_text, f"{name}: {words.figure_sentence(cell)}", tuple(marks))
