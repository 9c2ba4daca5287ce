"""The languages are listed once; what else is kept by language is whole, or is named here.

A language that was only added to the list works, string by string (test_fourth_language.py);
these tests name what it still lacks.
"""

import pytest
from django.conf import settings
from django.utils import translation

from config import catalogs, languages
from tracker.accounts.models import User
from tracker.api.place_views import NAMES
from tracker.languages import LANGUAGES, all_of, html_code, in_language, one_of, short_code
from tracker.places.atlas.cities import AREA_NAMES, City
from tracker.places.models import Area
from tracker.publication.claims.models import PublicClaim
from tracker.publication.drawing import fonts
from tracker.publication.files.columns import COLUMNS
from tracker.survey.measures import Measure
from tracker.survey.traits import Trait

pytestmark = pytest.mark.once
CODES = set(languages.LANGUAGES)


def test_settings_have_the_list_in_its_order() -> None:
    assert dict(settings.LANGUAGES) == LANGUAGES == languages.LANGUAGES
    assert list(LANGUAGES) == list(languages.LANGUAGES)
    assert User._meta.get_field("language").default == languages.DEFAULT
    assert all(len(code) <= 10 for code in CODES)  # as wide as User.language


def test_every_language_but_that_of_the_code_has_a_catalogue() -> None:
    folders = {path.name for path in (settings.BASE_DIR / "tracker" / "locale").iterdir()}
    assert folders == set(catalogs.LANGUAGES)
    assert len(catalogs.LANGUAGES) == len(CODES) - 1


def test_every_language_has_fonts_for_pictures() -> None:
    assert set(fonts.ORDER) == CODES
    assert {name for order in fonts.ORDER.values() for name in order} == set(fonts.FILES)


@pytest.mark.parametrize("code", sorted(CODES))
def test_areas_and_questions_have_names_in_every_language(code: str) -> None:
    lacking = [area for area, names in AREA_NAMES.items() if code not in names]
    lacking += [city.slug for city in City if code not in city.facts.short_names]
    for trait in Trait:
        spec = trait.spec
        lacking += [
            trait.value for words in (spec.names, spec.question, spec.help) if code not in words
        ]
    assert lacking == []
    with translation.override(code):
        assert all(str(measure.label) for measure in Measure)


def test_what_has_a_column_for_each_language_has_one_for_every_language() -> None:
    """In the database, in the files and in the API: names that others rely on."""
    endings = {code.replace("-", "_") for code in CODES}
    for model, name in ((Area, "name"), (PublicClaim, "text"), (PublicClaim, "reading")):
        fields = {field.name for field in model._meta.get_fields()}
        assert {one.removeprefix(f"{name}_") for one in fields if one.startswith(f"{name}_")} == (
            endings
        )
    assert {field.name.removeprefix("name_") for field in NAMES} == endings
    columns = {column.name for column in COLUMNS if column.name.startswith("geo_name_")}
    assert columns == {f"geo_name_{short_code(code)}" for code in CODES}


@pytest.mark.parametrize(
    ("code", "html", "short"),
    [
        ("ja", "ja", "ja"),
        ("zh-hans", "zh-Hans", "zh"),
        ("en", "en", "en"),
        ("pt-br", "pt-BR", "pt"),
    ],
)
def test_a_code_is_written_in_three_ways(code: str, html: str, short: str) -> None:
    assert (html_code(code), short_code(code)) == (html, short)


def test_two_kinds_of_chinese_would_end_in_different_columns(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(LANGUAGES, "zh-hant", "繁體中文")
    assert (short_code("zh-hans"), short_code("zh-hant")) == ("zh_hans", "zh_hant")


def test_words_fall_back_one_by_one() -> None:
    words = {"en": "Tea", "ja": "茶"}
    assert in_language(words, "ja") == "茶"
    assert in_language(words, "ko") == words[settings.LANGUAGE_CODE]
    assert in_language({"zh-hans": "茶叶"}, "ko") == "茶叶"


def test_names_are_listed_as_the_reader_does() -> None:
    assert all_of(["A"]) == one_of(["A"]) == "A"
    assert (all_of(["A", "B"]), one_of(["A", "B", "C"])) == ("A and B", "A, B or C")
    with translation.override("ja"):
        assert (all_of(["甲", "乙"]), one_of(["甲", "乙"])) == ("甲・乙", "甲、乙")


def test_a_character_without_a_font_is_measured_but_not_drawn() -> None:
    assert fonts.with_stand_ins("2026년", "ko", 400) == f"2026{fonts.STAND_IN}"
    assert fonts.with_stand_ins("東京 Tokyo", "ja", 400) == "東京 Tokyo"
    with pytest.raises(fonts.MissingGlyph, match=r"U\+B144"):
        fonts.runs_of("2026년", "ja", 400)
    assert [fonts.drawn_in(code) for code in ("zh-hans", "ko")] == [
        "zh-hans",
        settings.LANGUAGE_CODE,
    ]
