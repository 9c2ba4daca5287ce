"""A language costs one entry in a list: what it has no words for falls back, string by string."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.promises.scratch import Scratch, used_scratch

pytestmark = [pytest.mark.once, pytest.mark.slow(25)]
LAST = '"en": "English"}'


@pytest.fixture
def scratch(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scratch]:
    with used_scratch(tmp_path, tmp_path_factory) as copy:
        yield copy


def test_korean_is_added_to_the_list_and_nothing_else(scratch: Scratch) -> None:
    path = scratch.folder / "config" / "languages.py"
    text = path.read_text(encoding="utf-8")
    assert LAST in text
    path.write_text(text.replace(LAST, LAST[:-1] + ', "ko": "한국어"}'), encoding="utf-8")
    scratch.python("-m", "tests.promises.fourth_language")
    assert "No changes detected" in scratch.manage("makemigrations", "--check", "--dry-run")
