"""The map that can be moved: painted in a real browser, and never missed where there is none."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.browser import chromium
from tests.journeys.live_map import (
    BUTTON,
    DOT,
    OUTLINE,
    PAGE,
    filled,
    opened,
    page_at,
    painted,
    press,
    press_nowhere,
    row_of,
)
from tests.journeys.test_river import check_page, no_script_errors
from tests.stack import Stack
from tests.tiers import looks

pytestmark = [pytest.mark.browser, pytest.mark.site]
LOCALES, WIDTHS = looks(("ja-JP", "zh-CN", "en-GB"), (360, 1280))
AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
LIBRARY = re.compile(r"/static/maplibre-[\d.]+/")
STEP = 36  # px: the width of such a square at the first zoom
NO_WEBGL = """
const real = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
  return kind.startsWith("webgl") ? null : real.call(this, kind, ...more);
};
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def town(stack: Stack) -> Stack:
    return filled(stack)


def test_a_press_on_a_square_tells_what_the_table_tells(browser: Browser, town: Stack) -> None:
    page = page_at(browser, town, viewport={"width": 1280, "height": 900})
    errors = no_script_errors(page)
    opened(page)
    told = page.locator(".live-told")
    expect(told).to_have_text("Select a square to see its figure.")
    expect(page.locator("figure > svg")).to_be_hidden()
    assert {(255, 255, 255), DOT} <= painted(page)
    for aside, sentence in (
        (0, "Square {}: {}, 95 % interval {}, n = {}, {}"),
        (STEP, "Square {0}: {4}, n = {3}"),  # the next one has too few shops
    ):
        code = press(page, aside)
        assert told.inner_text() == sentence.format(code, *row_of(page, code))
    press_nowhere(page)
    expect(told).to_have_text("No shop has been observed here.")
    assert errors == []
    page.context.close()


def test_nothing_of_the_painter_comes_before_the_press(browser: Browser, town: Stack) -> None:
    page = page_at(browser, town)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(PAGE)
    page.wait_for_load_state("networkidle")
    expect(page.locator(BUTTON)).to_be_visible()
    assert [url for url in asked if LIBRARY.search(url) or "/map/" in url] == []
    page.locator(BUTTON).click()
    expect(page.locator(".live-told")).to_have_text("Select a square to see its figure.")
    foreign = [url for url in asked if not url.startswith((town.url, "data:", "blob:"))]
    assert foreign == []
    assert len([url for url in asked if LIBRARY.search(url)]) >= 3
    page.context.close()


def test_the_drawing_comes_back(browser: Browser, town: Stack) -> None:
    page = page_at(browser, town)
    opened(page)
    expect(page.locator(BUTTON)).to_have_text("Back to the static map")
    expect(page.locator(BUTTON)).to_have_attribute("aria-expanded", "true")
    page.locator(BUTTON).click()
    expect(page.locator("figure > svg")).to_be_visible()
    expect(page.locator(".live-map canvas")).to_have_count(0)
    page.locator(BUTTON).click()
    expect(page.locator(".live-map canvas")).to_be_visible()
    page.context.close()


def test_far_away_the_squares_are_asked_for_and_the_wards_stand(
    browser: Browser, town: Stack
) -> None:
    page = page_at(browser, town, viewport={"width": 1280, "height": 900})
    opened(page)
    for _step in range(2):
        page.get_by_role("button", name="Zoom out").click()
        page.wait_for_timeout(700)
    expect(page.locator(".live-told")).to_have_text("Zoom in to see the squares.")
    assert OUTLINE in painted(page)
    assert DOT not in painted(page)
    page.context.close()


@pytest.mark.parametrize(
    "options", [{"java_script_enabled": False}, {}], ids=["no script", "no WebGL"]
)
def test_where_nothing_can_be_painted_the_drawing_stays_and_no_button_is_shown(
    browser: Browser, town: Stack, options: dict[str, bool]
) -> None:
    page = page_at(browser, town, **options)
    page.add_init_script(NO_WEBGL)
    page.goto(PAGE)
    page.wait_for_load_state("networkidle")
    expect(page.locator("figure > svg")).to_be_visible()
    expect(page.locator(BUTTON)).to_be_hidden()
    page.context.close()


@pytest.mark.parametrize(
    ("pattern", "status", "sentence"),
    [
        (LIBRARY, 500, "could not be loaded"),
        (re.compile(r"/map/[0-9a-f]{64}\.json"), 404, "no longer available"),
    ],
    ids=["library", "figures"],
)
def test_what_does_not_come_is_told_and_the_drawing_stays(
    browser: Browser, town: Stack, pattern: re.Pattern[str], status: int, sentence: str
) -> None:
    def refuse(route: Route) -> None:
        route.fulfill(status=status, body="")

    page = page_at(browser, town)
    page.route(pattern, refuse)
    page.goto(PAGE)
    page.locator(BUTTON).click()
    expect(page.locator(".live-told")).to_contain_text(sentence)
    expect(page.locator("figure > svg")).to_be_visible()
    expect(page.locator(BUTTON)).to_have_text("Interactive map")
    page.context.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", LOCALES)
def test_the_open_map_breaks_no_rule_of_accessibility(
    browser: Browser, town: Stack, language: str, width: int
) -> None:
    page = page_at(
        browser, town, locale=language, viewport={"width": width, "height": 740}, bypass_csp=True
    )
    opened(page)
    page.locator(".live-map canvas").click()
    check_page(page, AXE.read_text())
    page.context.close()


def test_on_paper_there_is_the_drawing(browser: Browser, town: Stack) -> None:
    page = page_at(browser, town)
    opened(page)
    page.emulate_media(media="print")
    expect(page.locator(".live-map")).to_be_hidden()
    expect(page.locator("figure > svg")).to_be_visible()
    page.context.close()
