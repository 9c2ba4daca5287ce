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


def test_the_map_shows_every_room_and_no_other() -> None:
    text = PAGE.read_text(encoding="utf-8").split("<!-- rooms: ")[1].split("<!-- end of rooms")[0]
    shown: list[str] = []
    inside: list[str] = []
    for indent, name in re.findall(r"^((?:  )*)(\w+)/", text, re.MULTILINE):
        inside = [*inside[: len(indent) // 2], name]
        shown.append("/".join(inside))
    root = Path(settings.BASE_DIR) / "tracker"
    doors = [path.parent.relative_to(root) for path in root.glob("*/**/__init__.py")]
    assert sorted(shown) == sorted(map(str, doors))
