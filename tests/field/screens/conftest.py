"""The real shell and files; an API that answers what the test wants."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.field.screens.site import Site, shop
from tests.field.screens.walk import App
from tests.stack import Stack

PHONE = {"width": 360, "height": 740}
HERE = {"latitude": 35.6717, "longitude": 139.765, "accuracy": 8}
Opener = Callable[..., App]


def town() -> list[dict[str, Any]]:
    """Three shops of one building, two beside it, one far away."""
    return [
        shop(1, "菊水堂 本館", north=8, floor="1F", building=1,
             earlier={"alipay": "yes", "wechat_pay": "no", "chinese_staff": "no"}),
        shop(2, "珈琲館みなと", north=9, floor="2F", building=1, segment="cafe",
             due="never", last_on="", photo=1),
        shop(3, "ヤマト電機", north=10, floor="B1F", building=1, segment="electronics",
             due="not_due", last_on="2026-10-30"),
        shop(4, "若葉薬局", north=31),
        shop(5, "ファッションストア・サンライズ銀座三丁目中央通り店", north=62, segment="fashion"),
        shop(6, "にし川", north=140, segment="restaurant", due="never", last_on=""),
    ]  # fmt: skip


@pytest.fixture
def site() -> Site:
    return Site(shops=town())


@pytest.fixture
def opened(browser: Browser, stack: Stack, site: Site) -> Iterator[Opener]:
    """Opens the app with the plan of `site` on the phone; `where=None`: the position is denied."""
    contexts: list[BrowserContext] = []

    def opener(
        language: str = "en",
        *,
        where: dict[str, float] | None = HERE,
        size: dict[str, int] | None = None,
        with_plan: bool = True,
        **options: Any,
    ) -> App:
        context = browser.new_context(
            base_url=stack.url,
            viewport=size or PHONE,  # type: ignore[arg-type]  # playwright's own TypedDict
            geolocation=where,  # type: ignore[arg-type]
            permissions=["geolocation"] if where else [],
            service_workers="block",  # or its requests pass by the site
            **options,
        )
        contexts.append(context)
        site.open_to(context)
        app = App(context.new_page(), language, site)
        app.start(with_plan=with_plan)
        return app

    yield opener
    for context in contexts:
        context.close()


@pytest.fixture
def app(opened: Opener) -> App:
    """The app in English, with the shops around on the phone."""
    return opened()


def text_of(page: Page) -> str:
    """Everything a person can read."""
    return page.locator("body").inner_text()
