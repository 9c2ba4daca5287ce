"""A shop nobody has listed, and the visit to it, on one page."""

import pytest
from playwright.sync_api import expect

from tests.field.screens.conftest import Opener
from tests.field.screens.site import GINZA, Site
from tests.field.screens.walk import App

pytestmark = [pytest.mark.browser, pytest.mark.site]


def fill(app: App, name: str) -> None:
    app.page.locator("[data-part=shop-name]").fill(name)
    app.page.locator("label.pick", has_text="Cosmetics").click()
    app.page.locator("label.pick:has([name=floor][value='2F'])").click()
    app.answer_all("yes", "no", "unsure")
    app.page.locator("[data-part=no-photo]").click()
    app.page.locator("[data-reason=no_sign]").click()


def test_a_new_shop_and_its_visit_are_one_entry(app: App, site: Site) -> None:
    app.go("#/new", "new")
    fill(app, "桜化粧品")
    app.save()
    expect(app.page.locator("[data-part=saved]")).to_contain_text("桜化粧品")
    app.sent()
    entry = site.entries[0]
    assert entry["new_shop"] == {
        "name": "桜化粧品",
        "segment": "cosmetics",
        "floor": "2F",
        "address": "",
        "lat_e7": GINZA[0],
        "lon_e7": GINZA[1],
    }
    assert entry["shop"] not in {one["uuid"] for one in site.shops}
    assert entry["no_photo"] == "no_sign"


def test_three_shops_around_are_asked_about_first(app: App) -> None:
    app.go("#/new", "new")
    duplicates = app.page.locator("[data-part=duplicates]")
    expect(duplicates).to_contain_text("Is it one of these?")
    expect(duplicates.locator("[data-shop]")).to_have_count(3)
    app.page.locator("[data-part=shop-name]").fill("若葉薬局 本店")
    expect(duplicates.locator("[data-shop]")).to_have_count(1)
    duplicates.locator("[data-shop]").click()
    app.ready("visit")
    expect(app.page.locator("h1")).to_have_text("若葉薬局")


def test_names_of_chains_and_of_the_plan_are_suggested(app: App) -> None:
    app.go("#/new", "new")
    app.page.locator("[data-part=shop-name]").fill("みなと")
    expect(app.page.locator("[data-part=names] option[value='珈琲館みなと']")).to_have_count(1)
    expect(app.page.locator("[data-part=names] option[value='スターバックス']")).to_have_count(1)


def test_a_chain_brings_its_kind(app: App) -> None:
    app.go("#/new", "new")
    app.page.locator("[data-part=shop-name]").fill("スターバックス")
    expect(app.page.locator("[name=segment][value=cafe]")).to_be_checked()


def test_kinds_used_lately_come_first(app: App) -> None:
    app.go("#/new", "new")
    fill(app, "桜化粧品")
    app.save()
    app.go("#/new", "new")
    expect(app.page.locator("[data-part=segment-row] input").first).to_have_value("cosmetics")


@pytest.mark.parametrize(
    ("name", "segment", "message"),
    [
        ("", True, "Enter the name of the shop."),
        ("桜", False, "Choose the kind of shop."),
        ("桜", True, "Please answer: Alipay."),
    ],
)
def test_what_is_missing_is_said(app: App, name: str, segment: bool, message: str) -> None:
    app.go("#/new", "new")
    app.page.locator("[data-part=shop-name]").fill(name)
    if segment:
        app.page.locator("label.pick", has_text="Cosmetics").click()
    app.page.locator("[data-part=save]").click()
    expect(app.page.get_by_role("alert")).to_have_text(message)


def test_without_a_position_the_shop_next_door_lends_its_own(opened: Opener, site: Site) -> None:
    app = opened(where=None)
    app.go("#/new", "new")
    fill(app, "桜化粧品")
    app.page.locator("[data-part=save]").click()
    expect(app.page.get_by_role("alert")).to_have_text("A new shop needs a position.")
    app.page.locator("[data-part=next-door]").fill("若葉")
    app.page.locator("[data-part=next-door-list] button").click()
    expect(app.page.locator("[data-part=place-text]")).to_contain_text("若葉薬局")
    app.save()
    app.sent()
    assert site.entries[0]["new_shop"]["lat_e7"] == site.shops[3]["lat_e7"]


def test_a_new_shop_that_was_begun_is_gone_on_with(app: App) -> None:
    app.go("#/new", "new")
    app.page.locator("[data-part=shop-name]").fill("桜化粧品")
    app.answer("alipay", "yes")
    app.draft_saved()
    app.page.reload()
    app.ready("new")
    expect(app.page.locator("[data-part=shop-name]")).to_have_value("桜化粧品")
    assert app.chosen() == {"alipay": "yes"}
