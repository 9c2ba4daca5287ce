"""A trend: the share month by month with its interval as a band."""

from collections.abc import Sequence
from typing import NamedTuple

from tracker.adoption.estimation.estimates import Tier, tier_of, wilson
from tracker.adoption.queries import Count
from tracker.publication.drawing.chart import Drawing, Mark, Path, TextMark, line, sign
from tracker.publication.drawing.styles import COLOURS, INK_2


class Canvas(NamedTuple):
    """Size of the drawing, edges of its plot, the shares written beside it, and the type size."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    shares: tuple[int, ...]  # per cent
    size: int


SMALL = Canvas(240, 100, 26, 232, 8, 82, (0, 50, 100), 10)
LARGE = Canvas(360, 216, 34, 352, 8, 190, (0, 25, 50, 75, 100), 12)
BAND = 0.18  # opacity of the interval
Series = list[tuple[int, Count]]


class Ends(NamedTuple):
    """The names of the first and the last month."""

    first: str
    last: str


class TrendBreak(NamedTuple):
    """A place on the axis of months where something else begins to move the share."""

    place: float  # in months, as those of the series; between two of them it lies between
    label: str


def trend_chart(
    series: Series,
    measure: str,
    title: str,
    ends: Ends,
    canvas: Canvas = SMALL,
    *,
    breaks: Sequence[TrendBreak] = (),
) -> Drawing:
    """The trend of one measure; months with too few shops leave a gap, breaks are dashed lines."""
    baseline = canvas.bottom + canvas.size + 4
    marks: list[Mark] = []
    for percent in canvas.shares:
        marks += _grid_line(percent, canvas)
    for one in breaks:
        marks += _break_line(one, series, canvas)
    for run in _runs(series, canvas):
        marks += _run_marks(run, measure, canvas)
    marks += [
        TextMark((canvas.left, baseline), ends.first, canvas.size, "start", INK_2),
        TextMark((canvas.right, baseline), ends.last, canvas.size, "end", INK_2),
    ]
    return Drawing(canvas.width, canvas.height, title, "trend", tuple(marks))


def _y(share: float, canvas: Canvas) -> float:
    return round(canvas.bottom - share * (canvas.bottom - canvas.top), 1)


def _grid_line(percent: int, canvas: Canvas) -> list[Mark]:
    y = _y(percent / 100, canvas)
    return [
        line((canvas.left, y), (canvas.right, y)),
        TextMark((canvas.left - 4, y + 3), str(percent), canvas.size - 1, "end", INK_2),
    ]


def _break_line(one: TrendBreak, series: Series, canvas: Canvas) -> list[Mark]:
    """Its label stands on the side where there is more room, and not in a small drawing."""
    months = max(1, len(series) - 1)
    part = (one.place - series[0][0]) / months
    x = round(canvas.left + part * (canvas.right - canvas.left), 1)
    rule = line((x, canvas.top), (x, canvas.bottom), INK_2, 1, "3 3")
    if canvas.size < LARGE.size:
        return [rule]
    anchor, aside = ("end", -4) if part > 0.5 else ("start", 4)
    return [rule, TextMark((x + aside, canvas.top + 10), one.label, canvas.size - 1, anchor, INK_2)]


def _runs(series: Series, canvas: Canvas) -> list[list[tuple[float, Count]]]:
    """Months that can be drawn, in runs without a gap, with their place on the axis."""
    step = (canvas.right - canvas.left) / max(1, len(series) - 1)
    runs: list[list[tuple[float, Count]]] = [[]]
    for number, (_month, count) in enumerate(series):
        if tier_of(count.yes, count.observed) in (Tier.NOT_SURVEYED, Tier.TOO_FEW):
            runs.append([])
        else:
            runs[-1].append((round(canvas.left + number * step, 1), count))
    return [run for run in runs if run]


def _run_marks(run: list[tuple[float, Count]], measure: str, canvas: Canvas) -> list[Mark]:
    colour, dash = COLOURS[measure]
    intervals = [(x, wilson(count.yes, count.observed)) for x, count in run]
    upper = [(x, _y(interval.high, canvas)) for x, interval in intervals]
    lower = [(x, _y(interval.low, canvas)) for x, interval in intervals]
    shares = [(x, _y(count.yes / count.observed, canvas)) for x, count in run]
    last = run[-1][1]
    # A hollow sign is a wide interval, as in every chart.
    is_hollow = tier_of(last.yes, last.observed) == Tier.WIDE
    return [
        Path(tuple(upper + lower[::-1]), fill=colour, opacity=BAND, is_closed=True),
        Path(tuple(shares), colour, 2, dash),
        sign(shares[-1], measure, is_hollow=is_hollow, size=3),
    ]
