"""The public pages in a real browser: readable for everybody, at every width, on paper too."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import chromium
from tests.journeys.test_river import check_page, no_script_errors
from tests.stack import Stack
from tests.tiers import drawn

pytestmark = [pytest.mark.browser, pytest.mark.site]
LOCALES = drawn(("ja-JP", "zh-CN", "en-GB"))
AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
VIEWS = ["map", "ranking", "trend", "compare", "change"]
PAGES = [
    "/",
    *(f"/explore?view={view}" for view in VIEWS),
    "/explore?view=compare&level=grid1000",
    "/explore?city=kyoto&level=grid250",
    "/explore?view=globe",
    "/areas/13104/",
    "/areas/26101/",
    "/method",
    "/claims/",
    "/claims/many-shops-take-both/",
    "/claims/chinese-in-every-shop/",
    "/claims/first/?ward=13104&measure=alipay",
    "/data/",
    "/data/2026q3-1/",
    "/data/dictionary/",
]
SMALLEST_TEXT = 9.0  # px, of the words in a drawing at 360 px


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def town(stack: Stack) -> Stack:
    """A year of invented visits, and a release of them."""
    demo = ("demo", "--shops", "150", "--months", "12", "--seed", "5")
    for words in (demo, ("publish", "2026q3")):
        done = stack.manage(*words)
        assert done.returncode == 0, done.stderr
    return stack


@pytest.mark.parametrize(
    ("language", "width", "scheme"),
    drawn([
        ("ja-JP", 360, "light"), ("zh-CN", 360, "light"), ("en-GB", 360, "light"),
        ("ja-JP", 1280, "light"), ("zh-CN", 1280, "light"), ("en-GB", 1280, "light"),
        ("ja-JP", 720, "dark"),
    ]),
)  # fmt: skip
def test_no_page_breaks_a_rule_of_accessibility(
    browser: Browser, town: Stack, language: str, width: int, scheme: Literal["light", "dark"]
) -> None:
    context = browser.new_context(
        base_url=town.url, locale=language, viewport={"width": width, "height": 740},
        color_scheme=scheme, bypass_csp=True,
    )  # fmt: skip
    page = context.new_page()
    axe = AXE.read_text()
    for path in PAGES:
        page.goto(path)
        check_page(page, axe)
    context.close()


@pytest.mark.parametrize(
    ("language", "width"), drawn([("ja-JP", 360), ("zh-CN", 1280), ("en-GB", 360)])
)
def test_who_publishes_finds_a_page_without_barriers(
    browser: Browser, town: Stack, language: str, width: int
) -> None:
    context = browser.new_context(
        base_url=town.url, locale=language, viewport={"width": width, "height": 740},
        bypass_csp=True,
    )  # fmt: skip
    page = context.new_page()
    page.goto("/accounts/login/")
    page.locator('button[name="role"][value="admin"]').click()
    page.goto("/data/manage/")
    check_page(page, AXE.read_text())
    button = page.locator('form[action$="/withdraw"] button')
    box = button.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= width
    page.goto("/claims/manage/")
    check_page(page, AXE.read_text())
    context.close()


@pytest.mark.parametrize("language", LOCALES)
def test_no_page_scrolls_sideways_on_the_smallest_phone(
    browser: Browser, town: Stack, language: str
) -> None:
    context = browser.new_context(
        base_url=town.url, locale=language, viewport={"width": 320, "height": 568}
    )
    page = context.new_page()
    for path in PAGES:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path
    context.close()


def test_the_words_in_a_drawing_can_be_read_on_a_phone(browser: Browser, town: Stack) -> None:
    context = browser.new_context(base_url=town.url, viewport={"width": 360, "height": 740})
    page = context.new_page()
    for path in ("/explore?view=ranking", "/explore?view=compare", "/areas/13104/"):
        page.goto(path)
        heights = page.evaluate(
            "[...document.querySelectorAll('figure svg text')].map(text => "
            "parseFloat(text.getAttribute('font-size')) * text.getScreenCTM().a)"
        )
        assert min(heights) >= SMALLEST_TEXT, path
    context.close()


def test_what_is_pointed_at_in_one_map_is_marked_in_the_other_and_in_the_table(
    browser: Browser, town: Stack
) -> None:
    context = browser.new_context(base_url=town.url, locale="en-GB")
    page = context.new_page()
    errors = no_script_errors(page)
    page.goto("/explore?view=compare")
    page.locator('tr[data-code="13104"] th').first.hover()
    expect(page.locator('.panel g[data-code="13104"].lit')).to_have_count(3)
    page.locator("h1").hover()
    expect(page.locator(".lit")).to_have_count(0)
    assert errors == []
    context.close()


def test_every_view_is_reached_without_javascript(browser: Browser, town: Stack) -> None:
    context = browser.new_context(base_url=town.url, locale="en-GB", java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("link", name="Explore").click()
    for name in ("Ranking", "Trend", "Two measures", "Change", "Map"):
        page.get_by_role("navigation", name="Views").get_by_role("link", name=name).click()
        page.get_by_label("City", exact=True).select_option("osaka")
        page.get_by_role("button", name="Show").click()
        assert "city=osaka" in page.url
        expect(page.locator("h1")).to_contain_text("Osaka")
    page.locator(".figures tbody a").first.click()
    assert "/areas/271" in page.url
    context.close()


def test_on_paper_the_figures_their_key_and_their_address_are_left(
    browser: Browser, town: Stack
) -> None:
    context = browser.new_context(base_url=town.url, locale="en-GB")
    page = context.new_page()
    page.goto("/explore?view=compare")
    page.emulate_media(media="print")
    for gone in (".bar", ".tabs", "form.filters", "footer"):
        expect(page.locator(gone).first).to_be_hidden()
    for left in (".panel", ".key", ".figures", ".address"):
        expect(page.locator(left).first).to_be_visible()
    assert whole(page, ".part .scroll")
    context.close()


def whole(page: Page, selector: str) -> bool:
    """Whether nothing of the element is cut off."""
    return bool(
        page.locator(selector).first.evaluate("one => one.scrollHeight <= one.clientHeight + 1")
    )


@pytest.mark.parametrize("language", LOCALES)
def test_who_takes_single_visits_meets_no_barrier_and_needs_no_script(
    browser: Browser, town: Stack, language: str
) -> None:
    """The form, with a mistake, a workbook that is being made, one that is ready; its file."""
    context = browser.new_context(base_url=town.url, locale=language, java_script_enabled=False)
    plain = context.new_page()
    plain.goto("/accounts/login/")
    plain.locator('button[name="role"][value="analyst"]').click()
    plain.goto("/data/")
    plain.locator('a[href="/data/extract/"]').click()
    seen = browser.new_context(
        base_url=town.url, locale=language, storage_state=context.storage_state(), bypass_csp=True
    ).new_page()
    check_narrow_and_wide(seen, plain.url)
    seen.locator("#id_purpose").fill("調査")
    seen.locator("#id_last_month").fill("2999-01")
    seen.locator('button[value="csv"]').click()
    expect(seen.locator("[role=alert]")).to_be_visible()
    expect(seen.locator("#id_purpose")).to_have_value("調査")
    check_page(seen, AXE.read_text())
    plain.locator("#id_purpose").fill("調査 研究 study")
    town.kill("worker")
    plain.locator('button[value="xlsx"]').click()
    expect(plain.locator("progress")).to_have_count(1)
    check_narrow_and_wide(seen, plain.url)
    town.start("worker")
    town.wait_until_done()
    plain.locator("main a.button.primary").click()
    expect(plain.locator("progress")).to_have_count(0)
    check_narrow_and_wide(seen, plain.url)
    with plain.expect_download() as download:
        plain.locator("main a.button.primary").click()
    assert download.value.path().read_bytes().startswith(b"PK")
    plain.goto("/data/extract/")
    plain.locator("#id_purpose").fill("研究")
    with plain.expect_download() as download:
        plain.locator('button[value="csv"]').click()
    assert download.value.path().read_bytes().startswith(b"observed_on,")
    seen.context.close()
    context.close()


def check_narrow_and_wide(page: Page, url: str) -> None:
    page.goto(url)
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 740})
        check_page(page, AXE.read_text())
    page.emulate_media(color_scheme="dark")
    check_page(page, AXE.read_text())
    page.emulate_media(color_scheme="light")
