"""Files are kept whole or not at all, once each."""

import hashlib
from pathlib import Path

import pytest
from django.conf import LazySettings

from tracker.fieldwork import store


@pytest.fixture(autouse=True)
def folder(settings: LazySettings, tmp_path: Path) -> Path:
    settings.PHOTO_ROOT = tmp_path
    return tmp_path


def test_a_file_is_found_under_its_digest() -> None:
    sha256 = store.keep(b"pixels")
    assert sha256 == hashlib.sha256(b"pixels").hexdigest()
    assert store.read_kept(sha256) == b"pixels"


def test_the_same_bytes_are_written_once(folder: Path) -> None:
    first = store.path_of(store.keep(b"pixels")).stat().st_ino
    assert store.path_of(store.keep(b"pixels")).stat().st_ino == first
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 1


def test_what_was_not_kept_is_not_there() -> None:
    assert store.is_kept("0" * 64) is False
    with pytest.raises(FileNotFoundError):
        store.read_kept("0" * 64)


def test_a_write_that_fails_leaves_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full_disk(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tracker.fieldwork.store.os.fsync", full_disk)
    with pytest.raises(OSError, match="No space"):
        store.keep(b"pixels")
    assert [path for path in folder.rglob("*") if path.is_file()] == []
