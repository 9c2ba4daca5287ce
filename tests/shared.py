"""Real data that lie beside the project and are never copied into it."""

import os
from pathlib import Path

import pytest
from django.conf import settings

FOLDER = Path(settings.BASE_DIR).parent / "shared" / "data"


def shared_data(name: str) -> Path:
    """A file of the shared data. In CI it must be there; elsewhere the test is left out."""
    path = FOLDER / name
    if path.exists():
        return path
    if os.environ.get("CI") == "true":
        pytest.fail(f"../shared/data/{name} is missing in CI")
    pytest.skip(f"real data not here: ../shared/data/{name}")
