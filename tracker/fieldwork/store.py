"""Files by their content: kept under the SHA-256 of their bytes, below PHOTO_ROOT.

A file is written beside its place, flushed to the disk and renamed, so that a name never
stands for half a file; the row that speaks of it is written after it.
"""

import hashlib
import os
from pathlib import Path
from uuid import uuid4

from django.conf import settings


def path_of(sha256: str) -> Path:
    """Where the file of a digest lies, whether it is there or not."""
    return Path(settings.PHOTO_ROOT) / sha256[:2] / sha256[2:4] / sha256


def is_kept(sha256: str) -> bool:
    return path_of(sha256).is_file()


def read_kept(sha256: str) -> bytes:
    """The bytes of a kept file; FileNotFoundError where there is none."""
    return path_of(sha256).read_bytes()


def keep(data: bytes) -> str:
    """Keep the bytes; returns their SHA-256. The same bytes again write nothing."""
    sha256 = hashlib.sha256(data).hexdigest()
    path = path_of(sha256)
    if path.exists():
        return sha256
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{uuid4().hex}.part")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.rename(path)
    finally:
        temporary.unlink(missing_ok=True)
    _flush_folder(path.parent)
    return sha256


def _flush_folder(folder: Path) -> None:
    """Make the new name itself survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
