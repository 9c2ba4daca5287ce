"""What is at the till: several chips, or “none of these”; asked for, kept and sent."""

import pytest
from playwright.sync_api import expect

from tests.field.screens.walk import App

pytestmark = [pytest.mark.browser, pytest.mark.site]


def test_nothing_at_the_till_stands_alone_whichever_was_chosen_last(app: App) -> None:
    app.visit(1)
    for seen, kept in (
        (("paypay_code", "terminal"), ["paypay_code", "terminal"]),
        (("nothing_seen",), ["nothing_seen"]),
        (("jpqr",), ["jpqr"]),
        (("jpqr",), []),
    ):
        app.see(*seen)
        assert app.seen() == kept


def test_save_asks_for_the_till_and_keeps_all_that_was_seen(app: App) -> None:
    app.visit(1)
    app.answer_all("no", "no", "no", seen="")
    app.page.locator("[data-part=save]").click()
    expect(app.page.get_by_role("alert")).to_have_text("Please choose what is at the till.")
    app.see("terminal", "paypay_code")
    app.save()
    app.sent()
    assert sorted(app.site.entries[0]["routes"]) == ["paypay_code", "terminal"]


def test_what_is_at_the_till_comes_back_with_the_draft_and_goes_with_its_answers(app: App) -> None:
    app.visit(1)
    app.see("paypay_code")
    app.draft_saved()
    app.page.reload()
    app.ready("visit")
    assert app.seen() == ["paypay_code"]
    app.page.locator("[data-part=more]").click()
    app.page.locator("[data-part=clear]").click()
    assert app.seen() == []
