"""Sources of the outlines are named in the language of the reader."""

import re
from datetime import date

import pytest
from django.utils import translation

from tracker.places.atlas.cities import WARD_CODES
from tracker.places.credits import BOUNDARIES, in_words
from tracker.places.models import Area
from tracker.places.outlines import outline_credit, outline_credit_lazy
from tracker.publication.files.citation import Citation

pytestmark = pytest.mark.django_db
KANA = re.compile(r"[\u3040-\u30ff]")  # only Japanese is written with them
OWNERS = [
    ("ja", "総務省統計局"),
    ("zh-hans", "日本总务省统计局"),
    ("en", "Statistics Bureau of Japan"),
]


@pytest.mark.parametrize(("language", "owner"), OWNERS)
def test_the_source_of_the_squares_is_named_in_each_language(language: str, owner: str) -> None:
    with translation.override(language):
        assert owner in outline_credit()
        assert bool(KANA.search(outline_credit())) == (language == "ja")


@pytest.mark.parametrize(("language", "owner"), OWNERS)
def test_imported_boundaries_keep_their_day_and_digest(language: str, owner: str) -> None:
    Area.objects.filter(code="13102").update(
        boundary={}, boundary_source=f"{BOUNDARIES} (2026-04-01, 0a1b2c3d)"
    )
    with translation.override(language):
        credit = outline_credit()
        assert "(2026-04-01, 0a1b2c3d)" in credit
        assert owner in credit
        assert (BOUNDARIES in credit) == (language == "ja")


def test_a_source_of_somebody_else_stays_as_it_was_given() -> None:
    Area.objects.filter(code__in=WARD_CODES).update(
        boundary={}, boundary_source="Own survey (2026-04-01, 0a1b2c3d)"
    )
    assert outline_credit() == "Own survey (2026-04-01, 0a1b2c3d)"
    assert in_words("Own survey") == "Own survey"


def test_the_notes_of_a_release_name_it_in_the_language_of_each_part() -> None:
    citation = Citation(
        "2026q1-1", date(2026, 4, 9), "https://example.org/", (outline_credit_lazy(),)
    )
    notes = "\n".join(citation.notes())
    assert [owner for _language, owner in OWNERS if owner not in notes] == []
