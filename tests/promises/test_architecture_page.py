"""docs/architecture.md agrees with the code."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from tracker.moderation.diagram import with_diagram

PAGE = Path(settings.BASE_DIR) / "docs" / "architecture.md"
pytestmark = pytest.mark.once


def test_the_drawn_states_are_those_of_the_table() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert with_diagram(text) == text


def test_every_file_the_page_names_exists() -> None:
    named = re.findall(
        r"`((?:tracker|config|docs|tests|templates)/[\w./-]*\w)`", PAGE.read_text(encoding="utf-8")
    )
    missing = [name for name in named if not (Path(settings.BASE_DIR) / name).exists()]
    assert len(named) > 10
    assert missing == []
