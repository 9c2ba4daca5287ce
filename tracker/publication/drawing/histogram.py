"""How old the statuses behind a figure are: one bar for each month of age."""

from collections.abc import Sequence

from tracker.adoption.timeline import LIVE_MONTHS
from tracker.publication.drawing.chart import Drawing, Mark, Path, TextMark, line
from tracker.publication.drawing.styles import INK_2, OUTLINE

WIDTH, HEIGHT = 360, 170
LEFT, RIGHT, TOP, BOTTOM = 4, 356, 20, 138
GAP = 4


def bars_of(ages: Sequence[int]) -> list[int]:
    """Number of statuses by age, from 0 to LIVE_MONTHS months."""
    return [sum(age == month for age in ages) for month in range(LIVE_MONTHS + 1)]


def histogram_chart(bars: Sequence[int], *, title: str, axis: str, colour: str) -> Drawing:
    """The bars with their numbers; `axis` says what the numbers below them are."""
    step = (RIGHT - LEFT) / len(bars)
    highest = max(1, *bars)
    marks: list[Mark] = []
    for age, number in enumerate(bars):
        x = round(LEFT + age * step + GAP / 2, 1)
        end = round(x + step - GAP, 1)
        top = round(BOTTOM - number / highest * (BOTTOM - TOP), 1)
        middle = round((x + end) / 2, 1)
        corners = ((x, BOTTOM), (x, top), (end, top), (end, BOTTOM))
        marks += [
            Path(corners, fill=colour, is_closed=True),
            TextMark((middle, BOTTOM + 13), str(age), 11, "middle", INK_2),
        ]
        if number:
            marks.append(TextMark((middle, top - 4), f"{number:,}", 11, "middle"))
    marks.append(line((LEFT, BOTTOM), (RIGHT, BOTTOM), OUTLINE))
    marks.append(TextMark((RIGHT, HEIGHT - 4), axis, 12, "end", INK_2))
    return Drawing(WIDTH, HEIGHT, title, "histogram", tuple(marks))
