"""Custody of the keys: made once, readable by their owner only, and never forgotten."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings

from tests.factories import NOON
from tracker.fieldwork.seal_keys import broken_key_files, make_key, opening_keys, phones_key
from tracker.fieldwork.sealing import key_id_of, open_sealed, point_of, seal

pytestmark = pytest.mark.once


def files(settings: LazySettings) -> list[Path]:
    return sorted(Path(settings.SEAL_KEYS).glob("*.pem"))


def test_the_first_key_is_made_once_even_by_many_at_once(settings: LazySettings) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(lambda _: phones_key(), range(32)))
    points = {point_of(key) for key in keys if key}
    assert len(points) == 1
    (path,) = files(settings)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_the_newest_key_is_given_out_and_the_old_one_still_opens() -> None:
    make_key(at=NOON)
    old = phones_key()
    assert old is not None
    envelope = seal(b"yes", "entry:x", point_of(old))
    make_key(at=NOON + timedelta(seconds=1))
    new = phones_key()
    assert new is not None
    assert point_of(new) != point_of(old)
    assert open_sealed(envelope, "entry:x", opening_keys()) == b"yes"
    assert set(opening_keys()) == {key_id_of(point_of(key)) for key in (old, new)}


def test_production_makes_no_key_by_itself(settings: LazySettings) -> None:
    settings.PRODUCTION = True
    assert phones_key() is None
    assert files(settings) == []


def test_a_broken_file_is_named_and_hides_no_other_key(settings: LazySettings) -> None:
    good = make_key(at=NOON)
    bad = good.with_name("99990101T000000000000Z-00.pem")
    bad.write_text("not a key")
    key = phones_key()
    assert key is not None
    assert key_id_of(point_of(key)).hex() in good.name
    assert broken_key_files() == [bad.name]
