"""How old the statuses behind a figure are: one bar for each month of age."""

from collections.abc import Sequence

from tracker.adoption.timeline import LIVE_MONTHS
from tracker.publication import strokes

WIDTH, HEIGHT = 360, 170
LEFT, RIGHT, TOP, BOTTOM = 4, 356, 20, 138
GAP = 4


def bars_of(ages: Sequence[int]) -> list[int]:
    """Number of statuses by age, from 0 to LIVE_MONTHS months."""
    return [sum(age == month for age in ages) for month in range(LIVE_MONTHS + 1)]


def histogram_svg(bars: Sequence[int], *, title: str, axis: str, colour: str) -> str:
    """The bars with their numbers; `axis` says what the numbers below them are."""
    step = (RIGHT - LEFT) / len(bars)
    highest = max(1, *bars)
    parts = [strokes.head(WIDTH, HEIGHT, title, "histogram")]
    for age, number in enumerate(bars):
        x = round(LEFT + age * step + GAP / 2, 1)
        top = round(BOTTOM - number / highest * (BOTTOM - TOP), 1)
        middle = round(x + (step - GAP) / 2, 1)
        parts += [
            f'<path d="M{x:g} {BOTTOM}V{top:g}h{step - GAP:.1f}V{BOTTOM}Z" fill="{colour}"/>',
            strokes.text((middle, BOTTOM + 13), str(age), 11, "middle", strokes.INK_2),
        ]
        if number:
            parts.append(strokes.text((middle, top - 4), f"{number:,}", 11, "middle"))
    parts.append(strokes.line((LEFT, BOTTOM), (RIGHT, BOTTOM), strokes.OUTLINE))
    parts.append(strokes.text((RIGHT, HEIGHT - 4), axis, 12, "end", strokes.INK_2))
    return "".join([*parts, "</svg>"])
