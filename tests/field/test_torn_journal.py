"""A write that was cut in the middle must not swallow what is saved after the next start.

Under Chromium's IndexedDB lies LevelDB with a journal in blocks of 32 kB. After a crash it goes
on writing behind the torn record; when the journal is read next, the torn record does not fit
its checksum, and whatever follows in the same block is given up with it.
"""

import struct
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.field.phone import Phone
from tests.field.server import PhoneServer
from tests.field.test_kills import started

pytestmark = [pytest.mark.browser, pytest.mark.once]
BLOCK, HEAD = 32_768, 7
FIRST_OF_MANY = 2  # the kind of a record that goes on in the next block


def tear(profile: Path) -> None:
    """Leave the beginning of a record at the end of the journal."""
    journal = max(profile.glob("Default/IndexedDB/*.leveldb/*.log"), key=lambda one: one.name)
    left = BLOCK - journal.stat().st_size % BLOCK - HEAD
    assert left > 2_000, "too near to the end of a block to be worth tearing"
    with journal.open("ab") as file:
        file.write(struct.pack("<IHB", 0xDEADBEEF, left, FIRST_OF_MANY) + b"x" * 100)


def test_what_is_saved_after_a_torn_write_is_there_after_the_next_crash(
    playwright: Playwright, server: PhoneServer, tmp_path: Path
) -> None:
    profile = tmp_path / "profile"
    with started(playwright, profile) as context:
        before = Phone(context, server).finish()
    tear(profile)
    with started(playwright, profile) as context:
        phone = Phone(context, server)
        after = [phone.finish(note=str(number)) for number in range(3)]
    with started(playwright, profile) as context:
        kept = {one["uuid"] for one in Phone(context, server).rows()}
    assert kept == {before, *after}
