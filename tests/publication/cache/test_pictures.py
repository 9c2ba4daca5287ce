"""The scene and its two painters: classes, tiers, fonts."""

import io
import struct
from dataclasses import replace
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from django.utils import timezone, translation
from PIL import Image

from tests.factories import add_count
from tracker.adoption.estimation.estimates import Tier
from tracker.months import month_of
from tracker.places.atlas.cities import AREA_NAMES
from tracker.places.credits import SQUARES
from tracker.places.kinds import Segment
from tracker.publication.cache.pictures import picture_of, scene_digest
from tracker.publication.drawing import fonts
from tracker.publication.drawing.glyphs import box_of
from tracker.publication.drawing.map_png import png_of
from tracker.publication.drawing.map_svg import svg_of
from tracker.publication.drawing.page_sizes import A4, PAGE_SIZES, SCREEN, PageSize
from tracker.publication.drawing.scene import CLASSES, Scene, scene_of
from tracker.publication.drawing.styles import PAPER, WHITE
from tracker.publication.figures.filters import filter_from
from tracker.survey.measures import Measure

pytestmark = [pytest.mark.django_db, pytest.mark.slow(4)]
FIGURES = {13101: (200, 10), 13102: (200, 180), 13103: (40, 10), 13104: (7, 7)}


@pytest.fixture
def scene() -> Scene:
    for area, (observed, yes) in FIGURES.items():
        add_count(
            level="ward",
            area=area,
            segment="all",
            measure="alipay",
            month=month_of(timezone.now()),
            observed=observed,
            yes=yes,
        )
    return scene_of(filter_from({}, at=timezone.now()), "http://testserver/map")


def test_figures_become_classes_and_tiers(scene: Scene) -> None:
    shapes = {shape.code: (shape.fill, shape.tier) for shape in scene.shapes}
    assert shapes["13101"] == (CLASSES[0][1], Tier.RELIABLE)
    assert shapes["13102"] == (CLASSES[4][1], Tier.RELIABLE)
    assert shapes["13103"] == (CLASSES[2][1], Tier.WIDE)
    assert shapes["13104"] == (WHITE, Tier.TOO_FEW)
    assert shapes["13105"] == (PAPER, Tier.NOT_SURVEYED)


def test_classes_are_fixed_and_rise() -> None:
    assert [upper for upper, _colour in CLASSES] == [0.10, 0.25, 0.50, 0.75, 1.01]
    assert all(one[0] < other[0] for one, other in pairwise(CLASSES))


def test_the_drawing_is_well_formed_and_lives_under_the_policy(scene: Scene) -> None:
    text = svg_of(scene)
    root = ElementTree.fromstring(text)  # noqa: S314  # our own drawing
    names = {element.tag.rpartition("}")[2] for element in root.iter()}
    attributes = {name for element in root.iter() for name in element.attrib}
    assert names & {"style", "script", "foreignObject", "image"} == set()
    assert "style" not in attributes
    assert text.count('fill="url(#wide)"') == 2  # one ward and the legend
    assert str(SQUARES) in text


def test_the_picture_is_1600_by_1200_and_shows_every_class(scene: Scene) -> None:
    image = Image.open(io.BytesIO(png_of(scene))).convert("RGB")
    assert image.size == (1600, 1200)
    colours = {
        "#{:02X}{:02X}{:02X}".format(*colour)
        for _number, colour in image.getcolors(1 << 24) or []
        if isinstance(colour, tuple)
    }
    near = [
        colour
        for colour in (CLASSES[0][1], CLASSES[2][1], CLASSES[4][1], PAPER)
        if not any(distance(colour, other) < 12 for other in colours)
    ]
    assert near == []


def distance(one: str, other: str) -> int:
    return max(abs(int(one[at : at + 2], 16) - int(other[at : at + 2], 16)) for at in (1, 3, 5))


def test_the_picture_for_paper_is_a4_at_300_dots_an_inch(scene: Scene) -> None:
    data = png_of(replace(scene, page_size=A4))
    image = Image.open(io.BytesIO(data))
    assert image.size == (3508, 2480)
    assert chunk(data, b"pHYs") == struct.pack(">IIB", 11811, 11811, 1)  # px in a metre
    assert [round(side / 300 * 25.4) for side in image.size] == [297, 210]  # mm


def test_the_picture_for_the_screen_says_nothing_of_inches(scene: Scene) -> None:
    assert chunk(png_of(scene), b"pHYs") == b""


def chunk(data: bytes, name: bytes) -> bytes:
    """The content of the first chunk of this name; empty where there is none."""
    place = data.find(name)
    if place < 0:
        return b""
    size = int.from_bytes(data[place - 4 : place], "big")
    return data[place + 4 : place + 4 + size]


def test_a_map_for_paper_shows_the_same_areas_larger(scene: Scene) -> None:
    paper = scene_of(filter_from({}, at=timezone.now()), "http://testserver/map", A4)
    assert [(one.code, one.fill, one.tier, one.label) for one in paper.shapes] == [
        (one.code, one.fill, one.tier, one.label) for one in scene.shapes
    ]
    assert scene_digest(paper) != scene_digest(scene)
    for here in (scene, paper):
        box, room = box_of([ring for shape in here.shapes for ring in shape.rings]), here.page_size
        assert box.right < room.legend_left
        assert box.bottom <= room.credit_line(0, 4) - 7  # the highest line; letters are 7 high


@pytest.mark.parametrize("language", ["ja", "zh-hans", "en"])
def test_every_picture_says_its_sources_and_its_licence(language: str, scene: Scene) -> None:
    with translation.override(language):
        for page_size in PAGE_SIZES.values():
            here = scene_of(filter_from({}, at=timezone.now()), "http://testserver/map", page_size)
            assert str(SQUARES) in here.credits[0]
            assert here.credits[-2].endswith("http://testserver/map")
            assert "CC BY 4.0" in here.credits[-1]


def test_the_same_scene_is_the_same_file(scene: Scene) -> None:
    assert picture_of(scene) == picture_of(scene)


@pytest.mark.parametrize("language", ["ja", "zh-hans", "en"])
def test_no_glyph_is_missing_on_any_map(language: str, scene: Scene) -> None:
    with translation.override(language):
        texts = [str(item.label) for item in (*Measure, *Segment)]
        texts += [text for code, names in AREA_NAMES.items() for text in (code, *names.values())]
        here = scene_of(filter_from({}, at=timezone.now()), "http://testserver/map?a=b&c=d")
        texts += [here.title, here.subtitle, *here.credits, *(item.label for item in here.legend)]
    for text in texts:
        for weight in (400, 700):
            assert "".join(piece for _font, piece in fonts.runs_of(text, language, weight)) == text


@pytest.mark.parametrize("page_size", [SCREEN, A4], ids=lambda page_size: page_size.name)
@pytest.mark.parametrize("language", ["ja", "zh-hans", "en"])
def test_no_text_runs_off_the_picture(language: str, page_size: PageSize, scene: Scene) -> None:
    def right_edge(left: float, size: int, text: str, weight: int = 400) -> float:
        pieces = fonts.runs_of(text, language, weight)
        return left + sum(fonts.font(name, size, weight).getlength(part) for name, part in pieces)

    with translation.override(language):
        for measure in Measure:
            wanted = filter_from(
                {"measure": measure.value, "level": "grid1000", "segment": "department_store"},
                at=timezone.now(),
            )
            here = scene_of(wanted, f"https://noren.example.org/map?{wanted.query}", page_size)
            edges = [right_edge(24, 24, here.title, 700), right_edge(24, 14, here.subtitle)]
            edges += [
                right_edge(page_size.legend_left + 36, 11, item.label) for item in here.legend
            ]
            edges += [right_edge(24, 10, line) for line in here.credits]
            assert max(edges) < page_size.width - (14 if page_size.dpi else 0)  # printers keep 5 mm


def test_a_character_no_font_has_is_an_error() -> None:
    with pytest.raises(fonts.MissingGlyph):
        fonts.runs_of("a\U00013000", "ja", 400)


def test_han_shapes_follow_the_language() -> None:
    assert fonts.runs_of("直", "ja", 400) == [("ja", "直")]
    assert fonts.runs_of("直", "zh-hans", 400) == [("zh-hans", "直")]
