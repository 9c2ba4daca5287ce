"""A moderator's day in a real browser: by keyboard alone, and again without JavaScript."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import chromium
from tests.journeys.moderator import (
    DESKTOP,
    check_the_day,
    moderator_in,
    observed,
    open_entry,
    press,
    town,
)
from tests.journeys.test_river import check_page, no_script_errors, person
from tests.stack import Stack
from tests.tiers import looks

pytestmark = [pytest.mark.browser, pytest.mark.site]
LOCALES, WIDTHS = looks(("ja-JP", "zh-CN", "en-GB"), (360, 1280))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


def test_a_day_by_keyboard_alone(browser: Browser, stack: Stack) -> None:
    town(stack, 24)
    page = person(browser, stack, "moderator", viewport=DESKTOP)
    errors = no_script_errors(page)
    page.wait_for_selector("#desk.has-script")
    before = observed(page, stack)
    for _ in range(20):
        press(page, "a")
    press(page, "r", "1", "Enter")
    press(page, "r", "2", "Enter")
    press(page, "x", "6", "Enter")
    expect(page.locator("#said")).to_contain_text("Reject")
    press(page, "z")
    expect(page.locator("#said")).to_contain_text("Undone")
    check_the_day(page, stack, before)
    assert errors == []
    page.context.close()


def test_the_same_day_without_javascript(browser: Browser, stack: Stack) -> None:
    town(stack, 24)
    page = person(browser, stack, "moderator", viewport=DESKTOP, java_script_enabled=False)
    before = observed(page, stack)
    for _ in range(20):
        page.get_by_role("button", name="Approve", exact=True).click()
        expect(page.get_by_role("status").filter(has_text="Approved")).to_be_visible()
    for reason in ("The photo cannot be read", "The sign is not in the photo"):
        page.get_by_label(reason).check()
        page.get_by_role("button", name="Send back", exact=True).click()
        expect(page.get_by_role("status").filter(has_text="Sent back")).to_be_visible()
    page.get_by_label("The same visit was logged twice").check()
    page.get_by_role("button", name="Reject", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="Rejected")).to_be_visible()
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="Undone")).to_be_visible()
    check_the_day(page, stack, before)
    page.context.close()


def test_every_key_does_what_the_help_says(browser: Browser, stack: Stack) -> None:
    town(stack, 6)
    stack.wait_until_done()  # photos are ready
    page = person(browser, stack, "moderator", viewport=DESKTOP)
    page.wait_for_selector("#desk.has-script")
    first = open_entry(page)
    press(page, "j")
    press(page, "k")
    assert open_entry(page) == first
    page.keyboard.press("p")
    expect(page.locator("#zoom img")).to_be_visible()
    page.keyboard.press("a")  # nothing is decided from under the photo
    page.keyboard.press("p")
    expect(page.locator("#zoom")).to_be_hidden()
    page.keyboard.press("m")
    expect(page.locator("#map-title")).to_be_focused()
    page.keyboard.press("h")
    expect(page.locator("#earlier-title")).to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_role("heading", name="Keyboard shortcuts")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="Keyboard shortcuts")).to_be_hidden()
    page.keyboard.press("r")
    page.keyboard.press("a")  # reasons are being chosen: no slip
    page.keyboard.press("Enter")
    expect(page.locator("#key-note")).to_contain_text("at least one reason")
    page.keyboard.press("Escape")
    expect(page.locator("#why")).to_be_hidden()
    page.keyboard.press("/")
    page.keyboard.type("axrsz")  # somebody is typing
    expect(page.get_by_label("Shop or address")).to_have_value("axrsz")
    assert open_entry(page) == first
    page.locator("#entry-title").click()
    press(page, "s")
    page.keyboard.press("e")
    expect(page.get_by_role("heading", name="Correct")).to_be_visible()
    assert town(stack)["moves"] == {}
    page.context.close()


def test_an_entry_is_printed_without_the_controls(browser: Browser, stack: Stack) -> None:
    town(stack, 2)
    page = person(browser, stack, "moderator", viewport=DESKTOP, java_script_enabled=False)
    page.emulate_media(media="print")
    for shown in ("#entry-title", "#entry .answers", ".place svg", ".place .scale"):
        expect(page.locator(shown)).to_be_visible()
    for hidden in ("header.bar", ".queue", ".filter-box", ".bar-decide", "#why"):
        expect(page.locator(hidden)).to_be_hidden()
    page.context.close()


def test_letters_do_nothing_outside_the_queue_or_when_switched_off(
    browser: Browser, stack: Stack
) -> None:
    town(stack, 3)
    page = person(browser, stack, "moderator", viewport=DESKTOP)
    page.wait_for_selector("#desk.has-script")
    first = open_entry(page)
    page.get_by_role("link", name="Overview").focus()
    page.keyboard.press("a")
    page.locator("#entry-title").click()
    page.keyboard.press("?")
    with page.expect_navigation():
        page.get_by_role("button", name="Turn off letter keys").click()
    page.wait_for_selector("#desk.has-script")
    page.locator("#entry-title").click()
    page.keyboard.press("a")
    page.keyboard.press("x")
    page.wait_for_timeout(300)
    assert (open_entry(page), town(stack)["moves"]) == (first, {})
    page.get_by_role("button", name="Approve", exact=True).click()
    stack.wait_for(lambda: town(stack)["moves"] == {"submitted → approved": 1})
    page.context.close()


def test_who_was_slower_is_told_and_may_look_again(browser: Browser, stack: Stack) -> None:
    town(stack, 3)
    slow = person(browser, stack, "moderator", viewport=DESKTOP)
    slow.wait_for_selector("#desk.has-script")
    uuid = open_entry(slow)
    quick = person(browser, stack, "moderator", java_script_enabled=False)
    quick.goto(f"/desk/{uuid}/")
    quick.get_by_role("button", name="Approve", exact=True).click()
    slow.keyboard.press("a")
    trouble = slow.get_by_role("alert")
    expect(trouble).to_contain_text("mori decided first")
    trouble.get_by_role("button", name="Review again").click()
    expect(slow.locator("#entry .state").first).to_have_text("Approved")
    assert town(stack)["moves"] == {"submitted → approved": 1}
    slow.context.close()
    quick.context.close()


def test_without_a_connection_nothing_is_lost(browser: Browser, stack: Stack) -> None:
    town(stack, 4)
    page = person(browser, stack, "moderator", viewport=DESKTOP)
    page.wait_for_selector("#desk.has-script")
    page.wait_for_load_state("networkidle")  # the next entries are here
    page.route("**/decide*", lambda route: route.abort())
    press(page, "a")
    trouble = page.get_by_role("alert")
    expect(trouble).to_contain_text("Not sent")
    page.unroute("**/decide*")
    trouble.get_by_role("button", name="Send again").click()
    stack.wait_for(lambda: town(stack)["moves"] == {"submitted → approved": 1})
    page.context.close()


def test_leaving_the_desk_gives_its_entries_back(browser: Browser, stack: Stack) -> None:
    town(stack, 12)
    page = person(browser, stack, "moderator", viewport=DESKTOP)
    page.wait_for_selector("#desk.has-script")
    assert town(stack)["leases"] == 10
    page.locator("#list a[data-panel]").nth(2).click()
    page.reload()
    page.wait_for_selector("#desk.has-script")
    assert town(stack)["leases"] == 10
    page.get_by_role("link", name="Overview").click()
    stack.wait_for(lambda: town(stack)["leases"] == 0)
    page.context.close()


def test_several_are_approved_once_their_photos_were_seen(browser: Browser, stack: Stack) -> None:
    town(stack, 12)
    stack.wait_until_done()
    page = person(browser, stack, "moderator", viewport={"width": 360, "height": 740})
    page.goto("/desk/together/")
    boxes = page.locator("input[name=entry]")
    expect(boxes).to_have_count(8)  # every third is flagged
    expect(boxes.last).to_be_disabled()
    expect(boxes.first).to_be_enabled()
    boxes.last.scroll_into_view_if_needed()
    expect(boxes.last).to_be_enabled()
    boxes.first.check()
    boxes.last.check()
    page.get_by_role("button", name="Approve selected").click()
    expect(page.get_by_text("2 entries approved.")).to_be_visible()
    assert town(stack)["moves"] == {"submitted → approved": 2}
    page.context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_desk_keeps_the_rules_of_accessibility(
    browser: Browser, stack: Stack, width: int
) -> None:
    town(stack, 12)
    stack.wait_until_done()
    axe = (Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js").read_text()
    for locale in LOCALES:
        page = moderator_in(browser, stack, locale, width)
        page.wait_for_selector("#desk.has-script")
        check_page(page, axe)
        uuid = open_entry(page)
        for path in (f"{uuid}/", f"{uuid}/correct", "together/", "mine/", "?leases=all",
                     "?worker=nobody", "?state=approved", "?priority=top"):  # fmt: skip
            page.goto(f"/desk/{path}")
            check_page(page, axe)
        page.goto(f"/desk/{uuid}/")
        page.wait_for_selector("#desk.has-script")
        page.locator("#entry-title").click()
        page.keyboard.press("r")
        check_page(page, axe)
        page.keyboard.press("Escape")
        page.keyboard.press("?")
        check_page(page, axe)
        page.keyboard.press("Escape")
        page.locator("#entry-title").click()
        page.keyboard.press("p")
        expect(page.locator("#zoom img")).to_be_visible()
        check_page(page, axe)
        page.context.close()
