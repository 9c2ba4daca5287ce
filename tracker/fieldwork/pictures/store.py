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


def is_reachable() -> bool:
    """Whether the folder of all photos has anything in it: a share may not be mounted."""
    root = Path(settings.PHOTO_ROOT)
    return root.is_dir() and any(root.iterdir())


def read_kept(sha256: str) -> bytes:
    """The bytes of a kept file; FileNotFoundError where there is none."""
    return path_of(sha256).read_bytes()


def keep(data: bytes) -> str:
    """Keep the bytes; returns their SHA-256. The same bytes again write nothing.

    A kept file that is no longer its own bytes is replaced. OSError where the disk is full.
    """
    sha256 = photo_digest(data)
    path = path_of(sha256)
    if path.exists() and path.read_bytes() == data:
        return sha256
    new_folders = _make_folders(path.parent)
    temporary = path.with_name(f".{uuid4().hex}.part")
    try:
        with open(temporary, "xb", opener=_private) as file:  # Path has no opener
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.rename(path)
    finally:
        temporary.unlink(missing_ok=True)
    for folder in (path.parent, *new_folders):
        flush(folder)
    return sha256


def photo_digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def is_sound(sha256: str) -> bool:
    """Whether the file is there and still has the bytes it is named after; reads all of it."""
    return is_kept(sha256) and photo_digest(read_kept(sha256)) == sha256


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)  # originals hold positions: for this account only


def _make_folders(folder: Path) -> list[Path]:
    """Make what is missing, for this account only; the folders that have a new name in them."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    for path in reversed(missing):
        path.mkdir(mode=0o700, exist_ok=True)
    return [path.parent for path in missing]


def flush(path: Path) -> None:
    """Make a file, or of a folder its new names, survive a power cut."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
