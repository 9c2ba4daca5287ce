"""The charts of Explore: what is drawn of each tier, and that they live under the policy."""

from xml.etree import ElementTree

import pytest

from tests.publication.figures.test_contrasts import FEW, RISE, SAME, contrast
from tracker.adoption.estimation.estimates import Tier
from tracker.adoption.queries import Count
from tracker.places.grid import children, corners_of, origin
from tracker.places.kinds import AreaLevel
from tracker.places.outlines import Ring
from tracker.publication.drawing import ranking, styles
from tracker.publication.drawing.canvas import Paint, Projection, points_of
from tracker.publication.drawing.change_map import change_paints, change_signs
from tracker.publication.drawing.chart import Drawing, sign
from tracker.publication.drawing.chart_svg import drawing_svg
from tracker.publication.drawing.glyphs import Box
from tracker.publication.drawing.histogram import bars_of, histogram_chart
from tracker.publication.drawing.lattice import Sign, lattice_svg
from tracker.publication.drawing.panel import DEFS, panel_svg, swatch_svg
from tracker.publication.drawing.ranking import highest_first, ranking_chart
from tracker.publication.drawing.scatter import Axes, scatter_chart
from tracker.publication.drawing.trend import LARGE, Ends, trend_chart
from tracker.publication.figures.cells import Cell
from tracker.survey.measures import Measure

SVG = "{http://www.w3.org/2000/svg}"
COUNTS = {1: (400, 100), 2: (50, 40), 3: (7, 7), 4: (0, 0), 5: (500, 300)}
OUTLINES: dict[str, list[Ring]] = {"13101": [[(139.0, 35.0), (139.1, 35.0), (139.1, 35.1)]]}


def cell(code: int) -> Cell:
    observed, yes = COUNTS[code]
    return Cell(
        AreaLevel.WARD, code, f"区{code}", f"Ward {code}", f"区{code}", Count(observed, yes)
    )


def parsed(text: str) -> ElementTree.Element:
    return ElementTree.fromstring(text)  # noqa: S314  # our own drawing


def charted(drawing: Drawing) -> ElementTree.Element:
    return parsed(drawing_svg(drawing))


def ranked(codes: list[int], measure: str = "alipay") -> ElementTree.Element:
    cells = [cell(code) for code in codes]
    return charted(ranking_chart(cells, measure, title="<b>", whole=cell(1), language="en"))


def texts(element: ElementTree.Element) -> list[str]:
    return [text.text or "" for text in element.iter(f"{SVG}text")]


def row(root: ElementTree.Element, code: int) -> ElementTree.Element:
    return next(group for group in root.iter(f"{SVG}g") if group.get("data-code") == f"{code:05d}")


def test_the_ranking_goes_by_share_then_by_shops_observed() -> None:
    assert [one.code for one in highest_first(map(cell, COUNTS))] == [2, 5, 1, 3, 4]


def test_a_reliable_share_is_a_full_dot_and_a_wide_one_hollow() -> None:
    root = ranked([1, 2])
    fills = [row(root, code).find(f"{SVG}circle") for code in (1, 2)]
    colour = styles.COLOURS["alipay"][0]
    assert [dot.get("fill") for dot in fills if dot is not None] == [colour, styles.PAPER]


def test_too_few_is_its_n_without_a_dot_and_nothing_observed_a_dash() -> None:
    root = ranked([3, 4])
    assert [texts(row(root, code))[1] for code in (3, 4)] == ["n = 7", "–"]
    assert list(root.iter(f"{SVG}circle")) == []
    assert row(root, 3).find(f"{SVG}path") is None


def test_the_whisker_reaches_from_end_to_end_of_the_interval() -> None:
    whisker = row(ranked([1]), 1).find(f"{SVG}path")
    interval = cell(1).interval
    assert whisker is not None
    assert interval is not None
    ends = [float(end.split(" ")[0]) for end in whisker.attrib["d"][1:].split("L")]
    left = ranking.room_for(["Ward 1"])
    assert ends == [ranking.share_at(share, left) for share in interval]


@pytest.mark.parametrize("measure", Measure.values)
def test_every_measure_has_a_sign_of_its_own(measure: str) -> None:
    signs = {
        other: str(sign((10, 10), other, is_hollow=False)).replace(styles.COLOURS[other][0], "")
        for other in Measure.values
    }
    assert list(signs.values()).count(signs[measure]) == 1
    assert styles.COLOURS[measure][0] in ElementTree.tostring(ranked([1], measure), "unicode")


def test_the_scatter_has_a_point_for_each_area_with_two_shares() -> None:
    some = [contrast(RISE, 1), contrast(SAME, 2), contrast(FEW, 3)]
    root = charted(scatter_chart(some, axes=Axes("a & b", "c"), title="t", language="en"))
    assert [group.get("data-code") for group in root.iter(f"{SVG}g")] == ["00001", "00002"]
    assert {"a & b", "c"} <= set(texts(root))


def test_the_histogram_has_a_bar_for_each_age_and_a_number_where_there_is_one() -> None:
    bars = bars_of([0, 0, 12, 3])
    assert bars == [2, 0, 0, 1, *[0] * 8, 1]
    root = charted(histogram_chart(bars, title="t", axis="months", colour="#000000"))
    heights = [path.attrib["d"] for path in root.iter(f"{SVG}path") if path.get("fill") != "none"]
    assert len(heights) == 13
    assert len(texts(root)) == 13 + 3 + 1  # ages, numbers, axis


def test_no_ages_are_no_division_by_zero() -> None:
    assert (
        texts(charted(histogram_chart([0] * 13, title="t", axis="m", colour="#000000")))[-1] == "m"
    )


def test_the_large_trend_has_five_lines_and_all_its_shares() -> None:
    series = [(number, Count(400, 200)) for number in range(3)]
    root = charted(trend_chart(series, "alipay", "t", Ends("a", "b"), LARGE))
    assert texts(root) == ["0", "25", "50", "75", "100", "a", "b"]


def test_a_panel_shows_a_rise_as_a_sign_on_its_ward() -> None:
    one = contrast(RISE)
    paints, signs = change_paints([one]), change_signs([one])
    root = parsed(panel_svg(OUTLINES, paints, title="t", signs=signs))
    assert len(list(row(root, 13101).iter(f"{SVG}path"))) == 2
    plain = parsed(panel_svg(OUTLINES, paints, title="t"))
    assert len(list(row(plain, 13101).iter(f"{SVG}path"))) == 1


def many(number: int) -> list[Paint]:
    """Squares of 250 m, side by side, of three tiers in turn."""
    tiers = [Tier.RELIABLE, Tier.WIDE, Tier.TOO_FEW]
    codes = [code for parent in range(53390000, 53390010) for code in _finest(parent)]
    return [Paint(code, "#FFFFFF", tiers[place % 3], "x") for place, code in enumerate(codes)][
        :number
    ]


def _finest(square: int) -> list[int]:
    return [fine for half in children(square) for fine in children(half)]


def test_very_many_squares_are_one_path_for_each_look_with_all_their_marks() -> None:
    paints = many(150)
    signs = {paint.code: Sign(paint.code % 2 == 0, styles.INK) for paint in paints[:40]}
    root = parsed(panel_svg(OUTLINES, paints, title="t", signs=signs, most_titled=100))
    paths = [path.attrib["d"] for path in root.iter(f"{SVG}path")]
    assert list(root.iter(f"{SVG}title"))[1:] == []
    assert sum(path.count("h1v1h-1z") for path in paths) == 150
    assert sum(path.count("h0") for path in paths) == 50  # dots
    assert sum(path.count("l.55 .55") for path in paths) == 100  # two lines each
    assert sum(path.count("h-.6z") for path in paths) == 40


def test_the_lattice_lies_where_the_single_squares_would() -> None:
    paints = many(30)
    ground = points_of(OUTLINES, paints)
    project = Projection(ground, Box(6, 6, 554, 400))
    matrix = lattice_svg(project, paints, {})[0].split("(")[1].split(")")[0]
    wide, _b, _c, high, left, top = map(float, matrix.split(" "))
    for paint in paints:
        row, column, size = origin(paint.code)
        corner = project(corners_of(paint.code)[0])
        place = (left + column // size * wide, top + row // size * high)
        assert place == pytest.approx(corner, abs=0.06)


def test_drawings_have_no_style_and_no_script() -> None:
    drawings = [
        panel_svg(OUTLINES, change_paints([contrast(SAME)]), title="<b>"),
        swatch_svg("#FFFFFF", Tier.TOO_FEW),
        DEFS,
        ElementTree.tostring(ranked([1, 2, 3]), "unicode"),
    ]
    for text in drawings:
        names = {element.tag.rpartition("}")[2] for element in parsed(text).iter()}
        attributes = {name for element in parsed(text).iter() for name in element.attrib}
        assert names & {"style", "script", "foreignObject", "image"} == set()
        assert {name for name in attributes if name.startswith("on")} | (
            attributes & {"style"}
        ) == set()
