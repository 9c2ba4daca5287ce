"""Which code gives the answers: a correction of it makes every tag new."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from django.conf import settings


@cache
def build() -> str:
    """A digest of our sources; read once per process, a few hundredths of a second."""
    found = sha256()
    for path in sorted((Path(settings.BASE_DIR) / "tracker").rglob("*.py")):
        found.update(path.read_bytes())
    return found.hexdigest()[:16]
