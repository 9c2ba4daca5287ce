"""A language costs one entry in a list: what it has no words for falls back, string by string."""

import pytest

from tests.promises.scratch import Scratch

pytestmark = [pytest.mark.once, pytest.mark.slow(25)]
LAST = '"en": "English"}'


def test_korean_is_added_to_the_list_and_nothing_else(of_today: Scratch) -> None:
    path = of_today.folder / "config" / "languages.py"
    text = path.read_text(encoding="utf-8")
    assert LAST in text
    path.write_text(text.replace(LAST, LAST[:-1] + ', "ko": "한국어"}'), encoding="utf-8")
    of_today.python("-m", "tests.promises.fourth_language")
    assert "No changes detected" in of_today.manage("makemigrations", "--check", "--dry-run")
