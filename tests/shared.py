"""Real data that lie beside the project and are never copied into it."""

import os
from pathlib import Path

import pytest
from django.conf import settings

FOLDER = Path(settings.BASE_DIR).parent / "shared" / "data"


def shared_data(name: str) -> Path:
    """A file of the shared data. The test is left out where there is no ../shared, but in CI."""
    path = FOLDER / name
    if path.exists():
        return path
    if FOLDER.parent.exists() or os.environ.get("CI") == "true":
        pytest.fail(f"../shared/data/{name} is missing")
    pytest.skip("no real data here: there is no folder ../shared")
