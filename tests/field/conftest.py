"""One Chromium for all, a phone and a server for each test."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser import chromium
from tests.field.listening import phone_server
from tests.field.phone import Phone
from tests.field.server import PhoneServer


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture
def server() -> Iterator[PhoneServer]:
    with phone_server() as running:
        yield running


@pytest.fixture
def phone(browser: Browser, server: PhoneServer) -> Iterator[Phone]:
    context = browser.new_context()
    yield Phone(context, server)
    context.close()
