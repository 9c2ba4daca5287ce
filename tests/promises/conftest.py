"""The two beginnings of what is added to a copy: nothing yet, and an installation at work."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.promises.scratch import Scratch, new_scratch, used_scratch


@pytest.fixture
def scratch(tmp_path: Path) -> Iterator[Scratch]:
    """A copy with an empty database."""
    with new_scratch(tmp_path) as copy:
        yield copy


@pytest.fixture
def of_today(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scratch]:
    """A copy in which shops, visits, counts and a release are there already."""
    with used_scratch(tmp_path, tmp_path_factory) as copy:
        yield copy
