"""One visit: six taps, nothing of last time before the answers are given, nothing lost."""

import pytest
from playwright.sync_api import Browser, expect

from tests.field.screens.conftest import HERE, Opener
from tests.field.screens.site import GINZA, Site, shop, shop_uuid
from tests.field.screens.walk import TRAITS, App
from tests.fieldwork.pictures.test_photos import picture

pytestmark = [pytest.mark.browser, pytest.mark.site]
COUNT_TAPS = """
window.taps = 0;
addEventListener("pointerdown", (event) => { if (event.isTrusted) window.taps += 1; }, true);
"""


def test_a_repeat_visit_is_six_taps(app: App) -> None:
    app.page.evaluate(COUNT_TAPS)
    app.visit(1)
    app.answer_all("yes", "no", "no")
    app.save()
    assert app.page.evaluate("window.taps") == 6
    app.sent()
    entry = app.site.entries[0]
    assert entry["shop"] == shop_uuid(1)
    assert entry["answers"] == {"alipay": "yes", "wechat_pay": "no", "chinese_staff": "no"}
    assert entry["routes"] == ["terminal"]
    assert (entry["outcome"], entry["notice"], entry["revision"]) == ("answered", "", 1)
    assert entry["open_fix"] == {"lat_e7": GINZA[0], "lon_e7": GINZA[1], "accuracy_m": 8}
    assert entry["fix"] == entry["open_fix"]
    assert entry["filled_ms"] > 0
    assert app.errors == []


def test_nothing_closed_today_is_four_taps(app: App) -> None:
    app.page.evaluate(COUNT_TAPS)
    app.visit(1)
    app.page.locator("[data-part=more]").click()
    app.page.locator("[data-outcome=closed_today]").click()
    app.save()
    assert app.page.evaluate("window.taps") == 4
    app.sent()
    assert app.site.entries[0]["outcome"] == "closed_today"
    assert set(app.site.entries[0]["answers"].values()) == {"not_checked"}


def page_before_the_third_answer(opened: Opener, site: Site) -> str:
    """The whole document, and what is in it after two answers."""
    app = opened()
    app.visit(1)
    before = app.page.content()
    app.answer("alipay", "yes")
    app.answer("wechat_pay", "yes")
    app.draft_saved()
    app.page.wait_for_timeout(300)
    return before + app.page.content()


def test_before_the_third_answer_the_page_is_the_same_whatever_was_answered_last_time(
    opened: Opener, site: Site
) -> None:
    one = page_before_the_third_answer(opened, site)
    site.shops[0]["earlier"] = {"alipay": "no", "wechat_pay": "yes", "chinese_staff": "yes"}
    other = page_before_the_third_answer(opened, site)
    assert one == other


def test_after_the_third_answer_a_difference_is_told_without_a_tap(app: App) -> None:
    app.visit(1)
    app.answer("chinese_staff", "unsure")
    app.answer("wechat_pay", "yes")
    notice = app.page.locator("[data-part=differs]")
    expect(notice).to_be_hidden()
    app.answer("alipay", "yes")
    expect(notice).to_have_text(
        "Last time (Mar 2): WeChat Pay No. Check again, or keep your answer."
    )
    expect(notice).to_have_attribute("role", "status")


@pytest.mark.parametrize(("last", "notice"), [("yes", "kept"), ("no", "changed")])
def test_what_was_done_after_the_notice_is_stored(app: App, last: str, notice: str) -> None:
    app.visit(1)
    app.answer_all("yes", "yes", "no")
    expect(app.page.locator("[data-part=differs]")).to_be_visible()
    if last != "yes":
        app.answer("wechat_pay", last)
        expect(app.page.locator("[data-part=differs]")).to_be_hidden()
    app.save()
    app.sent()
    assert app.site.entries[0]["notice"] == notice
    assert app.site.entries[0]["answers"]["wechat_pay"] == last


def test_answers_as_last_time_are_not_remarked_upon(app: App) -> None:
    app.visit(1)
    app.answer_all("yes", "no", "no")
    app.draft_saved()
    app.page.wait_for_timeout(300)
    expect(app.page.locator("[data-part=differs]")).to_be_hidden()


def test_save_says_what_is_missing_and_goes_there(app: App) -> None:
    app.visit(1)
    app.answer("alipay", "yes")
    save = app.page.locator("[data-part=save]")
    expect(save).to_be_enabled()
    save.click()
    expect(app.page.get_by_role("alert")).to_have_text("Please answer: WeChat Pay.")
    assert app.page.evaluate("document.activeElement.name") == "wechat_pay"
    assert app.site.entries == []


def test_a_second_tap_clears_an_answer_but_a_bounce_does_not(app: App) -> None:
    app.visit(1)
    app.page.locator('fieldset[data-trait="alipay"] label.yes').dblclick()
    assert app.chosen() == {"alipay": "yes"}
    app.page.wait_for_timeout(600)
    app.answer("alipay", "yes")
    assert app.chosen() == {}


def test_a_photo_that_is_asked_for_is_taken_or_accounted_for(app: App) -> None:
    app.visit(2)
    app.answer_all("yes", "no", "no")
    app.page.locator("[data-part=save]").click()
    expect(app.page.get_by_role("alert")).to_have_text("Take a photo, or say why there is none.")
    app.page.locator("[data-part=no-photo]").click()
    app.page.locator("[data-reason=not_allowed]").click()
    app.save()
    app.sent()
    assert app.site.entries[0]["no_photo"] == "not_allowed"


def test_another_reason_is_said_in_the_note(app: App) -> None:
    app.visit(2)
    app.answer_all("yes", "no", "no")
    app.page.locator("[data-part=no-photo]").click()
    app.page.locator("[data-reason=other]").click()
    app.page.locator("[data-part=save]").click()
    expect(app.page.get_by_role("alert")).to_have_text("Say in the note why there is no photo.")


def test_a_photo_goes_with_its_entry(app: App) -> None:
    app.visit(2)
    app.answer_all("yes", "no", "no")
    photo = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": picture((2400, 1800))}
    app.page.locator("[data-part=camera]").set_input_files(photo)  # type: ignore[arg-type]
    expect(app.page.locator("[data-part=photos] img")).to_have_count(1)
    app.save()
    app.sent()
    [sha256] = app.site.entries[0]["photos"]
    expect(app.page.locator("[data-part=waiting]")).to_have_text("All sent")
    assert list(app.site.photos) == [sha256]


def test_far_from_the_shop_is_asked_and_does_not_block(app: App) -> None:
    app.visit(6)
    question = app.page.locator("[data-part=far]")
    expect(question).to_contain_text("Are you at the shop? It is about 140 m away.")
    app.answer_all("yes", "no", "no")
    app.save()
    app.sent()
    assert app.site.entries[0]["shop"] == shop_uuid(6)


def test_the_nearer_of_two_fixes_counts(app: App) -> None:
    app.visit(6)
    expect(app.page.locator("[data-part=far]")).to_be_visible()
    there = HERE | {"latitude": 35.6717 + 0.00126}
    app.page.context.set_geolocation(there)  # type: ignore[arg-type]
    expect(app.page.locator("[data-part=far]")).to_be_hidden()


def test_evidence_is_remembered_and_answers_are_not(app: App) -> None:
    app.visit(1)
    app.page.locator("label.pick", has_text="Till").click()
    app.answer_all("yes", "no", "no")
    app.save()
    app.visit(4)
    assert app.page.locator("[name=evidence]:checked").get_attribute("value") == "till_sign"
    assert app.chosen() == {}


def test_a_visit_of_today_by_somebody_else_is_said(opened: Opener, site: Site) -> None:
    from django.utils import timezone

    today = timezone.localdate().isoformat()
    site.shops[0] = shop(1, "菊水堂", north=8, last_on=today, due="not_due")
    app = opened()
    app.page.locator("[data-tab=all]").click()
    app.visit(1)
    expect(app.page.locator("[data-part=facts]")).to_contain_text("Visited today by another person")


@pytest.mark.parametrize("language", ["ja", "zh-hans", "en"])
def test_a_visit_fits_a_small_screen(opened: Opener, language: str) -> None:
    app = opened(language, size={"width": 320, "height": 568})
    for number in (1, 2):  # without and with a photo asked for
        app.go(f"#/visit/{shop_uuid(number)}", "visit")
        tall = app.page.evaluate("document.documentElement.scrollHeight")
        assert tall <= 568, f"shop {number}: {tall} px"
        for part in ("more", "camera", "save"):
            box = app.page.locator(f"[data-part={part}]").bounding_box()
            assert box is not None
            assert box["y"] + box["height"] <= 568
        clipped = app.page.evaluate(
            "[...document.querySelectorAll('main button, main label span')]"
            ".filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.textContent)"
        )
        assert clipped == []


def test_no_name_of_a_shop_is_in_a_title_or_an_address(app: App) -> None:
    seen = []
    for hash_, screen in ((f"#/visit/{shop_uuid(1)}", "visit"), ("#/new", "new"), ("#/", "nearby")):
        app.go(hash_, screen)
        seen.append((app.page.title(), app.page.url.partition("#")[2]))
    assert seen == [
        ("Visit · Noren", f"/visit/{shop_uuid(1)}"),
        ("New shop · Noren", "/new"),
        ("Nearby shops · Noren", "/"),
    ]
    assert app.page.evaluate("Object.keys(localStorage)") == []


def test_two_windows_do_not_write_one_form(app: App) -> None:
    app.visit(1)
    other = app.page.context.new_page()
    other.goto(f"{app.path}#/visit/{shop_uuid(1)}")
    expect(other.get_by_text("This form is open in another window")).to_be_visible()


def test_the_practice_visit_is_not_sent(app: App) -> None:
    app.go("#/practice", "practice")
    app.answer_all("yes", "no", "unsure")
    app.page.locator("[data-part=save]").click()
    app.ready("welcome")
    app.page.wait_for_timeout(300)
    assert app.site.entries == []


def test_every_trait_of_the_survey_is_asked(app: App, browser: Browser) -> None:
    app.visit(1)
    asked = app.page.locator("fieldset[data-trait]").evaluate_all(
        "all => all.map(one => one.dataset.trait)"
    )
    assert asked == list(TRAITS)
