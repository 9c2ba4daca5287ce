"""Files by their content: written once, whole, and dropped when no page shows them."""

import gzip
import hashlib
import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.utils import timezone

from tracker.publication.cache.map_store import KEPT, drop_unused, keep, packed, place_of
from tracker.workflows.publishing.map_data import drop_unused_map_data

pytestmark = pytest.mark.once
DATA = b'{"rows": []}'
SHA256 = hashlib.sha256(DATA).hexdigest()


def kept() -> Path:
    place = place_of(keep(DATA))
    assert place is not None
    return Path(place)


def age(path: Path, days: float) -> None:
    moment = (timezone.now() - timedelta(days=days)).timestamp()
    os.utime(path, (moment, moment))


def test_the_bytes_lie_under_their_digest_plain_and_packed() -> None:
    path = kept()
    assert path.stem == SHA256
    assert path.read_bytes() == DATA
    assert gzip.decompress(packed(path).read_bytes()) == DATA
    assert sorted(path.parent.iterdir()) == [path, packed(path)]


def test_the_same_bytes_again_write_nothing() -> None:
    path = kept()
    before = path.stat()
    assert kept() == path
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_file_that_was_cut_short_is_written_anew() -> None:
    path = kept()
    path.write_bytes(DATA[:3])
    kept()
    assert path.read_bytes() == DATA


def test_a_page_that_shows_a_file_keeps_it() -> None:
    path = kept()
    for one in (path, packed(path)):
        age(one, KEPT.days + 1)
    kept()
    assert drop_unused(at=timezone.now()) == 0
    assert path.exists()
    assert packed(path).exists()


def test_what_no_page_has_shown_for_a_week_is_dropped_with_what_a_crash_left() -> None:
    path = kept()
    half = path.with_name(".half.part")
    half.write_bytes(b"{")
    for one in (path, packed(path), half):
        age(one, KEPT.days + 1)
    assert drop_unused_map_data(at=timezone.now()) == 3
    assert list(path.parent.iterdir()) == []
    assert kept().read_bytes() == DATA


def test_nothing_is_dropped_where_there_is_nothing() -> None:
    assert drop_unused(at=timezone.now()) == 0


@pytest.mark.parametrize(
    "name",
    ["", "0" * 63, "0" * 65, "G" * 64, "A" * 64, "../" + "0" * 61, "0" * 64 + "\n", "０" * 64],
)
def test_what_is_no_digest_has_no_place(name: str) -> None:
    assert place_of(name) is None


def test_a_failure_in_the_middle_leaves_no_half_file(
    settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(handle: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("tracker.publication.cache.map_store.os.fsync", fail)
    with pytest.raises(OSError, match="no space"):
        keep(DATA)
    assert [path for path in Path(settings.MAP_DATA_ROOT).rglob("*") if path.is_file()] == []
