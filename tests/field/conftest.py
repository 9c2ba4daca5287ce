"""One Chromium for all, a phone and a server for each test."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from tests.browser import QUIET, chromium_path
from tests.field.listening import phone_server
from tests.field.phone import Phone
from tests.field.server import PhoneServer


@pytest.fixture(scope="package")
def playwright() -> Iterator[Playwright]:
    """One for the package: a second one at the same time is refused."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="package")
def browser(playwright: Playwright) -> Iterator[Browser]:
    running = playwright.chromium.launch(executable_path=chromium_path(), args=list(QUIET))
    yield running
    running.close()


@pytest.fixture
def server() -> Iterator[PhoneServer]:
    with phone_server() as running:
        yield running


@pytest.fixture
def phone(browser: Browser, server: PhoneServer) -> Iterator[Phone]:
    context = browser.new_context()
    yield Phone(context, server)
    context.close()
