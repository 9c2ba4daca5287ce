"""What a moderator's day in a browser is told with."""

from typing import Any

from playwright.sync_api import Browser, Page

from tests.journeys.test_river import figures
from tests.stack import Stack

CHUO = "13102"
DESKTOP = {"width": 1280, "height": 900}


def town(stack: Stack, entries: int = 0) -> dict[str, Any]:
    """Put so many entries into the stack's database; count its rows."""
    if entries:
        stack.ask("tests.journeys.desk_fixtures", "fill", entries)
    found: dict[str, Any] = stack.ask("tests.journeys.desk_fixtures", "rows")
    return found


def open_entry(page: Page) -> str:
    return page.locator("#entry").get_attribute("data-uuid") or ""


def press(page: Page, *keys: str) -> None:
    """Press keys, the last of which brings another entry, and wait for it."""
    before = open_entry(page)
    for key in keys:
        page.keyboard.press(key)
    page.wait_for_function(
        "before => (document.querySelector('#entry')?.dataset.uuid ?? '') !== before", arg=before
    )


def settled(stack: Stack, decisions: int) -> dict[str, Any]:
    """The rows once everything has arrived and is counted."""
    stack.wait_for(lambda: sum(town(stack)["moves"].values()) == decisions)
    stack.wait_until_done()
    return town(stack)


def observed(page: Page, stack: Stack) -> int:
    """Shops of the ward that count."""
    row = figures(page, stack).get(CHUO)
    return int(row["n_observed"]) if row else 0


def check_the_day(page: Page, stack: Stack, before: int) -> None:
    """Twenty approved, two sent back, one rejected and taken back; one was never touched."""
    rows = settled(stack, 24)
    assert rows["moves"] == {
        "submitted → approved": 20,
        "submitted → returned": 2,
        "submitted → rejected": 1,
        "rejected → submitted": 1,
    }
    assert rows["reasons"] == [["photo_unreadable"], ["sign_not_visible"], ["duplicate"]]
    assert rows["unmeasured"] == 0
    assert rows["log"] == {
        "visit_approved": 20,
        "visit_returned": 2,
        "visit_rejected": 1,
        "decision_undone": 1,
    }
    assert rows["states"] == {"approved": 20, "returned": 2, "submitted": 2}
    assert observed(page, stack) == before + 20
    assert stack.verify()["differences"] == []


def moderator_in(browser: Browser, stack: Stack, locale: str, width: int) -> Page:
    context = browser.new_context(
        base_url=stack.url, locale=locale, viewport={"width": width, "height": 740}, bypass_csp=True
    )
    page = context.new_page()
    page.goto("/accounts/login/")
    page.locator('button[name="role"][value="moderator"]').click()
    return page
