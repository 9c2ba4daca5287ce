"""Which version of the field app this server gives out."""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage

FOLDER = Path("templates/field")


@cache
def shell_version() -> str:
    """16 hexadecimal digits over the shell and the hashed names of every file it may load."""
    hashed: dict[str, str] = getattr(staticfiles_storage, "hashed_files", {})
    names = sorted(name for key, name in hashed.items() if key.startswith(("field/", "idb/")))
    shell = b"".join(path.read_bytes() for path in _templates())
    return hashlib.sha256(shell + "\n".join(names).encode()).hexdigest()[:16]


def _templates() -> list[Path]:
    """The shell and every template that it includes."""
    folder = settings.BASE_DIR / FOLDER
    return sorted((folder / "app").glob("*.html"))
