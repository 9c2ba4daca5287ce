"""Two shares of every area against each other, each with its interval."""

from collections.abc import Iterable
from typing import NamedTuple
from xml.sax.saxutils import escape

from tracker.adoption.estimates import Tier
from tracker.publication import contrast_words, strokes, words
from tracker.publication.contrasts import Contrast

WIDTH, HEIGHT = 360, 356
LEFT, RIGHT, TOP, BOTTOM = 40, 340, 14, 314


class Axes(NamedTuple):
    """What stands along the two axes: `across` is before, `up` is after."""

    across: str
    up: str


def scatter_svg(contrasts: Iterable[Contrast], *, axes: Axes, title: str, language: str) -> str:
    """A point for each area whose two shares are shown; hollow where one of them is wide."""
    parts = [strokes.head(WIDTH, HEIGHT, title, "scatter"), *_frame(axes)]
    shown = [one for one in contrasts if one.difference is not None]
    parts += [_whiskers(one) for one in shown]  # below every point
    parts += [_point(one, language) for one in shown]
    return "".join([*parts, "</svg>"])


def _frame(axes: Axes) -> list[str]:
    parts = []
    for percent in (0, 25, 50, 75, 100):
        x, y, label = _x(percent / 100), _y(percent / 100), words.percent(percent / 100)
        parts += [
            strokes.line((x, TOP), (x, BOTTOM)),
            strokes.line((LEFT, y), (RIGHT, y)),
            strokes.text((x, BOTTOM + 14), label, 11, "middle", strokes.INK_2),
            strokes.text((LEFT - 5, y + 4), label, 11, "end", strokes.INK_2),
        ]
    return [
        *parts,
        strokes.line((LEFT, BOTTOM), (RIGHT, TOP), strokes.OUTLINE, 1, "3 3"),
        strokes.text((RIGHT, BOTTOM + 32), f"{axes.across} →", 12, "end"),
        strokes.text((LEFT + 6, TOP + 12), f"↑ {axes.up}", 12),
    ]


def _x(share: float) -> float:
    return round(LEFT + share * (RIGHT - LEFT), 1)


def _y(share: float) -> float:
    return round(BOTTOM - share * (BOTTOM - TOP), 1)


def _whiskers(one: Contrast) -> str:
    across, up = one.before.interval, one.after.interval
    if across is None or up is None:
        return ""
    x, y = _x(one.before.share or 0), _y(one.after.share or 0)
    return strokes.line((_x(across.low), y), (_x(across.high), y), "#767E8A") + strokes.line(
        (x, _y(up.low)), (x, _y(up.high)), "#767E8A"
    )


def _point(one: Contrast, language: str) -> str:
    label = f"{one.after.name(language)}: {contrast_words.pair_sentence(one)}"
    place = (_x(one.before.share or 0), _y(one.after.share or 0))
    dot = strokes.marker(place, "either_wallet", is_hollow=one.tier == Tier.WIDE)
    return f'<g data-code="{one.after.code}"><title>{escape(label)}</title>{dot}</g>'
