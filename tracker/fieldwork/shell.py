"""Which version of the field app this server gives out."""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage

TEMPLATE = Path("templates/field/app.html")


@cache
def shell_version() -> str:
    """16 hexadecimal digits over the shell and the hashed names of every file it may load."""
    hashed: dict[str, str] = getattr(staticfiles_storage, "hashed_files", {})
    names = sorted(name for key, name in hashed.items() if key.startswith(("field/", "idb/")))
    template = settings.BASE_DIR / TEMPLATE
    shell = template.read_bytes() if template.is_file() else b""
    return hashlib.sha256(shell + "\n".join(names).encode()).hexdigest()[:16]
