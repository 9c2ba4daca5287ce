"""A chart on a page size: lines break where they may, dashes and boxes are painted."""

import io

import pytest
from PIL import Image

from tracker.publication.drawing.chart import Dot, Drawing, Path, Placed, TextMark, line
from tracker.publication.drawing.chart_png import drawing_png
from tracker.publication.drawing.figure import WIDTH, figure_of
from tracker.publication.drawing.text_layout import lines_of, width_of

JA = "割合は月末のもので、帯は９５％の区間です。店舗が少なすぎる月は除いています。"
EN = "The share at the end of each month; months with too few shops are left out."


@pytest.mark.parametrize(("text", "language"), [(JA, "ja"), (JA, "zh-hans"), (EN, "en")])
def test_lines_fit_and_together_are_the_text(text: str, language: str) -> None:
    lines = lines_of(text, 12, room=120, language=language)
    assert len(lines) > 2
    joined = " ".join(lines) if language == "en" else "".join(lines)
    assert joined == text
    assert all(width_of(one, 12, language) <= 120 + 12 for one in lines)  # a full stop may hang
    assert not any(one[0] in "、。" for one in lines)


def test_a_word_longer_than_a_line_has_one_of_its_own() -> None:
    assert lines_of("a " + "w" * 60 + " b", 12, room=100, language="en") == ["a", "w" * 60, "b"]


def test_the_sheet_grows_with_its_words() -> None:
    chart = Drawing(100, 50, "t", "ranking", ())
    low, high = (
        figure_of(chart, title="t", subtitle="s", notes=[EN] * number, sources=["u"], language="en")
        for number in (1, 9)
    )
    assert low.width == high.width == WIDTH
    assert high.height > low.height + 8 * 12


def painted(*marks: Path | Dot | TextMark | Placed) -> Image.Image:
    data = drawing_png(Drawing(100, 40, "t", "trend", marks), language="en")
    return Image.open(io.BytesIO(data)).convert("RGB")


def is_dark(picture: Image.Image, x: float, y: float) -> bool:
    pixel = picture.getpixel((round(2 * x), round(2 * y)))
    return isinstance(pixel, tuple) and sum(pixel) < 200


def test_a_dashed_line_has_its_strokes_and_its_gaps() -> None:
    picture = painted(line((0, 20), (100, 20), "#000000", 4, "10 10"))
    found = [is_dark(picture, x, 20) for x in range(5, 100, 10)]
    assert found == [True, False] * 5


def test_a_dash_goes_on_round_a_corner() -> None:
    picture = painted(Path(((0, 20), (15, 20), (15, 40)), "#000000", 4, "10 10"))
    assert is_dark(picture, 5, 20)
    assert not is_dark(picture, 13, 20)
    assert not is_dark(picture, 15, 22)
    assert is_dark(picture, 15, 30)


def test_what_is_placed_is_moved_and_enlarged() -> None:
    picture = painted(Placed((40, 20), 2, (Dot((5, 0), 3, "#000000", "#000000"),)))
    assert is_dark(picture, 50, 20)
    assert is_dark(picture, 55, 20)
    assert not is_dark(picture, 30, 20)


def test_half_an_opacity_lets_the_paper_through() -> None:
    box = ((0.0, 0.0), (100.0, 0.0), (100.0, 40.0), (0.0, 40.0))
    picture = painted(Path(box, fill="#000000", opacity=0.5, is_closed=True))
    pixel = picture.getpixel((50, 30))
    assert isinstance(pixel, tuple)
    assert all(100 < part < 150 for part in pixel)


def test_a_text_ends_where_it_is_anchored() -> None:
    left = painted(TextMark((50, 30), "mmm", 20, "end", "#000000"))
    right = painted(TextMark((50, 30), "mmm", 20, "start", "#000000"))
    assert (left.crop((0, 0, 98, 80)) != right.crop((0, 0, 98, 80))) is True
    dark = [any(is_dark(left, x, y / 2) for y in range(80)) for x in (40, 60)]
    assert dark == [True, False]
