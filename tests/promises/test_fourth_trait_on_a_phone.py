"""The field app of a copy with a fourth trait: it asks, compares with last time, and sends."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser import chromium
from tests.installed import site_once
from tests.promises.new_traits import UNIONPAY, add_to_survey
from tests.promises.scratch import Scratch, new_scratch

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.slow(25)]
PROGRAM = ("-m", "tests.promises.more_traits")
OPTIONS: dict[str, Any] = {
    "locale": "en-GB",
    "viewport": {"width": 360, "height": 740},
    "geolocation": {"latitude": 35.6717, "longitude": 139.765, "accuracy": 8},
    "permissions": ["geolocation"],
}
ANSWERS = {"alipay": "yes", "wechat_pay": "no", "chinese_staff": "unsure", "unionpay": "no"}


@pytest.fixture
def scratch(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scratch]:
    with new_scratch(tmp_path, like=site_once(tmp_path_factory)) as copy:
        add_to_survey(copy.folder, traits=UNIONPAY)
        copy.manage("makemigrations", "tracker", "--no-input")
        yield copy


@pytest.fixture
def page(scratch: Scratch) -> Iterator[Page]:
    with scratch.served() as address, chromium() as browser:
        page = browser.new_context(base_url=address, **OPTIONS).new_page()
        page.set_default_timeout(60_000)
        yield page


def ready(page: Page, screen: str) -> None:
    page.wait_for_selector(f'main[data-screen="{screen}"][data-ready="{screen}"]')


def test_a_visit_with_the_fourth_answer_is_sent(scratch: Scratch, page: Page) -> None:
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto("/accounts/login/")
    page.locator('button[name="role"][value="fieldworker"]').click()
    shop = scratch.python(*PROGRAM, "door").split()[-1]
    page.goto("/field/app/en/")
    ready(page, "welcome")
    page.locator("[data-part=go]").click()
    ready(page, "nearby")
    expect(page.locator("[data-part=accuracy]")).not_to_have_attribute("data-state", "waiting")
    page.locator("[data-part=load]").click()
    page.locator(f'[data-shop="{shop}"]').click()
    ready(page, "visit")
    expect(page.locator("fieldset[data-trait] legend").last).to_have_text("UnionPay (银联)")
    for trait, answer in ANSWERS.items():
        expect(page.locator("[data-part=differs]")).to_be_hidden()
        page.locator(f'fieldset[data-trait="{trait}"] label.{answer}').click()
    # Yes a hundred days ago, no now: of the new trait the phone knows it too.
    expect(page.locator("[data-part=differs]")).to_contain_text("UnionPay Yes")
    page.locator("[data-part=till] label", has_text="Terminal").click()
    no_photo = page.locator("[data-part=no-photo]")
    if no_photo.is_visible():
        no_photo.click()
        page.locator("[data-reason=no_sign]").click()
    page.locator("[data-part=save]").click()
    ready(page, "nearby")
    expect(page.locator("[data-part=waiting]")).to_have_text("All sent")
    stored = json.loads(scratch.python(*PROGRAM, "sent", shop).splitlines()[-1])
    assert stored == [ANSWERS, "no", "kept"]
    assert errors == []
