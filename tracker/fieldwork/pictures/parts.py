"""Photos on their way: pieces appended to a file of the worker, below PHOTO_ROOT.

A part file is locked while a piece is added, so that a request sent twice, or to two
processes, adds it once. What it is a part of stands in its name.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings

STALE_SECONDS = 7 * 24 * 3600  # a phone that was away so long begins a photo anew


@dataclass(frozen=True)
class PhotoPart:
    """Whose photo of which entry; `length` is of the whole as it is sent."""

    worker_id: int
    visit_uuid: UUID
    sha256: str
    is_sealed: bool
    length: int

    @property
    def path(self) -> Path:
        name = f"{self.visit_uuid}.{self.sha256}.{int(self.is_sealed)}.{self.length}"
        return folder_of(self.worker_id) / name


class OpenPart:
    """A part file that is ours until it is closed."""

    def __init__(self, handle: int) -> None:
        self.handle = handle

    @property
    def size(self) -> int:
        return os.fstat(self.handle).st_size

    def append(self, piece: bytes) -> None:
        """Add the piece and flush it to the disk; all of it or nothing."""
        before = self.size
        try:
            rest = memoryview(piece)
            while rest:
                rest = rest[os.pwrite(self.handle, rest, self.size) :]
            os.fsync(self.handle)
        except OSError:
            os.ftruncate(self.handle, before)  # the disk is full
            raise

    def read(self) -> bytes:
        return os.pread(self.handle, self.size, 0)


@contextmanager
def locked(part: PhotoPart) -> Iterator[OpenPart]:
    """The part file, made where it is missing; others wait for it."""
    part.path.parent.mkdir(parents=True, exist_ok=True)
    handle = _locked_handle(part.path)
    try:
        yield OpenPart(handle)
    finally:
        os.close(handle)  # gives the lock back


def _locked_handle(path: Path) -> int:
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(handle, fcntl.LOCK_EX)
        if os.fstat(handle).st_nlink:
            return handle
        os.close(handle)  # finished and removed while we waited: begin again


def received(worker_id: int, visit_uuid: UUID, sha256: str) -> int:
    """Bytes that are here of a photo on its way; 0 where there are none."""
    found = folder_of(worker_id).glob(f"{visit_uuid}.{sha256}.*")
    return max((path.stat().st_size for path in found), default=0)


def remove_stale(worker_id: int) -> None:
    """Remove what the worker began long ago and never finished."""
    oldest = time.time() - STALE_SECONDS
    for path in folder_of(worker_id).glob("*"):
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)


def folder_of(worker_id: int) -> Path:
    return Path(settings.PHOTO_ROOT) / "parts" / str(worker_id)
