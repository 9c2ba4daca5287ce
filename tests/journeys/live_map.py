"""What is done with the map that can be moved: opened, pressed, looked at."""

import io
import re
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.stack import Stack

PAGE = "/explore?city=tokyo&level=grid250"
BUTTON = ".live-button"
DOT, OUTLINE = (0x76, 0x7E, 0x8A), (0x5D, 0x65, 0x72)
# Twelve by twelve squares of 250 m, of every class and tier; the middle one has most shops, and
# the one east of it too few.
FILL = """
from django.utils import timezone
from tests.factories import add_count
from tracker.months import month_of
from tracker.places.grid import code_of, origin
row, column, _size = origin(5339460134)
for north in range(-6, 6):
    for east in range(-6, 6):
        square = code_of(row + 2 * north, column + 2 * east) // 10
        observed = {(0, 0): 300, (0, 1): 7}.get((north, east), 12 * (north + 7))
        add_count(
            level="grid250", area=square, segment="all", measure="alipay",
            month=month_of(timezone.now()), observed=observed, yes=observed * (east + 6) // 12,
        )
"""


def filled(stack: Stack) -> Stack:
    """The house with counts in these squares."""
    done = stack.manage("shell", "-v0", "-c", FILL)
    assert done.returncode == 0, done.stderr
    return stack


def page_at(browser: Browser, town: Stack, **options: Any) -> Page:
    context = browser.new_context(**{"base_url": town.url, "locale": "en-GB", **options})
    return context.new_page()


def opened(page: Page, path: str = PAGE) -> None:
    page.goto(path)
    page.locator(BUTTON).click()
    expect(page.locator(".live-map canvas")).to_be_visible()
    expect(page.locator(BUTTON)).not_to_have_attribute("aria-busy", "true", timeout=30_000)


def press(page: Page, aside: int) -> str:
    """Press so many pixels east of the middle; the code that is told."""
    canvas = page.locator(".live-map canvas")
    box = canvas.bounding_box()
    assert box is not None
    before = page.locator(".live-told").inner_text()
    canvas.click(position={"x": box["width"] / 2 + aside, "y": box["height"] / 2})
    expect(page.locator(".live-told")).not_to_have_text(before)
    found = re.search(r"Square (\d{10}):", page.locator(".live-told").inner_text())
    assert found
    return found[1]


def press_nowhere(page: Page) -> None:
    page.locator(".live-map canvas").click(position={"x": 5, "y": 5})


def painted(page: Page) -> set[object]:
    """The colours that are seen on the map."""
    shot = Image.open(io.BytesIO(page.locator(".live-map").screenshot())).convert("RGB")
    return {colour for _n, colour in shot.getcolors(maxcolors=1 << 24) or []}


def row_of(page: Page, code: str) -> list[str]:
    """Share, interval, n and tier of a square as the table has them."""
    return page.locator(f'tr[data-code="{code}"] td').all_inner_texts()
