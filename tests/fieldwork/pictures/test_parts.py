"""Pieces of a photo: appended whole or not at all, and not kept for ever."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest

from tracker.fieldwork.pictures import parts
from tracker.fieldwork.pictures.parts import PhotoPart

pytestmark = pytest.mark.once
VISIT = UUID("0198c0de-0000-4000-8000-000000000001")


def part(worker: int = 1, sha256: str = "a" * 64, *, sealed: bool = False) -> PhotoPart:
    return PhotoPart(worker, VISIT, sha256, sealed, 100)


def test_pieces_follow_one_another() -> None:
    for piece in (b"one", b"two"):
        with parts.locked(part()) as file:
            file.append(piece)
    with parts.locked(part()) as file:
        assert (file.size, file.read()) == (6, b"onetwo")
    assert parts.received(1, VISIT, "a" * 64) == 6


def test_the_parts_of_another_worker_or_photo_are_others() -> None:
    with parts.locked(part()) as file:
        file.append(b"one")
    assert parts.received(2, VISIT, "a" * 64) == 0
    assert parts.received(1, VISIT, "b" * 64) == 0
    assert len({part().path, part(2).path, part(sealed=True).path}) == 3


def test_a_full_disk_leaves_no_half_piece(monkeypatch: pytest.MonkeyPatch) -> None:
    with parts.locked(part()) as file:
        file.append(b"one")
        write = os.pwrite

        def full(handle: int, data: memoryview, place: int) -> int:
            write(handle, data[:1], place)
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "pwrite", full)
        with pytest.raises(OSError, match="No space"):
            file.append(b"two")
        assert file.read() == b"one"


def test_only_one_at_a_time_has_a_part_even_while_it_is_removed() -> None:
    """Each of many adds its mark to a file that others remove: no mark is lost unseen."""

    def work(number: int) -> int:
        with parts.locked(part()) as file:
            file.append(b"x")
            size = file.size
            if size == 3:
                part().path.unlink()
            return size

    with ThreadPoolExecutor(8) as pool:
        sizes = list(pool.map(work, range(60)))
    assert sorted(sizes) == sorted([1, 2, 3] * 20)


def test_what_was_begun_long_ago_is_removed_for_its_worker_alone() -> None:
    names = [part(), part(sha256="b" * 64), part(2)]
    for name in names:
        with parts.locked(name) as file:
            file.append(b"one")
    old = time.time() - parts.STALE_SECONDS - 1
    for name in (names[0], names[2]):
        os.utime(name.path, (old, old))
    parts.remove_stale(1)
    assert [name.path.exists() for name in names] == [False, True, True]
