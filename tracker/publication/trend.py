"""A small trend as SVG: the share month by month with its interval as a band."""

from xml.sax.saxutils import escape

from tracker.adoption.estimates import Tier, tier_of, wilson
from tracker.adoption.queries import Count

WIDTH, HEIGHT = 320, 96
PAPER = "#FAF8F4"
LEFT, RIGHT, TOP, BOTTOM = 30, 312, 8, 78
COLOURS = {
    "alipay": ("#2C5EAC", ""),
    "wechat_pay": ("#079F78", "7 4"),
    "chinese_staff": ("#75002B", "2 3"),
    "either_wallet": ("#1A1D23", ""),
}
Series = list[tuple[int, Count]]
Point = tuple[float, float]


def trend_svg(series: Series, measure: str, title: str, first: str, last: str) -> str:
    """The trend of one measure; months with too few shops leave a gap."""
    colour, dash = COLOURS[measure]
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
            f'class="trend"><title>{escape(title)}</title>'
        ),
        *(_grid_line(percent) for percent in (0, 50, 100)),
    ]
    for run in _runs(series):
        parts += _run_svg(run, colour, dash)
    parts += [
        f'<text x="{LEFT}" y="92" font-size="10" fill="#454C57">{escape(first)}</text>',
        (
            f'<text x="{RIGHT}" y="92" font-size="10" fill="#454C57" text-anchor="end">'
            f"{escape(last)}</text>"
        ),
        "</svg>",
    ]
    return "".join(parts)


def _y(share: float) -> float:
    return round(BOTTOM - share * (BOTTOM - TOP), 1)


def _grid_line(percent: int) -> str:
    y = _y(percent / 100)
    return (
        f'<path d="M{LEFT} {y}H{RIGHT}" stroke="#DAD5CA" fill="none"/>'
        f'<text x="{LEFT - 4}" y="{y + 3}" font-size="9" fill="#454C57" text-anchor="end">'
        f"{percent}</text>"
    )


def _runs(series: Series) -> list[list[tuple[float, Count]]]:
    """Months that can be drawn, in runs without a gap, with their place on the axis."""
    step = (RIGHT - LEFT) / max(1, len(series) - 1)
    runs: list[list[tuple[float, Count]]] = [[]]
    for number, (_month, count) in enumerate(series):
        if tier_of(count.yes, count.observed) in (Tier.NOT_SURVEYED, Tier.TOO_FEW):
            runs.append([])
        else:
            runs[-1].append((round(LEFT + number * step, 1), count))
    return [run for run in runs if run]


def _run_svg(run: list[tuple[float, Count]], colour: str, dash: str) -> list[str]:
    upper = [(x, _y(wilson(count.yes, count.observed).high)) for x, count in run]
    lower = [(x, _y(wilson(count.yes, count.observed).low)) for x, count in run]
    line = [(x, _y(count.yes / count.observed)) for x, count in run]
    stroke_dash = f' stroke-dasharray="{dash}"' if dash else ""
    (x, y), last = line[-1], run[-1][1]
    # A hollow dot is a wide interval, as in every chart.
    inside = PAPER if tier_of(last.yes, last.observed) == Tier.WIDE else colour
    return [
        f'<path d="{_path(upper + lower[::-1])}Z" fill="{colour}" fill-opacity="0.18"/>',
        f'<path d="{_path(line)}" fill="none" stroke="{colour}" stroke-width="2"{stroke_dash}/>',
        f'<circle cx="{x}" cy="{y}" r="3" fill="{inside}" stroke="{colour}"/>',
    ]


def _path(points: list[Point]) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in points)
