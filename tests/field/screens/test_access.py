"""Every screen in every language, look and width: no rule broken, and every target large.

With `make test` in one of each, another in every run; with `make test-all` in all 27.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from tests.field.screens.conftest import HERE, Opener
from tests.field.screens.site import Site, shop_uuid
from tests.field.screens.test_own_pages import RETURNED
from tests.field.screens.walk import App
from tests.tiers import looks

pytestmark = [pytest.mark.browser, pytest.mark.site]
AXE = Path(settings.BASE_DIR, "node_modules/axe-core/axe.min.js")
THEMES = ("light", "dark", "sun")
LANGUAGES, WIDTHS, SOME_THEMES = looks(("ja", "zh-hans", "en"), (320, 360, 412), THEMES)
# As high as a phone, and so high that nothing lies under a bar: what does is called too small there
# although it only wants to be scrolled to.
PHONE_PX, TALL_PX = 740, 4000
HALF_COVERED = ["target-size"]
LOOK = "theme => { document.documentElement.dataset.theme = theme }"
RUN = """async (off) => {
  const {violations} = await axe.run(document, {
    rules: Object.fromEntries(off.map(rule => [rule, {enabled: false}])),
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
PALE = """document.querySelector("main").style.color =
  "color-mix(in srgb, var(--paper) 75%, var(--ink))"
"""
SIDEWAYS = "document.documentElement.scrollWidth - innerWidth"


def faults(page: Page, off: Sequence[str] = ()) -> list[str]:
    found: list[str] = page.evaluate(SMALL)
    if page.evaluate(SIDEWAYS) > 0:
        found.append(f"{page.evaluate(SIDEWAYS)} px too wide")
    found += page.evaluate(RUN, list(off))
    return found


def look(app: App, broken: dict[str, list[str]], name: str) -> None:
    """Each width in each look, in place; and once for each width on a real height."""
    for width in WIDTHS:
        app.page.set_viewport_size({"width": width, "height": PHONE_PX})
        found = {f"{name} {width}": faults(app.page, off=HALF_COVERED)}
        app.page.set_viewport_size({"width": width, "height": TALL_PX})
        for theme in SOME_THEMES:
            app.page.evaluate(LOOK, theme)
            found[f"{name} {width} {theme}"] = faults(app.page)
        broken |= {where: wrong for where, wrong in found.items() if wrong}


def ready(app: App) -> App:
    app.page.evaluate(AXE.read_text())
    return app


def sheets(app: App, *parts: str) -> Iterator[str]:
    """The sheets behind the buttons of a screen, where it shows them."""
    for part in parts:
        button = app.page.locator(f"main [data-part={part}]").first
        if button.is_visible():
            button.click()
            yield f"sheet {part}"
            app.page.locator("dialog :is([data-part=done], [data-part=stay])").click()


def visits(app: App) -> Iterator[str]:
    """One that asks for a photo, one far away and answered, a practice, and one of no shop."""
    app.go(f"#/visit/{shop_uuid(2)}", "visit")
    yield "visit with a photo asked for"
    yield from sheets(app, "more", "no-photo")
    app.page.locator("[data-part=save]").click()
    yield "visit that lacks something"
    app.go(f"#/visit/{shop_uuid(6)}", "visit")
    app.answer_all("yes", "no", "unsure")
    app.draft_saved()
    yield "visit far away"
    app.go("#/practice", "practice")
    yield "practice"
    app.go(f"#/visit/{shop_uuid(99)}", "visit")
    yield "visit of no shop"


def full_outbox(app: App, site: Site) -> Iterator[str]:
    """One sent, one refused and one that waits; the visit of before was begun."""
    for number, refusal, is_down in ((1, "", False), (3, "No.", False), (4, "", True)):
        site.refusal, site.is_down = refusal, is_down
        app.go(f"#/visit/{shop_uuid(number)}", "visit")
        app.answer_all("no", "yes", "no")
        if number == 1:
            yield "visit that differs from the last"
        app.save()
        if number == 1:
            app.sent()
            yield "nearby with what was saved"
        if refusal:
            app.go("#/outbox", "outbox")
            expect(app.page.locator("[data-list=needs_you] .entry")).to_have_count(1)
    app.go("#/outbox", "outbox")
    for name in ("needs_you", "drafts", "waiting", "sent"):
        expect(app.page.locator(f"[data-list={name}] .entry")).to_have_count(1)
    yield "outbox with everything"
    app.page.locator("[data-list=sent] button").last.click()
    yield "sheet withdraw"
    app.page.locator("dialog [data-part=stay]").click()
    site.refusal, site.is_down = "", False


def walk(app: App, site: Site) -> Iterator[str]:
    """A name wherever there is something to look at."""
    yield "nearby"
    for screen in ("welcome", "new", "outbox", "work", "help", "settings"):
        app.go(f"#/{screen}", screen)
        yield screen
        yield from sheets(app, "sign-out")
    yield from visits(app)
    yield from full_outbox(app, site)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_can_be_used(opened: Opener, site: Site, language: str) -> None:
    site.returned = [RETURNED]
    app = ready(opened(language, bypass_csp=True, reduced_motion="reduce"))
    broken: dict[str, list[str]] = {}
    seen = 0
    for name in walk(app, site):
        look(app, broken, name)
        seen += 1
    assert broken == {}
    assert seen >= 19


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_seldom_seen_can_be_used_too(opened: Opener, site: Site, language: str) -> None:
    broken: dict[str, list[str]] = {}
    for name, where, with_plan in (("no shops", HERE, False), ("no position", None, True)):
        app = opened(
            language, where=where, with_plan=with_plan, bypass_csp=True, reduced_motion="reduce"
        )
        ready(app).page.locator("summary").first.click()
        look(app, broken, name)
    site.signed_in = False
    app = ready(opened(language, with_plan=False, bypass_csp=True, reduced_motion="reduce"))
    expect(app.page.locator("[data-part=sentence]")).to_be_visible()
    look(app, broken, "nobody signed in")
    assert broken == {}


def test_a_wrong_page_would_be_noticed(opened: Opener) -> None:
    app = ready(opened(bypass_csp=True))
    app.page.evaluate("document.querySelector('main').innerHTML = '<a href=\"#\">x</a>'")
    small: list[Any] = app.page.evaluate(SMALL)
    assert len(small) == 1
    app.page.evaluate(PALE)
    app.page.evaluate("document.querySelector('main').innerHTML = '<p>pale</p>'")
    for theme in THEMES:
        app.page.evaluate(LOOK, theme)
        assert [one for one in faults(app.page) if one.startswith("color-contrast")] != [], theme
