"""A language costs one entry in a list: what it has no words for falls back, string by string."""

from pathlib import Path

import pytest

from tests.promises.scratch import scratch_copy

pytestmark = [pytest.mark.once, pytest.mark.slow(25)]
LAST = '"en": "English"}'


def test_korean_is_added_to_the_list_and_nothing_else(tmp_path: Path) -> None:
    scratch = scratch_copy(tmp_path)
    path = scratch.folder / "config" / "languages.py"
    text = path.read_text(encoding="utf-8")
    assert LAST in text
    path.write_text(text.replace(LAST, LAST[:-1] + ', "ko": "한국어"}'), encoding="utf-8")
    scratch.python("-m", "tests.promises.fourth_language")
    assert "No changes detected" in scratch.manage("makemigrations", "--check", "--dry-run")
