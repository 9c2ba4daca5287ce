"""Where workbooks of single visits lie until they are removed: for this account only."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

from django.conf import settings

from tracker.fieldwork.pictures.store import flush
from tracker.publication.extracts.models import Extract


def path_of(extract: Extract) -> Path:
    return Path(settings.EXTRACT_ROOT) / f"{extract.uuid}.xlsx"


@contextmanager
def folder_for_making(extract: Extract) -> Iterator[Path]:
    """A new folder beside the place of the file; it goes with everything in it."""
    root = Path(settings.EXTRACT_ROOT)
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder = root / f".{extract.uuid}.{uuid4().hex}.part"
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def put_in_place(made: Path, extract: Extract) -> None:
    """Flush the file to the disk and give it its name; one of an earlier try is replaced."""
    made.chmod(0o600)
    flush(made)
    made.rename(path_of(extract))
    flush(path_of(extract).parent)


def remove_older(*, than: float) -> None:
    """What nobody came for and what crashes left; `than` is in seconds since 1970."""
    for path in Path(settings.EXTRACT_ROOT).glob("*"):
        with suppress(FileNotFoundError):  # a worker has just put it in its place
            if path.stat().st_mtime < than:
                shutil.rmtree(path) if path.is_dir() else path.unlink()
