"""What is kept for later is written as a whole, or nothing of it is left."""

import errno
import os
from pathlib import Path

import pytest

from tracker.publication.cache.whole_files import keep_newest, write_whole


def test_the_folder_is_made_and_the_file_is_there_alone(tmp_path: Path) -> None:
    place = tmp_path / "maps" / "one.png"
    write_whole(place, b"first")
    write_whole(place, b"second")
    assert place.read_bytes() == b"second"
    assert list(place.parent.iterdir()) == [place]


def test_a_full_disk_leaves_what_was_there_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_file: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    place = tmp_path / "one.png"
    write_whole(place, b"first")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(place, b"second")
    assert place.read_bytes() == b"first"
    assert list(tmp_path.iterdir()) == [place]


def test_beyond_so_many_the_oldest_of_its_kind_go(tmp_path: Path) -> None:
    (tmp_path / "request.json").write_bytes(b"{}")
    for number in range(4):
        keep_newest(tmp_path / f"{number}.png", b"", most=2)
        os.utime(tmp_path / f"{number}.png", (number, number))
    assert {one.name for one in tmp_path.iterdir()} == {"request.json", "2.png", "3.png"}
