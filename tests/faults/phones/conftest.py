"""One house and one Chromium for all; every test has a fieldworker of its own."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, sync_playwright

from tests.browser import QUIET, chromium_path
from tests.faults.phones.inside import inside
from tests.faults.phones.pocket import OPTIONS, Pocket
from tests.stack import Stack


@pytest.fixture(scope="module")
def shops(stack: Stack) -> list[str]:
    """UUIDs of twelve shops that nobody has visited."""
    found: list[str] = inside(stack, "shops", "若葉薬局", 12)
    return found


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    running = playwright.chromium.launch(executable_path=chromium_path(), args=list(QUIET))
    yield running
    running.close()


@pytest.fixture
def worker(stack: Stack) -> dict[str, Any]:
    """A fieldworker: `id`, `name` and the key of a `session`."""
    made: dict[str, Any] = inside(stack, "person", f"aki-{uuid4().hex[:8]}")
    return made


@pytest.fixture
def phones(browser: Browser, stack: Stack) -> Iterator[Callable[..., Pocket]]:
    """Makes phones; `url` where the site is reached through something else."""
    contexts: list[BrowserContext] = []

    def phone(url: str = "") -> Pocket:
        contexts.append(browser.new_context(**OPTIONS))
        return Pocket(contexts[-1], stack, url)

    yield phone
    for context in contexts:
        context.close()
