"""The list: nearest due shop first, never moving under a finger, usable without a position."""

from contextlib import suppress

import pytest
from playwright.sync_api import Error, expect

from tests.field.screens.conftest import HERE, Opener, text_of
from tests.field.screens.site import Site, shop_uuid
from tests.field.screens.walk import App

pytestmark = [pytest.mark.browser, pytest.mark.site]
NORTH = HERE | {"latitude": 35.6717 + 0.0012}  # 133 m further on, at the door of shop 6


def go_to(app: App, where: dict[str, float]) -> None:
    app.page.context.set_geolocation(where)  # type: ignore[arg-type]


def test_due_shops_within_50_m_come_first_and_a_building_stays_together(app: App) -> None:
    app.page.locator("[data-tab=all]").click()
    expect(app.page.locator("[data-shop]")).to_have_count(6)
    # B1F, 1F and 2F of one house, although B1F is not due; then by distance.
    assert app.order() == ["03", "01", "02", "04", "05", "06"]


def test_the_tabs_choose(app: App) -> None:
    assert app.order() == ["01", "02", "04", "05", "06"]
    app.page.locator("[data-tab=new]").click()
    expect(app.page.locator("[data-shop]")).to_have_count(2)
    assert app.order() == ["02", "06"]


def test_a_row_is_tall_and_says_nothing_of_earlier_answers(app: App) -> None:
    row = app.page.locator(f'[data-shop="{shop_uuid(1)}"]')
    box = row.bounding_box()
    assert box is not None
    assert box["height"] >= 64
    assert "Yes" not in text_of(app.page)
    expect(row).to_contain_text("Due · Drugstore")
    expect(row.locator(".name")).to_have_attribute("lang", "ja")


@pytest.mark.parametrize("typed", ["みなと", "ﾐﾅﾄ", "ミナト"])
def test_a_shop_is_found_in_any_width_and_kana(app: App, site: Site, typed: str) -> None:
    app.page.locator("[data-part=text]").fill(typed)
    expect(app.page.locator("[data-shop]")).to_have_count(1)
    assert app.order() == ["02"]


def test_the_list_does_not_move_under_a_finger(app: App) -> None:
    before = app.order()
    row = app.page.locator(f'[data-shop="{shop_uuid(4)}"]')
    expect(row.locator(".away")).to_have_text("31 m")
    app.page.mouse.move(100, 300)
    go_to(app, NORTH)
    for _ in range(20):  # four seconds with a finger on the glass
        app.page.mouse.wheel(0, 1)
        app.page.wait_for_timeout(200)
        assert app.order() == before
    expect(row.locator(".away")).to_have_text("100 m")  # what it says is true all the same
    expect(app.page.locator("[data-shop]").first).to_have_attribute(
        "data-shop", shop_uuid(6), timeout=9000
    )


def test_a_walk_of_less_than_20_m_changes_nothing(app: App) -> None:
    before = app.order()
    go_to(app, HERE | {"latitude": 35.6717 + 0.00015})
    app.page.wait_for_timeout(4500)
    assert app.order() == before


def test_the_button_sorts_at_once(app: App) -> None:
    go_to(app, NORTH)
    expect(app.page.locator(f'[data-shop="{shop_uuid(6)}"] .away')).to_have_text("7 m")
    app.page.locator("[data-part=again]").click()
    expect(app.page.locator("[data-shop]").first).to_have_attribute("data-shop", shop_uuid(6))


def test_after_a_save_the_next_due_shop_has_the_focus(app: App) -> None:
    app.visit(1)
    app.answer_all("yes", "no", "no")
    app.save()
    expect(app.page.get_by_role("status").first).to_contain_text(
        "Saved on this phone · 菊水堂 本館"
    )
    assert app.order()[0] == "02"
    assert app.page.evaluate("document.activeElement.dataset.shop") == shop_uuid(2)
    expect(app.page.locator("[data-part=today]")).to_have_text("Today 1")


def test_undo_takes_an_unsent_entry_back_into_the_form(app: App, site: Site) -> None:
    site.is_down = True
    app.page.context.set_offline(True)
    app.visit(1)
    app.answer_all("yes", "no", "no")
    app.save()
    app.page.locator("[data-part=undo]").click()
    expect(app.page.locator("[data-part=saved]")).to_contain_text("Undone.")
    expect(app.page.locator("[data-part=today]")).to_have_text("Today 0")
    app.page.locator("[data-part=saved-link]").click()
    app.ready("visit")
    assert app.chosen() == {"alipay": "yes", "wechat_pay": "no", "chinese_staff": "no"}


def test_the_undo_bar_stays_until_the_next_save(app: App) -> None:
    app.visit(1)
    app.answer_all("yes", "no", "no")
    app.save()
    app.go("#/work", "work")
    app.go("#/", "nearby")
    expect(app.page.locator("[data-part=saved]")).to_contain_text("菊水堂")
    app.visit(4)
    app.answer_all("no", "no", "no")
    app.save()
    expect(app.page.locator("[data-part=saved]")).to_contain_text("若葉薬局")


def test_without_a_position_a_ward_and_a_name_are_enough(opened: Opener, site: Site) -> None:
    app = opened(where=None)
    expect(app.page.get_by_text("The phone cannot find its position")).to_be_visible()
    expect(app.page.locator("[data-part=accuracy]")).to_contain_text("No position")
    app.page.locator("[data-part=text]").fill("若葉")
    app.visit(4)
    app.answer_all("yes", "no", "no")
    app.save()
    app.sent()
    assert (site.entries[0]["fix"], site.entries[0]["open_fix"]) == (None, None)


def test_a_rough_position_is_shown_in_bands(opened: Opener) -> None:
    app = opened(where=HERE | {"accuracy": 80})
    expect(app.page.locator("[data-part=accuracy]")).to_have_attribute("data-state", "poor")
    expect(app.page.locator("[data-part=notes]")).to_contain_text("within 80 m). Step away")
    distances = app.page.locator("[data-shop] .away").all_inner_texts()
    assert distances == ["< 10 m", "< 10 m", "25–50 m", "50–100 m", "140 m"]


def test_an_approximate_position_is_named(opened: Opener) -> None:
    app = opened(where=HERE | {"accuracy": 2000})
    expect(app.page.locator("[data-part=notes]")).to_contain_text(
        "gives only an approximate position"
    )


def test_a_session_that_ran_out_asks_to_sign_in_and_the_form_still_works(
    app: App, site: Site
) -> None:
    site.signed_in = False
    app.visit(1)
    app.answer_all("yes", "no", "no")
    app.save()
    expect(app.page.locator("[data-part=notes]")).to_contain_text(
        "Unsent entries: 1. Sign in to send them."
    )
    link = app.page.locator("[data-part=notes] a")
    expect(link).to_have_attribute("href", "/accounts/login/?next=/field/app/en/")
    assert site.entries == []


def test_without_a_plan_it_is_offered_with_the_way_around(opened: Opener) -> None:
    app = opened(with_plan=False)
    expect(app.page.get_by_role("button", name="Load today’s shops")).to_be_visible()
    expect(app.page.get_by_role("link", name="First time here?")).to_be_visible()


def test_an_unfinished_visit_is_marked_in_the_list(app: App) -> None:
    app.visit(1)
    app.answer("alipay", "yes")
    app.draft_saved()
    app.page.locator("[data-part=back]").click()
    app.ready("nearby")
    expect(app.page.locator(f'[data-shop="{shop_uuid(1)}"]')).to_contain_text("Not finished")


def test_the_page_killed_after_every_tap_comes_back_filled_in(opened: Opener, site: Site) -> None:
    """A crash of the page, another page of the same phone; the form is as it was."""
    app = opened()
    app.visit(2)
    taps = [
        ('fieldset[data-trait="alipay"] label.yes', {"alipay": "yes"}),
        ('fieldset[data-trait="wechat_pay"] label.no', {"wechat_pay": "no"}),
        ('fieldset[data-trait="chinese_staff"] label.unsure', {"chinese_staff": "unsure"}),
        ("label.pick:has([value=asked])", {}),
    ]
    expected: dict[str, str] = {}
    for tap, answer in taps:
        app.page.locator(tap).click()
        expected |= answer
        app = killed(app, site)
        app.ready("visit")
        assert app.chosen() == expected
    assert app.page.locator("[name=evidence]:checked").get_attribute("value") == "asked"


def killed(app: App, site: Site) -> App:
    """The process of the page is gone at once; a new page opens where it was."""
    app.draft_saved()
    url, context = app.page.url, app.page.context
    with suppress(Error):  # a crashed page cannot say that it has crashed
        app.page.goto("chrome://crash")
    app.page.close()
    again = App(context.new_page(), app.language, site)
    again.page.goto(url)
    return again


def test_what_comes_late_for_a_screen_that_was_left_goes_nowhere(app: App) -> None:
    """The list asks the phone's store; meanwhile its screen is gone, and so are its boxes."""
    for _ in range(3):
        app.page.locator("[data-part=again]").evaluate(
            "button => { button.click(); location.hash = '#/help'; }"
        )
        app.ready("help")
        app.page.wait_for_timeout(200)
        app.go("#/", "nearby")
    assert app.errors == []
