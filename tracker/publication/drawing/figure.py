"""A chart as a picture of its own: what it shows above it, its notes, sources and address below."""

from collections.abc import Sequence

from tracker.publication.drawing.chart import Drawing, Mark, Placed, TextMark
from tracker.publication.drawing.styles import INK_2
from tracker.publication.drawing.text_layout import lines_of

WIDTH, MARGIN = 800.0, 24.0
TOP = 88.0  # of the chart
SCALE = 2.0  # of the chart on the figure


def figure_of(
    chart: Drawing,
    *,
    title: str,
    subtitle: str,
    notes: Sequence[str],
    sources: Sequence[str],
    language: str,
) -> Drawing:
    """The chart under its title and above its notes and its sources, on one page size."""
    room = WIDTH - 2 * MARGIN
    marks: list[Mark] = []
    y = 16.0
    for line in lines_of(title, 24, room=room, language=language, weight=700):
        y += 26
        marks.append(TextMark((MARGIN, y), line, 24, weight=700))
    for line in lines_of(subtitle, 14, room=room, language=language):
        y += 22
        marks.append(TextMark((MARGIN, y), line, 14, ink=INK_2))
    left = (WIDTH - chart.width * SCALE) / 2
    y = max(TOP, y + 24)
    marks.append(Placed((left, y), SCALE, chart.marks))
    y += chart.height * SCALE + 8
    for size, text in [*((12, one) for one in notes), *((10, one) for one in sources)]:
        for line in lines_of(text, size, room=room, language=language):
            y += size + 6
            marks.append(TextMark((MARGIN, y), line, size, ink=INK_2))
    return Drawing(WIDTH, y + 14, f"{title}. {subtitle}", "figure", tuple(marks))
