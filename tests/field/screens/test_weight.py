"""What the first visit costs, what the shell holds, and the way without JavaScript."""

import gzip
import re

import pytest
from django.conf import settings
from playwright.sync_api import Browser, expect

from tests.field.screens.conftest import PHONE, Opener
from tests.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.site]
FIRST_LOAD = 60_000  # bytes on the way, without the plan and without pictures
SIZES = """["navigation", "resource"].flatMap(kind => performance.getEntriesByType(kind))
  .filter(one => !one.name.includes("/api/") && !/png|webmanifest|svg/.test(one.name))
  .map(one => [one.name, one.encodedBodySize,
               one.startTime < performance.getEntriesByName("usable")[0].startTime])"""
STYLES = 30_000  # of the field app, as written
FOLDER = settings.BASE_DIR / "tracker" / "static" / "field"


@pytest.mark.parametrize("language", ["ja", "zh-hans", "en"])
def test_the_first_load_is_small(opened: Opener, language: str) -> None:
    app = opened(language)
    app.page.wait_for_timeout(2000)  # until the rest is here as well
    sizes: list[tuple[str, int, bool]] = app.page.evaluate(SIZES)
    first = [size for _name, size, is_first in sizes if is_first]
    assert len(first) >= 5  # the shell, two styles, the look and the modules
    assert all(size > 0 for _name, size, _is_first in sizes)
    assert sum(first) <= FIRST_LOAD, sizes
    assert sum(size for _name, size, _is_first in sizes) <= FIRST_LOAD, sizes


def test_every_screen_is_there_after_the_first_load(opened: Opener) -> None:
    """The figure above leaves nothing out that is fetched later."""
    app = opened("en")
    app.page.wait_for_timeout(2000)
    asked: list[str] = []
    app.page.on("request", lambda one: asked.append(one.url))
    for screen in ("new", "outbox", "work", "help", "settings", "welcome", "practice"):
        app.go(f"#/{screen}", screen)
    assert [url for url in asked if url.endswith((".js", ".css"))] == []


def test_the_styles_stay_small() -> None:
    assert len((FOLDER / "field.css").read_bytes()) <= STYLES


def test_the_shell_is_the_same_for_everybody(browser: Browser, stack: Stack) -> None:
    context = browser.new_context(base_url=stack.url, locale="en-GB")
    before = context.request.get("/field/app/en/").body()
    page = context.new_page()
    page.goto("/accounts/login/")
    with page.expect_navigation():
        page.locator('button[name="role"][value="fieldworker"]').click()
    assert context.request.get("/field/app/en/").body() == before
    assert re.findall(rb"<script(?! (?:type=\"module\" )?src=| id=\"words\")", before) == []
    assert b"<style" not in before
    assert b" style=" not in before
    assert len(gzip.compress(before)) < 20_000
    context.close()


def test_every_form_control_keeps_the_browser_from_remembering(stack: Stack) -> None:
    shell = (settings.BASE_DIR / "templates" / "field" / "app").glob("*.html")
    bare = [
        f"{path.name}: {control}"
        for path in shell
        for control in re.findall(r"<(?:input|textarea|select|form)\b[^>]*>", path.read_text())
        if "autocomplete=" not in control
    ]
    assert bare == []


def test_without_javascript_the_app_leads_to_the_pages(browser: Browser, stack: Stack) -> None:
    context = browser.new_context(
        base_url=stack.url,
        locale="en-GB",
        java_script_enabled=False,
        viewport=PHONE,  # type: ignore[arg-type]
    )
    page = context.new_page()
    page.goto("/accounts/login/")
    page.locator('button[name="role"][value="fieldworker"]').click()
    page.goto("/field/app/en/")
    page.get_by_role("link", name="Log a visit").click()
    expect(page.get_by_role("button", name="Search")).to_be_visible()
    expect(page.get_by_role("link", name="Open the field app")).to_be_hidden()
    context.close()


def test_with_javascript_the_pages_lead_to_the_app(browser: Browser, stack: Stack) -> None:
    context = browser.new_context(base_url=stack.url, locale="en-GB", viewport=PHONE)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto("/accounts/login/")
    with page.expect_navigation():
        page.locator('button[name="role"][value="fieldworker"]').click()
    page.goto("/field/")
    page.get_by_role("link", name="Open the field app").click()
    expect(page).to_have_url(re.compile(r"/field/app/en/"))
    context.close()
