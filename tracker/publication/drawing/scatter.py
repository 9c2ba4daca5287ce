"""Two shares of every area against each other, each with its interval."""

from collections.abc import Iterable
from typing import NamedTuple

from tracker.adoption.estimation.estimates import Tier
from tracker.publication.drawing.chart import Drawing, Mark, Named, Path, TextMark, line, sign
from tracker.publication.drawing.styles import INK, INK_2, OUTLINE, Point
from tracker.publication.figures import contrast_words, words
from tracker.publication.figures.contrasts import Contrast

WIDTH, HEIGHT = 360, 356
LEFT, RIGHT, TOP, BOTTOM = 40, 340, 14, 314
WHISKER = "#767E8A"


class Axes(NamedTuple):
    """What stands along the two axes: `across` is before, `up` is after."""

    across: str
    up: str


def scatter_chart(
    contrasts: Iterable[Contrast], *, axes: Axes, title: str, language: str
) -> Drawing:
    """A point for each area whose two shares are shown; hollow where one of them is wide."""
    marks = _frame(axes)
    shown = [one for one in contrasts if one.difference is not None]
    for one in shown:
        marks += _whiskers(one)  # below every point
    marks += [_point(one, language) for one in shown]
    return Drawing(WIDTH, HEIGHT, title, "scatter", tuple(marks))


def _frame(axes: Axes) -> list[Mark]:
    marks: list[Mark] = []
    for percent in (0, 25, 50, 75, 100):
        x, y, label = _x(percent / 100), _y(percent / 100), words.percent(percent / 100)
        marks += [
            line((x, TOP), (x, BOTTOM)),
            line((LEFT, y), (RIGHT, y)),
            TextMark((x, BOTTOM + 14), label, 11, "middle", INK_2),
            TextMark((LEFT - 5, y + 4), label, 11, "end", INK_2),
        ]
    return [
        *marks,
        line((LEFT, BOTTOM), (RIGHT, TOP), OUTLINE, 1, "3 3"),
        TextMark((RIGHT - 10, BOTTOM + 32), axes.across, 12, "end"),
        _arrow((RIGHT, BOTTOM + 28), (-7, -4), (-7, 4)),
        TextMark((LEFT + 18, TOP + 12), axes.up, 12),
        _arrow((LEFT + 10, TOP + 3), (-4, 7), (4, 7)),
    ]


def _arrow(tip: Point, *corners: Point) -> Path:
    """A small triangle: the fonts of pictures have no arrows."""
    points = [tip, *((tip[0] + x, tip[1] + y) for x, y in corners)]
    return Path(tuple(points), fill=INK, is_closed=True)


def _x(share: float) -> float:
    return round(LEFT + share * (RIGHT - LEFT), 1)


def _y(share: float) -> float:
    return round(BOTTOM - share * (BOTTOM - TOP), 1)


def _whiskers(one: Contrast) -> list[Mark]:
    across, up = one.before.interval, one.after.interval
    if across is None or up is None:
        return []
    x, y = _x(one.before.share or 0), _y(one.after.share or 0)
    return [
        line((_x(across.low), y), (_x(across.high), y), WHISKER),
        line((x, _y(up.low)), (x, _y(up.high)), WHISKER),
    ]


def _point(one: Contrast, language: str) -> Named:
    label = f"{one.after.name(language)}: {contrast_words.pair_sentence(one)}"
    place = (_x(one.before.share or 0), _y(one.after.share or 0))
    dot = sign(place, "either_wallet", is_hollow=one.tier == Tier.WIDE)
    return Named(one.after.code_text, label, (dot,))
