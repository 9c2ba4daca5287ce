"""The phone is killed in the middle of saving and sending: every saved entry arrives, once."""

import contextlib
import os
import random
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Error, Playwright

from tests.browser import QUIET, chromium_path
from tests.field.phone import Phone
from tests.field.server import PhoneServer

pytestmark = [pytest.mark.browser, pytest.mark.once]
ROUNDS = 6
PHOTO = b"\xff\xd8 photo" * 40_000
SEND = "() => { import('/static/field/sender.js').then((sender) => sender.sendNow()); }"


def pids_of(profile: Path) -> list[int]:
    """The Chromium that writes this profile, with its children."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if str(profile).encode() in (folder / "cmdline").read_bytes():
                found.append(int(folder.name))
    return found


def kill(profile: Path) -> None:
    for pid in pids_of(profile):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


@contextmanager
def started(playwright: Playwright, profile: Path, **options: Any) -> Iterator[BrowserContext]:
    context = playwright.chromium.launch_persistent_context(
        str(profile), executable_path=chromium_path(), args=list(QUIET), **options
    )
    try:
        yield context
    finally:
        kill(profile)
        with contextlib.suppress(Error):
            context.close()


def test_what_was_saved_arrives_once_whenever_the_phone_dies(
    playwright: Playwright, server: PhoneServer, tmp_path: Path
) -> None:
    chance = random.Random(7)
    profile = tmp_path / "profile"
    saved: set[str] = set()
    for round_ in range(ROUNDS):
        with started(playwright, profile) as context:
            phone = Phone(context, server)
            assert phone.page.evaluate("typeof indexedDB") == "object"
            saved |= {phone.finish(PHOTO), phone.finish(), phone.finish(note=str(round_))}
            phone.page.evaluate(SEND)
            time.sleep(chance.uniform(0, 0.2))  # then SIGKILL, with nothing closed
    with started(playwright, profile) as context:
        phone = Phone(context, server)
        while (state := phone.send())["phase"] != "idle":
            assert state["phase"] == "away", state
        counts = phone.counts()
    assert {uuid for uuid, _revision in server.entries} == saved
    assert counts == {"sent": 3 * ROUNDS}
    assert len(server.photos) == ROUNDS
