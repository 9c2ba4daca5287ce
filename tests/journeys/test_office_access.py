"""Every page of the team and of the desk's other work keeps the rules of accessibility.

In three languages, narrow and wide, with something on it, empty, and with a mistake made.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings
from django.urls import resolve
from playwright.sync_api import Browser, Page

from tests.browser import chromium
from tests.stack import Stack
from tests.tiers import looks
from tracker.web.desk import urls as desk_urls
from tracker.web.team import urls as team_urls

pytestmark = [pytest.mark.browser, pytest.mark.site]
AXE = Path(settings.BASE_DIR, "node_modules/axe-core/axe.min.js")
WIDTHS, THEMES = (360, 1280), ("light", "dark")
LOCALES = {"ja": "ja-JP", "zh-Hans": "zh-CN", "en": "en-GB"}
LANGUAGES, SOME_WIDTHS, SOME_THEMES = looks(list(LOCALES), WIDTHS, THEMES)
RULES = """async () => {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
  const {violations} = await axe.run(document, {runOnly: tags});
  return violations.map(v => `${v.id}: ${v.nodes.map(n => n.html).join(" | ")}`);
}"""
CONTRAST = """async () => {
  const only = {type: "rule", values: ["color-contrast"]};
  const {violations} = await axe.run(document, {runOnly: only});
  return violations.map(v => `in the dark ${v.id}: ${v.nodes.map(n => n.html).join(" | ")}`);
}"""
Paths = dict[str, str]
ALL_PAGES = [
    (prefix, pattern)
    for prefix, urls in (("/desk/", desk_urls), ("/team/", team_urls))
    for pattern in urls.urlpatterns
]
# Looked at in test_desk.py: the queue, its parts, and what is made of an entry.
WITH_THE_DESK = {"desk-queue", "desk-list", "desk-mine", "desk-together", "desk-entry",
                 "desk-panel", "desk-correct"}  # fmt: skip
LEADS_ON = {"trail"}  # the old address of the log, which is looked at
ARGUMENT = re.compile(r"<(int|uuid):\w+>")
SAMPLES = {"int": "1", "uuid": str(UUID(int=1))}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def paths(stack: Stack) -> Paths:
    """The filled house: name → path."""
    found: Paths = stack.ask("tests.journeys.office_fixtures", "fill")
    stack.wait_until_done()
    return found


def faults(
    page: Page,
    language: str,
    widths: Sequence[int] = SOME_WIDTHS,
    themes: Sequence[str] = SOME_THEMES,
) -> list[str]:
    """What axe says of the page at each width and in the dark; how far it scrolls sideways."""
    lang = page.evaluate("document.documentElement.lang")
    found = [] if lang == language else [f"in {lang}"]
    page.evaluate(AXE.read_text(encoding="utf-8"))
    for width in widths:
        page.set_viewport_size({"width": width, "height": 740})
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        found += [f"{wide} px too wide"] if wide > 0 else []
        found += page.evaluate(RULES)
    if "dark" in themes:
        page.emulate_media(color_scheme="dark")
        found += page.evaluate(CONTRAST)
        page.emulate_media(color_scheme="light")
    return [f"{page.url}: {fault}" for fault in found]


def sent(page: Page, button: str) -> None:
    """Press a button of a form and wait for the page it brings."""
    with page.expect_navigation():
        page.locator(button).click()


def a_wrong_password(page: Page) -> None:
    page.goto("/accounts/login/")
    page.locator("#id_login").fill("aki")
    page.locator("#id_password").fill("not-this-one")
    sent(page, "form.narrow button.primary")


def a_weak_password(page: Page, invitation: str) -> None:
    page.goto(invitation)
    page.locator("#id_password").fill("1234567890")
    sent(page, "form.narrow button.primary")


def an_invitation(page: Page, name: str) -> None:
    page.goto("/team/")
    page.locator("#id_username").fill(name)
    sent(page, "form.narrow button.primary")


def with_a_password(page: Page) -> None:
    """Somebody who, other than those of the demonstration, has one."""
    page.goto("/accounts/login/")
    page.locator("#id_login").fill("rin")
    page.locator("#id_password").fill("noren-noren")
    sent(page, "form.narrow button.primary")
    page.goto("/accounts/password/")


def a_wrong_old_password(page: Page) -> None:
    for name in ("oldpassword", "password1", "password2"):
        page.locator(f"#id_{name}").fill("not-this-one")
    sent(page, "form.narrow button.primary")


def pages_of(role: str, paths: Paths) -> list[str]:
    """What a role has to see; a path or the name of one."""
    pages = {
        "": ["/accounts/login/", "/accounts/closed/", "invitation", "/accounts/invitation/gone/"],
        "admin": ["/team/", "admin", "worker", "leaving", "closed", "/desk/log/",
                  "/desk/log/?page=2", "by entry", "/desk/log/?actor=aki",
                  "/desk/log/?actor=nobody", "/desk/log/?since=yesterday", "/desk/shops/",
                  "/desk/agreement/", "/accounts/password/", "/accounts/logout/"],
        "moderator": ["/desk/shops/", "/desk/shops/?page=2", "/desk/shops/?area=27100",
                      "/desk/checks/", "waits", "agreed", "differs", "/desk/agreement/",
                      "/desk/log/", "moderator"],
        "fieldworker": ["/desk/log/", "worker", "/desk/"],
    }  # fmt: skip
    return [paths.get(name, name) for name in pages[role]]


def mistakes_of(role: str, paths: Paths, language: str) -> list[Callable[[Page], None]]:
    """Ways to pages that no address leads to."""
    ways: dict[str, list[Callable[[Page], None]]] = {
        "": [
            a_wrong_password,
            lambda page: a_weak_password(page, paths["invitation"]),
            with_a_password,
            a_wrong_old_password,
        ],
        "admin": [
            lambda page: an_invitation(page, "aki"),  # the name is taken
            lambda page: an_invitation(page, f"new-{language}"),  # its link is shown once
        ],
    }
    return ways.get(role, [])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", ["", "admin", "moderator", "fieldworker"])
def test_no_page_breaks_a_rule_of_accessibility(
    browser: Browser, stack: Stack, paths: Paths, role: str, language: str
) -> None:
    context = browser.new_context(base_url=stack.url, locale=LOCALES[language], bypass_csp=True)
    page = context.new_page()
    if role:
        page.goto("/accounts/login/")
        sent(page, f'button[name="role"][value="{role}"]')
    found: list[str] = []
    for path in pages_of(role, paths):
        page.goto(path)
        found += faults(page, language)
    for make in mistakes_of(role, paths, language):
        make(page)
        found += faults(page, language)
    context.close()
    assert found == []


def test_faults_are_seen(browser: Browser) -> None:
    page = browser.new_page(color_scheme="light")
    page.set_content(
        "<!doctype html><html lang=en><title>A page</title><style>body {margin: 0}"
        "@media (prefers-color-scheme: dark)"
        "{p {color: #777; background: #888}}</style>"
        "<p>Dim.<img src=x><div style='width:700px'>Wide."
    )
    found = faults(page, "en", WIDTHS, THEMES)
    assert [fault.split(": ")[1] for fault in found] == [
        "340 px too wide", "image-alt", "image-alt", "in the dark color-contrast"
    ]  # fmt: skip
    page.context.close()


def test_no_page_is_forgotten(browser: Browser, stack: Stack, paths: Paths) -> None:
    """What is looked at neither here nor with the desk is no page: it only takes forms."""
    seen = {
        resolve(path.partition("?")[0]).url_name
        for role in ("", "admin", "moderator", "fieldworker")
        for path in pages_of(role, paths)
    }
    answers: dict[str, set[int]] = {}
    for role in ("admin", "moderator"):
        page = browser.new_page(base_url=stack.url)
        page.goto("/accounts/login/")
        sent(page, f'button[name="role"][value="{role}"]')
        for prefix, pattern in ALL_PAGES:
            if pattern.name not in seen | WITH_THE_DESK | LEADS_ON:
                path = ARGUMENT.sub(lambda m: SAMPLES[m[1]], f"{prefix}{pattern.pattern}")
                answers.setdefault(str(pattern.name), set()).add(page.request.get(path).status)
        page.context.close()
    assert {name for name, codes in answers.items() if 405 not in codes} == set()
