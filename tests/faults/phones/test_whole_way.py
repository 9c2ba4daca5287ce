"""A day with the app, through its own screens: what was seen at the door lies in the database."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser import until
from tests.faults.phones.inside import PASSWORD, inside
from tests.faults.phones.pocket import Pocket
from tests.field.screens.site import Site
from tests.field.screens.walk import App
from tests.fieldwork.pictures.made import saved, scene
from tests.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.site]


def signed_in(phone: Pocket, name: str) -> App:
    """Through the page with the password, to the first screen and the list."""
    phone.page.goto(f"{phone.url}/accounts/login/?next=/field/app/en/")
    phone.page.locator("[name=login]").fill(name)
    phone.page.locator("[name=password]").fill(PASSWORD)
    phone.page.locator("main form.narrow button").click()
    app = App(phone.page, "en", Site(shops=[]))
    app.page.set_default_timeout(60_000)
    app.ready("welcome")
    phone.page.locator("[data-part=go]").click()
    app.ready("nearby")
    return app


def all_sent(app: App) -> None:
    expect(app.page.locator("[data-part=waiting]")).to_have_text("All sent", timeout=60_000)


def test_a_day_through_the_screens(
    stack: Stack,
    worker: dict[str, Any],
    phones: Callable[..., Pocket],
    tmp_path: Path,
) -> None:
    # Shops of its own: one that another test has visited is not due, and not in the list.
    shop = inside(stack, "shops", "渚文具", 1)[0]
    phone = phones()
    app = signed_in(phone, worker["name"])
    page = app.page
    # The position is on its way: the first fix decides what is loaded.
    expect(page.locator("[data-part=accuracy]")).not_to_have_attribute("data-state", "waiting")
    page.locator("[data-part=load]").click()
    page.locator(f'[data-shop="{shop}"]').click()
    app.ready("visit")
    photo = tmp_path / "sign.jpg"
    photo.write_bytes(saved(scene(1, (2400, 1800))))
    page.locator("[data-part=camera]").set_input_files(str(photo))
    expect(page.locator("[data-part=photos] img")).to_have_count(1)
    app.answer_all("yes", "no", "unsure")
    app.save()
    all_sent(app)
    first = inside(stack, "stored", worker["name"])[0]
    assert (first["shop"], first["answers"]) == (shop, {"alipay": "yes", "wechat_pay": "no"})
    assert (first["revision"], len(first["photos"])) == (1, 1)

    inside(stack, "send_back", first["uuid"], "三階では？")
    app.go("#/work", "work")
    expect(page.locator("[data-part=returned]")).to_contain_text("三階では？")
    page.locator("[data-part=returned-list]").get_by_role("button", name="Edit entry").click()
    app.ready("visit")
    assert app.chosen() == {"alipay": "yes", "wechat_pay": "no", "chinese_staff": "unsure"}
    app.answer("wechat_pay", "yes")
    app.save()
    all_sent(app)
    app.go("#/new", "new")
    page.locator("[data-part=shop-name]").fill("桜化粧品")
    page.locator("label.pick", has_text="Cosmetics").click()
    app.answer_all("no", "no", "no")
    page.locator("[data-part=no-photo]").click()
    page.locator("[data-reason=no_sign]").click()
    app.save()
    all_sent(app)
    mended, new = inside(stack, "stored", worker["name"])
    assert (mended["uuid"], mended["revision"]) == (first["uuid"], 2)
    assert mended["answers"] == {"alipay": "yes", "wechat_pay": "yes"}
    assert mended["photos"] == first["photos"]
    assert (new["shop_name"], new["answers"]["alipay"]) == ("桜化粧品", "no")

    app.go("#/settings", "settings")
    page.locator("[data-part=sign-out]").click()
    page.locator("dialog [data-part=leave]").click()
    app.ready("welcome")
    until(page, "!document.querySelector('[data-part=sign-in]').hidden")
    assert page.request.get(f"{stack.url}/api/v1/field/session").json()["signed_in"] is False
    assert phone.errors == []
