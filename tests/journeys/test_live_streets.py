"""Streets under the squares: let in by one setting, named in words, and not needed."""

import io
import re
from collections.abc import Iterator

import pytest
from PIL import Image
from playwright.sync_api import Browser, expect

from config.servers import HOST, free_port, wait_until_it_answers, web_server
from tests.browser import chromium
from tests.journeys.live_map import OUTLINE, filled, opened, page_at, painted
from tests.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.site]
GREEN = (0x20, 0xC0, 0x40)
TILES = re.compile(r"https://cyberjapandata\.gsi\.go\.jp/")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def town(stack: Stack) -> Stack:
    return filled(stack)


@pytest.fixture(scope="module")
def streets(town: Stack) -> Iterator[str]:
    """The same house with the one setting that lets tiles in."""
    port = free_port()
    server = web_server(port, town.env | {"BASEMAP": "gsi"}, town.folder / "streets.log")
    server.start()
    assert wait_until_it_answers(port)
    yield f"http://{HOST}:{port}"
    server.stop()


def tile() -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (256, 256), GREEN).save(file, "PNG")
    return file.getvalue()


@pytest.mark.parametrize("is_there", [True, False], ids=["tiles", "no network"])
def test_streets_lie_under_the_squares_with_their_source_in_words(
    browser: Browser, town: Stack, streets: str, is_there: bool
) -> None:
    page = page_at(browser, town, base_url=streets, viewport={"width": 1280, "height": 900})
    violations: list[str] = []
    page.on(
        "console",
        lambda one: violations.append(one.text) if "Content Security" in one.text else None,
    )
    page.route(TILES, lambda route: route.fulfill(body=tile()) if is_there else route.abort())
    opened(page)
    expect(page.locator(".live-told")).to_have_text("Select a square to see its figure.")
    expect(page.locator(".live-source")).to_contain_text(
        "Geospatial Information Authority of Japan"
    )
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(500)  # tiles fade in
    seen = painted(page)
    assert (GREEN in seen) == is_there
    assert OUTLINE in seen
    assert violations == []
    page.context.close()
