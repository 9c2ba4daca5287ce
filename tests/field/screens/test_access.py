"""Every screen in every language and look: no rule of accessibility broken, no target too small."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page

from tests.field.screens.conftest import HERE, Opener
from tests.field.screens.house import House, shop_uuid
from tests.field.screens.test_own_pages import RETURNED
from tests.field.screens.walk import App

pytestmark = pytest.mark.browser
AXE = Path(settings.BASE_DIR, "node_modules/axe-core/axe.min.js")
WIDTHS, THEMES = (320, 360, 412), ("light", "dark", "sun")
SCREENS = (
    (f"#/visit/{shop_uuid(2)}", "visit"),
    (f"#/visit/{shop_uuid(6)}", "visit"),
    ("#/new", "new"),
    ("#/outbox", "outbox"),
    ("#/work", "work"),
    ("#/help", "help"),
    ("#/settings", "settings"),
    ("#/welcome", "welcome"),
    ("#/", "nearby"),
)
RUN = """async () => {
  const {violations} = await axe.run(document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    resultTypes: ["violations"],
  });
  return violations.map(one => `${one.id}: ${one.nodes.map(node => node.html).join(" | ")}`);
}"""
# A target is what can be tapped: of a hidden radio or file field its label.
SMALL = """() => {
  const found = document.querySelectorAll("a, button, input, select, textarea, summary");
  const seen = [...found].map(one => one.closest("label") ?? one)
    .filter(one => one.checkVisibility() && !one.closest(".skip"));
  return seen.map(one => [one, one.getBoundingClientRect()])
    .filter(([, box]) => box.width < 43.5 || box.height < 43.5)
    .map(([one, box]) => `${one.outerHTML.slice(0, 90)} ${box.width} x ${box.height}`);
}"""
SIDEWAYS = "document.documentElement.scrollWidth - innerWidth"


def faults(page: Page, *, with_axe: bool) -> list[str]:
    found: list[str] = page.evaluate(SMALL)
    if page.evaluate(SIDEWAYS) > 0:
        found.append(f"{page.evaluate(SIDEWAYS)} px too wide")
    if with_axe:
        found += page.evaluate(RUN)
    return found


@pytest.mark.parametrize("language", ["ja", "zh-hans", "en"])
def test_every_screen_can_be_used(opened: Opener, house: House, language: str) -> None:
    house.returned = [RETURNED]
    app = opened(language, bypass_csp=True, reduced_motion="reduce")
    app.page.evaluate(AXE.read_text())
    broken: dict[str, list[str]] = {}
    for hash_, screen in SCREENS:
        app.go(hash_, screen)
        if screen == "visit" and hash_.endswith("6"):
            app.answer_all("yes", "no", "unsure")
        look(app, f"{screen} {hash_}", broken)
        if screen == "visit":
            for part in ("more", "no-photo"):
                button = app.page.locator(f"[data-part={part}]")
                if button.is_visible():
                    button.click()
                    look(app, f"{screen} {part}", broken)
                    app.page.locator("dialog [data-part=done]").click()
        if screen == "settings":
            app.page.locator("[data-part=sign-out]").click()
            look(app, "sign-out", broken)
            app.page.locator("[data-part=stay]").click()
    assert broken == {}


def look(app: App, name: str, broken: dict[str, list[str]], height: int = 740) -> None:
    """Each width for itself, each look at one of the widths: all pairs, three runs of axe."""
    for width, theme in zip(WIDTHS, THEMES, strict=True):
        app.page.set_viewport_size({"width": width, "height": height})
        app.page.evaluate("theme => { document.documentElement.dataset.theme = theme }", theme)
        found = faults(app.page, with_axe=True)
        if found:
            broken[f"{name} {width} {theme}"] = found


def test_what_is_seldom_seen_can_be_used_too(opened: Opener) -> None:
    broken: dict[str, list[str]] = {}
    for where, with_plan in ((HERE, False), (None, True)):
        app = opened(where=where, with_plan=with_plan, bypass_csp=True, reduced_motion="reduce")
        app.page.evaluate(AXE.read_text())
        app.page.locator("summary").first.click()
        look(app, f"with plan: {with_plan}", broken, height=1600)  # nothing under the bar
    assert broken == {}


def test_a_wrong_page_would_be_noticed(app: App) -> None:
    app.page.evaluate("document.querySelector('main').innerHTML = '<a href=\"#\">x</a>'")
    small: list[Any] = app.page.evaluate(SMALL)
    assert len(small) == 1
