"""Map data in a store: files named after the SHA-256 of their bytes, plain and packed.

A name never stands for other bytes, so whoever has one need not ask whether it is still right.
Pages put there what they show; a file that no page has shown for a week is dropped, and made
again when it is needed.
"""

import gzip
import hashlib
import os
import re
import time
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from tracker.publication.cache.whole_files import write_whole

SHA256 = re.compile(r"[0-9a-f]{64}")
KEPT = timedelta(days=7)
TOUCHED_SECONDS = 86_400  # a file in use is marked as such once a day


def place_of(sha256: str) -> str | None:
    """Where the bytes of a digest lie, whether they do or not; None for what is no digest."""
    if not SHA256.fullmatch(sha256):
        return None
    return f"{settings.MAP_DATA_ROOT}/{sha256[:2]}/{sha256}.json"


def packed(path: Path) -> Path:
    """The gzip file beside a plain one."""
    return path.with_name(f"{path.name}.gz")


def keep(data: bytes) -> str:
    """Keep the bytes and return their SHA-256; the same bytes again write nothing.

    OSError where the disk is full or the folder away.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    path = Path(settings.MAP_DATA_ROOT) / sha256[:2] / f"{sha256}.json"
    if not _is_in_use(path, len(data)):
        # The plain file comes last: where it is, the packed one is too.
        write_whole(packed(path), gzip.compress(data, mtime=0))
        write_whole(path, data)
    return sha256


def drop_unused(*, at: datetime) -> int:
    """Drop what no page has shown for a week, and what a crash left half; how many files."""
    oldest = (at - KEPT).timestamp()
    dropped = 0
    for path in Path(settings.MAP_DATA_ROOT).glob("*/*"):
        plain = path.with_suffix("") if path.suffix == ".gz" else path
        try:
            is_old = (plain if plain.exists() else path).stat().st_mtime < oldest
        except FileNotFoundError:
            continue
        if is_old:
            path.unlink(missing_ok=True)
            dropped += 1
    return dropped


def _is_in_use(path: Path, size: int) -> bool:
    """Whether the whole file is there; it is marked as used."""
    try:
        found = path.stat()
        if found.st_mtime < time.time() - TOUCHED_SECONDS:
            os.utime(path)
    except FileNotFoundError:
        return False
    return found.st_size == size
