"""The small trend: what is drawn, and what is left out."""

from xml.etree import ElementTree

from tracker.adoption.queries import NO_COUNT, Count
from tracker.publication.drawing.chart_svg import drawing_svg
from tracker.publication.drawing.styles import COLOURS, PAPER
from tracker.publication.drawing.trend import SMALL, Ends, Series, trend_chart
from tracker.survey.measures import Measure

SVG = "{http://www.w3.org/2000/svg}"
LEFT, RIGHT, TOP, BOTTOM = SMALL.left, SMALL.right, SMALL.top, SMALL.bottom
MANY, WIDE, FEW = Count(400, 200), Count(50, 25), Count(7, 7)


def drawn(series: Series, title: str = "title") -> ElementTree.Element:
    text = drawing_svg(trend_chart(series, "alipay", title, Ends("January 2026", "June 2026")))
    return ElementTree.fromstring(text)  # noqa: S314  # our own drawing


def series(*counts: Count) -> Series:
    return list(enumerate(counts))


def lines(root: ElementTree.Element) -> list[str]:
    return [path.attrib["d"] for path in root.iter(f"{SVG}path") if path.get("stroke-width") == "2"]


def dots(root: ElementTree.Element) -> list[str]:
    return [dot.attrib["fill"] for dot in root.iter(f"{SVG}circle")]


def test_a_whole_series_is_one_line_from_edge_to_edge() -> None:
    middle = (TOP + BOTTOM) / 2
    root = drawn(series(MANY, MANY, MANY))
    centre = (LEFT + RIGHT) / 2
    assert lines(root) == [f"M{LEFT} {middle:g}L{centre:g} {middle:g}L{RIGHT} {middle:g}"]


def test_the_line_lies_inside_its_band() -> None:
    root = drawn(series(MANY, MANY))
    band = next(path for path in root.iter(f"{SVG}path") if path.get("fill-opacity"))
    heights = [float(point.split(" ")[1]) for point in band.attrib["d"][1:-1].split("L")]
    assert min(heights) < (TOP + BOTTOM) / 2 < max(heights)


def test_a_month_with_too_few_shops_leaves_a_gap_and_not_a_zero() -> None:
    for missing in (FEW, NO_COUNT):
        root = drawn(series(MANY, MANY, missing, MANY, MANY))
        assert len(lines(root)) == 2
        assert len(dots(root)) == 2


def test_nothing_observed_draws_no_line() -> None:
    root = drawn(series(NO_COUNT, NO_COUNT))
    assert (lines(root), dots(root)) == ([], [])


def test_one_month_alone_is_a_dot() -> None:
    assert dots(drawn(series(MANY))) == [COLOURS["alipay"][0]]


def test_a_wide_interval_ends_in_a_hollow_dot() -> None:
    assert dots(drawn(series(MANY, WIDE))) == [PAPER]
    assert dots(drawn(series(WIDE, MANY))) == [COLOURS["alipay"][0]]


def test_words_are_escaped() -> None:
    root = drawn(series(MANY), title="<b> & co")
    assert root.findtext(f"{SVG}title") == "<b> & co"


def test_every_measure_has_a_line_of_its_own() -> None:
    assert sorted(COLOURS) == sorted(Measure.values)
    assert len(set(COLOURS.values())) == len(COLOURS)
