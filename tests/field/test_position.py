"""Where the phone is: good, poor, only an area, not allowed."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.field.phone import Phone
from tests.field.server import PhoneServer

pytestmark = [pytest.mark.browser, pytest.mark.once]
WATCH = """async () => {
  const position = await import("/static/field/position.js");
  globalThis.position = position;
  globalThis.told = [];
  globalThis.stop = position.watch((place) => told.push(place));
}"""


def opened(browser: Browser, server: PhoneServer, **options: Any) -> Phone:
    return Phone(browser.new_context(**options), server)


def at(accuracy: float) -> dict[str, float]:
    return {"latitude": 35.6717, "longitude": 139.765, "accuracy": accuracy}


@pytest.mark.parametrize(
    ("accuracy", "state"), [(8, "good"), (25, "good"), (80, "fair"), (300, "poor"),
                            (2000, "approximate")]
)  # fmt: skip
def test_a_position_has_a_state(
    browser: Browser, server: PhoneServer, accuracy: float, state: str
) -> None:
    phone = opened(browser, server, geolocation=at(accuracy), permissions=["geolocation"])
    phone.page.evaluate(WATCH)
    phone.page.wait_for_function("told.at(-1).state !== 'waiting'")
    place = phone.page.evaluate("position.latest()")
    assert (place["lat_e7"], place["lon_e7"], place["state"]) == (356717000, 1397650000, state)
    fix = {"lat_e7": 356717000, "lon_e7": 1397650000, "accuracy_m": accuracy}
    assert phone.page.evaluate("position.fix()") == fix
    phone.context.close()


def test_a_refusal_is_told_and_stops_nothing(browser: Browser, server: PhoneServer) -> None:
    phone = opened(browser, server)
    phone.page.evaluate(WATCH)
    phone.page.wait_for_function("told.at(-1).state === 'denied'")
    assert phone.page.evaluate("position.fix()") is None
    phone.context.close()


def test_the_last_place_is_known_at_the_next_start(browser: Browser, server: PhoneServer) -> None:
    phone = opened(browser, server, geolocation=at(8), permissions=["geolocation"])
    phone.page.evaluate(WATCH)
    phone.page.wait_for_function("told.at(-1).state === 'good'")
    phone.page.wait_for_timeout(200)
    phone.restart()
    assert phone.call("position", "recallPlace")["lat_e7"] == 356717000
    phone.context.close()


def test_nobody_is_told_after_stopping(browser: Browser, server: PhoneServer) -> None:
    phone = opened(browser, server, geolocation=at(8), permissions=["geolocation"])
    phone.page.evaluate(WATCH)
    phone.page.wait_for_function("told.at(-1).state === 'good'")
    before = phone.page.evaluate("stop(), told.length")
    phone.context.set_geolocation({"latitude": 35.6, "longitude": 139.7, "accuracy": 50})
    phone.page.wait_for_timeout(300)
    assert phone.page.evaluate("told.length") == before
    phone.context.close()
