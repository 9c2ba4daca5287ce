"""docs/field-app.md shows every field of an entry as the server judges it."""

from pathlib import Path

import pytest
from django.conf import settings

from tracker.fieldwork.sync.entries import KEYS
from tracker.fieldwork.sync.listing import field_table, with_table

pytestmark = pytest.mark.once
PAGE = Path(settings.BASE_DIR) / "docs" / "field-app.md"


def test_the_page_shows_the_table_of_fields() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert with_table(text) == text


def test_the_table_has_a_row_for_every_key_that_is_read() -> None:
    rows = [row.split("`")[1] for row in field_table().splitlines()[2:]]
    assert [row for row in rows if "." not in row] == list(KEYS)
    assert [row for row in rows if "." in row] == [f"new_shop.{key}" for key in KEYS["new_shop"]]
