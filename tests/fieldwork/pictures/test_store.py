"""Files are kept whole or not at all, once each."""

import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import LazySettings

from tracker.fieldwork.pictures import store


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

    monkeypatch.setattr("tracker.fieldwork.pictures.store.os.fsync", full_disk)
    with pytest.raises(OSError, match="No space"):
        store.keep(b"pixels")
    assert [path for path in folder.rglob("*") if path.is_file()] == []


def modes(folder: Path) -> set[tuple[bool, int]]:
    """Whether it is a folder, and its rights, of all there is."""
    return {(path.is_dir(), path.stat().st_mode & 0o777) for path in folder.rglob("*")}


def test_originals_are_for_this_account_only(settings: LazySettings, tmp_path: Path) -> None:
    settings.PHOTO_ROOT = tmp_path / "var" / "photos"
    before = os.umask(0)
    try:
        store.keep(b"pixels")
    finally:
        os.umask(before)
    assert modes(tmp_path) == {(True, 0o700), (False, 0o600)}


def test_a_file_that_is_no_longer_its_own_bytes_is_replaced() -> None:
    sha256 = store.keep(b"pixels")
    store.path_of(sha256).write_bytes(b"pix")
    assert store.is_sound(sha256) is False
    assert store.keep(b"pixels") == sha256
    assert store.is_sound(sha256) is True


def test_what_is_not_there_is_not_sound() -> None:
    assert store.is_sound("0" * 64) is False


def test_a_store_with_nothing_in_it_is_out_of_reach(folder: Path) -> None:
    assert store.is_reachable() is False
    store.keep(b"pixels")
    assert store.is_reachable() is True


def test_every_new_folder_is_flushed_into_the_one_above(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[Path] = []
    monkeypatch.setattr(store, "flush", flushed.append)
    path = store.path_of(store.keep(b"pixels"))
    assert flushed == [path.parent, path.parent.parent, folder]
    flushed.clear()
    store.keep(b"other pixels of the same entry")
    assert len(flushed) == 3


@pytest.mark.parametrize("writers", [8])
def test_the_same_bytes_from_many_at_once_are_one_file(folder: Path, writers: int) -> None:
    with ThreadPoolExecutor(writers) as pool:
        digests = set(pool.map(store.keep, [b"pixels" * 100_000] * writers))
    assert len(digests) == 1
    assert store.is_sound(digests.pop())
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 1
