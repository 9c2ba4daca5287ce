"""What was saved, what came back, and leaving."""

import pytest
from playwright.sync_api import expect

from tests.field.screens.conftest import Opener
from tests.field.screens.site import Site, shop_uuid
from tests.field.screens.walk import App

pytestmark = [pytest.mark.browser, pytest.mark.site]
RETURNED = {
    "uuid": shop_uuid(900),
    "revision": 1,
    "shop": {
        "uuid": shop_uuid(1),
        "name": "菊水堂 本館",
        "floor": "1F",
        "place": "中央区",
        "segment": "drugstore",
    },
    "observed_at": "2026-11-24T04:00:00.000Z",
    "outcome": "answered",
    "answers": {"alipay": "yes", "wechat_pay": "no", "chinese_staff": "not_checked"},
    "routes": ["jpqr"],
    "evidence": "asked",
    "note": "",
    "reasons": ["The photo cannot be read"],
    "reason_note": "ピント",
    "photos": [],
}


def save_visit(app: App, number: int = 1) -> None:
    app.visit(number)
    app.answer_all("yes", "no", "no")
    app.save()


def test_what_waits_is_shown_with_its_answers_and_can_be_edited(app: App, site: Site) -> None:
    site.is_down = True
    save_visit(app)
    expect(app.page.locator("[data-part=waiting]")).to_have_text("Unsent: 1")
    expect(app.page.locator("[data-part=online]")).to_have_text("Offline")
    app.go("#/outbox", "outbox")
    row = app.page.locator("[data-list=waiting] .entry")
    expect(row).to_contain_text("菊水堂 本館")
    expect(row).to_contain_text("Alipay Yes · WeChat Pay No")
    row.get_by_role("button", name="Edit").click()
    app.ready("visit")
    app.answer("alipay", "unsure")
    app.save()
    site.is_down = False
    app.go("#/outbox", "outbox")
    app.page.get_by_role("button", name="Send now").click()
    expect(app.page.locator("[data-list=sent] .entry")).to_have_count(1)
    assert [one["answers"]["alipay"] for one in site.entries] == ["unsure"]


def test_what_the_server_will_not_have_says_why_and_can_be_sent_again(app: App, site: Site) -> None:
    site.refusal = "The floor is too long."
    save_visit(app)
    expect(app.page.locator("[data-part=waiting]")).to_have_text("Needs attention: 1")
    app.go("#/outbox", "outbox")
    row = app.page.locator("[data-list=needs_you] .entry")
    expect(row.locator(".error")).to_have_text("The floor is too long.")
    site.refusal = ""
    row.get_by_role("button", name="Try again").click()
    app.sent()
    expect(app.page.locator("[data-list=sent] .entry")).to_have_count(1)


def test_the_queue_is_exported_sealed(app: App, site: Site) -> None:
    site.is_down = True
    save_visit(app)
    app.go("#/outbox", "outbox")
    app.page.evaluate("Navigator.prototype.canShare = undefined")
    with app.page.expect_download() as waiting:
        app.page.get_by_role("button", name="Export to a file").click()
    text = waiting.value.path().read_text()
    assert '"sealed"' in text
    assert "菊水堂" not in text


def test_an_entry_that_came_back_is_mended_in_its_own_answers(opened: Opener, site: Site) -> None:
    site.returned = [RETURNED]
    app = opened()
    app.go("#/work", "work")
    card = app.page.locator("[data-part=returned]")
    expect(card).to_contain_text("The photo cannot be read")
    card.get_by_role("button", name="Edit entry").click()
    app.ready("visit")
    assert app.chosen() == {"alipay": "yes", "wechat_pay": "no"}
    assert app.seen() == ["jpqr"]
    app.answer("chinese_staff", "no")
    app.see("jpqr")  # whoever mends an entry of before it was asked cannot say it any more
    app.save()
    app.sent()
    entry = site.entries[0]
    assert entry["routes"] == []
    assert (entry["uuid"], entry["revision"]) == (RETURNED["uuid"], 2)
    assert (entry["device_time"], entry["offset_ms"]) == (RETURNED["observed_at"], 0)


def test_a_visit_begun_before_is_not_written_over_by_mending(opened: Opener, site: Site) -> None:
    site.returned = [RETURNED]
    app = opened()
    app.visit(1)
    app.answer("alipay", "no")
    app.draft_saved()
    app.go("#/work", "work")
    app.page.get_by_role("button", name="Edit entry").click()
    app.ready("visit")
    assert app.chosen() == {"alipay": "no"}


def test_own_figures_come_with_their_n(app: App) -> None:
    app.go("#/work", "work")
    figures = app.page.locator("[data-part=figures]")
    expect(figures).to_contain_text("199 of 212: 94 %, between 90 and 97 %")
    expect(figures).to_contain_text("not enough data")
    expect(app.page.locator("[data-part=days-body] tr")).to_have_count(7)


def test_without_signal_own_work_says_so(app: App, site: Site) -> None:
    site.is_down = True
    app.go("#/work", "work")
    expect(app.page.locator("[data-part=state]")).to_contain_text("This page needs signal.")


def test_signing_out_with_something_unsent_is_a_choice(app: App, site: Site) -> None:
    site.is_down = True
    save_visit(app)
    app.go("#/settings", "settings")
    app.page.get_by_role("button", name="Sign out…").click()
    sheet = app.page.get_by_role("dialog")
    expect(sheet).to_contain_text("Unsent on this phone: 1.")
    expect(sheet.get_by_role("button")).to_have_count(3)
    sheet.get_by_role("button", name="Send now, then sign out").click()
    expect(sheet.get_by_role("alert")).to_contain_text("Not everything could be sent.")
    sheet.get_by_role("button", name="Keep on this phone").click()
    app.ready("welcome")
    stored = app.page.evaluate(
        "new Promise(done => { indexedDB.open('noren-field').onsuccess = ({target}) => {"
        "const tx = target.result.transaction(['entries', 'vault']);"
        "const [entries, keys] = ['entries', 'vault'].map(name => tx.objectStore(name).count());"
        "tx.oncomplete = () => done([entries.result, keys.result]) } })"
    )
    assert stored == [1, 0]  # the sealed entry stays, the key is gone


def test_the_look_is_light_until_its_owner_chooses(opened: Opener) -> None:
    app = opened(color_scheme="dark")
    theme = "document.documentElement.dataset.theme"
    assert app.page.evaluate(theme) == "light"
    app.go("#/settings", "settings")
    app.page.locator("label.pick", has_text="Sun").click()
    assert app.page.evaluate(theme) == "sun"
    app.page.reload()
    app.ready("settings")
    assert app.page.evaluate(theme) == "sun"
    assert app.page.evaluate("JSON.stringify(localStorage)") == '{"theme":"sun"}'


def test_the_language_is_another_shell(app: App) -> None:
    app.go("#/settings", "settings")
    app.page.get_by_role("link", name="日本語").click()
    app.page.wait_for_url("**/field/app/ja/")
    assert app.page.evaluate("document.documentElement.lang") == "ja"
    expect(app.page.locator("[data-shop]").first).to_contain_text("要調査")
