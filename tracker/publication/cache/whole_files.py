"""Files that are kept for later: each is there as a whole or not at all."""

import os
from pathlib import Path
from uuid import uuid4


def write_whole(path: Path, data: bytes) -> None:
    """Beside its place, flushed to the disk, then renamed: no name stands for half a file.

    Makes the folder where it is missing. OSError where the disk is full or the folder away; then
    nothing is left behind.
    """
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


def keep_newest(path: Path, data: bytes, *, most: int) -> None:
    """Write a file; of those in its folder with its ending the oldest go beyond so many."""
    write_whole(path, data)
    written = ((_written(one), one) for one in path.parent.glob(f"*{path.suffix}"))
    oldest_first = sorted(one for one in written if one[0] is not None)
    for _moment, one in oldest_first[:-most]:
        one.unlink(missing_ok=True)


def _written(path: Path) -> float | None:
    """When it was written; None where another process was quicker to drop it."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return None
