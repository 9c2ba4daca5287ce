"""Two small pictures of somebody's work: a funnel, and the hours of the day.

Presentation attributes only, so that a strict policy lets them pass.
"""

from collections.abc import Sequence
from xml.sax.saxutils import escape

from tracker.fieldwork.funnel import Belief, Comparison, limits_of

WIDTH, HEIGHT = 320, 188
LEFT, RIGHT, TOP, BOTTOM = 44, 308, 10, 158
INK, GRID, BAND = "#454C57", "#DAD5CA", "#23407A"
STEPS = 40  # of a limit, closer to each other where the funnel is narrow in n
SHORTEST = 100  # answers on the axis
HOURS_HEIGHT = 84
Point = tuple[float, float]


def funnel_svg(comparison: Comparison, title: str) -> str:
    """Limits around what the others find, for every n; the own share where it has enough cases."""
    belief, own = comparison.belief, comparison.own
    if belief is None:
        return ""
    longest = max(SHORTEST, -(-own.n * 5 // 4 // 50) * 50)
    parts = [_opening(HEIGHT, title), *_grid(), *_limits(belief, longest)]
    y = _y(belief.mean)
    parts.append(f'<path d="M{LEFT} {y}H{RIGHT}" stroke="{INK}" fill="none"/>')
    if comparison.limits:
        x = _x(own.n, longest)
        parts.append(
            f'<circle cx="{x}" cy="{_y(own.yes / own.n)}" r="5" fill="{BAND}" stroke="#FFFFFF"/>'
        )
    parts += [
        _text(LEFT, BOTTOM + 17, "0"),
        _text((LEFT + RIGHT) / 2, BOTTOM + 17, "n", "middle"),
        _text(RIGHT, BOTTOM + 17, str(longest), "end"),
        "</svg>",
    ]
    return "".join(parts)


def hours_svg(counts: Sequence[int], title: str) -> str:
    """A bar for each hour of the day."""
    wide, most = (RIGHT - LEFT) / 24, max(max(counts), 1)
    bottom = HOURS_HEIGHT - 20
    parts = [_opening(HOURS_HEIGHT, title)]
    for hour, count in enumerate(counts):
        high = round(count / most * (bottom - TOP), 1)
        x = round(LEFT + hour * wide + 1, 1)
        parts.append(
            f'<rect x="{x}" y="{round(bottom - high, 1)}" width="{round(wide - 2, 1)}" '
            f'height="{high}" fill="{BAND}"/>'
        )
    parts.append(f'<path d="M{LEFT} {bottom}H{RIGHT}" stroke="{INK}" fill="none"/>')
    parts += [
        _text(LEFT + hour * wide, bottom + 15, str(hour), "middle") for hour in (0, 6, 12, 18, 24)
    ]
    parts.append(_text(LEFT - 8, TOP + 6, str(max(counts)), "end"))
    return "".join([*parts, "</svg>"])


def _opening(height: int, title: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'class="trend"><title>{escape(title)}</title>'
    )


def _x(n: float, longest: int) -> float:
    return round(LEFT + n / longest * (RIGHT - LEFT), 1)


def _y(share: float) -> float:
    return round(BOTTOM - share * (BOTTOM - TOP), 1)


def _text(x: float, y: float, text: str, anchor: str = "start") -> str:
    return (
        f'<text x="{round(x, 1)}" y="{round(y, 1)}" font-size="12" fill="{INK}" '
        f'text-anchor="{anchor}">{escape(text)}</text>'
    )


def _grid() -> list[str]:
    parts = []
    for percent in (0, 50, 100):
        y = _y(percent / 100)
        parts.append(f'<path d="M{LEFT} {y}H{RIGHT}" stroke="{GRID}" fill="none"/>')
        parts.append(_text(LEFT - 5, y + 4, f"{percent} %", "end"))
    return parts


def _limits(belief: Belief, longest: int) -> list[str]:
    """The inner limits as a band with an edge, the outer ones as dashes."""
    steps = sorted({max(1, round(longest * (step / STEPS) ** 2)) for step in range(1, STEPS + 1)})
    limits = [(_x(n, longest), limits_of(belief, n)) for n in steps]
    inner = [(x, _y(both.inner.high)) for x, both in limits]
    inner += [(x, _y(both.inner.low)) for x, both in reversed(limits)]
    upper = [(x, _y(both.outer.high)) for x, both in limits]
    lower = [(x, _y(both.outer.low)) for x, both in limits]
    dashes = f'stroke="{BAND}" stroke-dasharray="4 3" fill="none"'
    return [
        f'<path d="{_path(inner)}Z" fill="{BAND}" fill-opacity="0.14" stroke="{BAND}"/>',
        f'<path d="{_path(upper)}" {dashes}/>',
        f'<path d="{_path(lower)}" {dashes}/>',
    ]


def _path(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in points)
