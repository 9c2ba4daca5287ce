"""Photos that are pages as well, opened in Chromium: they are pictures and run nothing."""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import chromium
from tests.fieldwork.pictures.hostile.disguises import PAGE, polyglots
from tests.journeys.test_river import person
from tests.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.site]
MOST = 8


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def worker(browser: Browser, stack: Stack) -> Page:
    """A fieldworker in a town of a few shops."""
    done = stack.manage("demo", "--shops", "20", "--months", "2", "--seed", "3")
    assert done.returncode == 0, done.stderr
    return person(browser, stack, "fieldworker")


@pytest.fixture(scope="module")
def links(worker: Page, stack: Stack) -> list[str]:
    """Addresses of the large pictures made of polyglots, once the worker has made them."""
    files = polyglots()[:MOST]
    keys = [log_visit(worker, number + 1, file.data) for number, file in enumerate(files)]
    stack.wait_until_done()
    return [photo_of(worker, key) for key in keys]


def log_visit(page: Page, shop: int, photo: bytes) -> str:
    """Through the form of the page, with a photo named like a page."""
    page.goto(f"/field/shops/{shop}/visit")
    key = str(uuid4())
    token = page.locator('input[name="csrfmiddlewaretoken"]').first.get_attribute("value")
    answer = page.request.post(f"/field/shops/{shop}/visit", max_redirects=0, multipart={
        "csrfmiddlewaretoken": token or "", "uuid": key, "outcome": "answered", "alipay": "yes",
        "observed_at": "2026-01-15T12:00",
        "photo": {"name": "sign.html", "mimeType": "text/html", "buffer": photo},
    }, headers={"Referer": page.url})  # fmt: skip
    assert answer.status == 302, answer.text()
    return key


def photo_of(page: Page, key: str) -> str:
    page.goto(f"/field/entries/{key}/")
    return page.locator("a:has(img.photo)").get_attribute("href") or ""


def ran(page: Page) -> bool:
    return page.title() == "ran"


def width_shown(page: Page) -> int:
    return int(page.evaluate("document.images[0] ? document.images[0].naturalWidth : 0"))


def test_a_polyglot_is_shown_as_a_picture_and_runs_nothing(worker: Page, links: list[str]) -> None:
    for link in links:
        worker.goto(link)
        assert width_shown(worker) == 96
        assert not ran(worker)


def test_a_photo_cannot_be_taken_for_a_script(worker: Page, links: list[str]) -> None:
    worker.goto("/field/entries/")
    loaded = worker.evaluate(
        """link => new Promise(done => {
            const script = document.createElement("script");
            script.onload = () => done(true);
            script.onerror = () => done(false);
            script.src = link;
            document.head.append(script);
        })""",
        links[0],
    )
    assert loaded is False
    assert not ran(worker)


def test_even_a_page_in_place_of_a_picture_would_run_nothing(
    worker: Page, links: list[str], stack: Stack
) -> None:
    """As if the rebuilding had failed: what is left are the headers."""
    for path in (stack.folder / "photos").rglob("*"):
        if path.is_file():
            path.write_bytes(PAGE)
    answer = worker.goto(links[0])
    assert answer is not None
    assert answer.body() == PAGE
    assert not ran(worker)
