"""The whole way in the real site: signed in, a shop added without signal, sent, read by a desk."""

import pytest
from playwright.sync_api import Browser, expect

from tests.field.screens.conftest import HERE, PHONE
from tests.field.screens.site import Site
from tests.field.screens.walk import App
from tests.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.site]
# The worker has put everything away and answers for this page.
CONTROLLED = """navigator.serviceWorker.ready.then(() => navigator.serviceWorker.controller
  || new Promise(done => navigator.serviceWorker.addEventListener("controllerchange", done)))
  .then(() => true)"""


def test_a_visit_without_signal_reaches_the_desk(browser: Browser, stack: Stack) -> None:
    context = browser.new_context(
        base_url=stack.url,
        locale="en-GB",
        viewport=PHONE,  # type: ignore[arg-type]
        geolocation=HERE,  # type: ignore[arg-type]
        permissions=["geolocation"],
    )
    page = context.new_page()
    page.goto("/accounts/login/?next=/field/app/en/")
    page.locator('button[name="role"][value="fieldworker"]').click()
    app = App(page, "en", Site(shops=[]))
    page.goto(app.path)
    app.ready("welcome")
    page.locator("[data-part=go]").click()
    app.ready("nearby")
    expect(page.locator("[data-part=accuracy]")).to_contain_text("±8 m")
    page.locator("[data-part=load]").click()
    expect(page.locator("[data-part=tabs]")).to_be_visible()
    assert page.evaluate(CONTROLLED)
    context.set_offline(True)
    page.reload()  # out of the cache of the service worker
    app.ready("nearby")
    app.go("#/new", "new")
    page.locator("[data-part=shop-name]").fill("桜化粧品")
    page.locator("label.pick", has_text="Cosmetics").click()
    app.answer_all("yes", "no", "unsure")
    page.locator("[data-part=no-photo]").click()
    page.locator("[data-reason=no_sign]").click()
    app.save()
    expect(page.locator("[data-part=waiting]")).to_have_text("Unsent: 1")
    context.set_offline(False)
    expect(page.locator("[data-part=waiting]")).to_have_text("All sent", timeout=30_000)
    app.go("#/work", "work")
    expect(page.locator("[data-part=figures]")).to_contain_text("1 entry")
    assert app.errors == []
    context.close()
    desk = browser.new_context(base_url=stack.url, locale="en-GB").new_page()
    desk.goto("/accounts/login/")
    with desk.expect_navigation():
        desk.locator('button[name="role"][value="moderator"]').click()
    expect(desk.get_by_role("link", name="桜化粧品")).to_be_visible()
    desk.context.close()
