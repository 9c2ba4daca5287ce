"""An entry that the server has is taken back for good: asked about first, and only with signal."""

import pytest
from playwright.sync_api import Locator, expect

from tests.field.screens.conftest import Opener
from tests.field.screens.site import Site, shop_uuid
from tests.field.screens.test_own_pages import RETURNED, save_visit
from tests.field.screens.walk import App

pytestmark = [pytest.mark.browser, pytest.mark.site]


def sent_row(app: App) -> Locator:
    """The row of a visit that was sent, in the outbox."""
    save_visit(app)
    app.sent()
    app.go("#/outbox", "outbox")
    return app.page.locator("[data-list=sent] .entry")


def test_a_sent_entry_is_withdrawn_after_a_question(app: App, site: Site) -> None:
    row = sent_row(app)
    row.get_by_role("button", name="Withdraw").click()
    sheet = app.page.get_by_role("dialog")
    expect(sheet).to_contain_text("菊水堂 本館")
    expect(sheet).to_contain_text("this cannot be undone")
    assert site.withdrawn == []
    sheet.get_by_role("button", name="Withdraw permanently").click()
    expect(row).to_contain_text("Withdrawn at")
    expect(row.get_by_role("button")).to_have_count(0)
    assert site.withdrawn == [site.entries[0]["uuid"]]
    app.page.reload()
    app.ready("outbox")
    expect(row).to_contain_text("Withdrawn at")


def test_its_shop_is_due_again_and_nothing_is_left_to_undo(app: App) -> None:
    row = sent_row(app)
    app.go("#/", "nearby")
    due = app.page.locator(f'[data-shop="{shop_uuid(1)}"]')
    expect(due).to_have_count(0)
    app.go("#/outbox", "outbox")
    row.get_by_role("button", name="Withdraw").click()
    app.page.get_by_role("button", name="Withdraw permanently").click()
    expect(row).to_contain_text("Withdrawn at")
    app.go("#/", "nearby")
    expect(due).to_have_count(1)
    expect(app.page.locator("[data-part=saved]")).to_contain_text("Entry withdrawn.")
    expect(app.page.locator("[data-part=undo]")).to_be_hidden()


def test_whoever_keeps_it_has_changed_nothing(app: App, site: Site) -> None:
    row = sent_row(app)
    row.get_by_role("button", name="Withdraw").click()
    app.page.get_by_role("button", name="Keep the entry").click()
    expect(app.page.get_by_role("dialog")).to_have_count(0)
    expect(row.get_by_role("button", name="Withdraw")).to_be_visible()
    assert site.withdrawn == []


def test_what_was_decided_stays_and_says_so(app: App, site: Site) -> None:
    site.verdict = "This entry was decided already."
    row = sent_row(app)
    row.get_by_role("button", name="Withdraw").click()
    app.page.get_by_role("button", name="Withdraw permanently").click()
    sheet = app.page.get_by_role("dialog")
    expect(sheet.get_by_role("alert")).to_have_text("This entry was decided already.")
    sheet.get_by_role("button", name="Keep the entry").click()
    expect(row).not_to_contain_text("Withdrawn")
    expect(row.get_by_role("button", name="Edit")).to_be_visible()


def test_without_signal_it_says_what_is_not_known(app: App, site: Site) -> None:
    row = sent_row(app)
    site.is_down = True
    row.get_by_role("button", name="Withdraw").click()
    sheet = app.page.get_by_role("dialog")
    sheet.get_by_role("button", name="Withdraw permanently").click()
    expect(sheet.get_by_role("alert")).to_contain_text("Withdrawing needs signal.")
    site.is_down = False
    sheet.get_by_role("button", name="Withdraw permanently").click()
    expect(row).to_contain_text("Withdrawn at")


def test_what_waits_is_undone_not_withdrawn(app: App, site: Site) -> None:
    site.is_down = True
    save_visit(app)
    app.go("#/outbox", "outbox")
    row = app.page.locator("[data-list=waiting] .entry")
    expect(row.get_by_role("button")).to_have_text(["Edit", "Undo"])


def test_an_older_revision_cannot_be_withdrawn(app: App, site: Site) -> None:
    row = sent_row(app)
    site.is_down = True
    row.get_by_role("button", name="Edit").click()
    app.ready("visit")
    app.answer("alipay", "no")
    app.save()
    app.go("#/outbox", "outbox")
    expect(app.page.locator("[data-list=waiting] .entry")).to_have_count(1)
    expect(row.get_by_role("button")).to_have_count(0)


def test_what_was_sent_back_can_be_withdrawn_too(opened: Opener, site: Site) -> None:
    site.returned = [RETURNED]
    app = opened()
    app.go("#/work", "work")
    app.page.locator("[data-part=returned]").get_by_role("button", name="Withdraw").click()
    app.page.get_by_role("button", name="Withdraw permanently").click()
    expect(app.page.locator("[data-part=state]")).to_have_text("Nothing has been sent back.")
    assert site.withdrawn == [RETURNED["uuid"]]
