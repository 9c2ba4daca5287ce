"""The session ends, the token is another, the role changes: what waits is held for its owner."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Response, Route

from tests.faults.phones.inside import PASSWORD, inside
from tests.faults.phones.pocket import Pocket, entry
from tests.fieldwork.pictures.made import saved, scene
from tests.stack import Stack
from tracker.accounts.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.site]
PHOTO = saved(scene(3), quality=60)


@pytest.fixture
def phone(phones: Callable[..., Pocket], worker: dict[str, Any]) -> Pocket:
    """Signed in, open, and quiet."""
    made = phones()
    made.has_session(worker["session"])
    made.open()
    assert made.send() == "idle"
    return made


def logged(phone: Pocket, shops: list[str], count: int, *photos: bytes) -> set[str]:
    """So many entries logged, the first with the photos; from here on there is no signal."""
    phone.context.set_offline(True)
    return {
        phone.finish(entry(shop), *([] if at else photos))["uuid"]
        for at, shop in enumerate(shops[:count])
    }


def sent_again(phone: Pocket) -> str:
    """There is signal: the phase it ends in."""
    phone.context.set_offline(False)
    return phone.send()


def sign_in(phone: Pocket, name: str) -> int:
    """As in another tab of the same browser; the status of the answer."""
    client, page = phone.context.request, f"{phone.url}/accounts/login/"
    phone.context.clear_cookies()
    client.get(page)
    token = str(next(one["value"] for one in phone.context.cookies() if one["name"] == "csrftoken"))
    form: dict[str, str | float | bool] = {
        "login": name,
        "password": PASSWORD,
        "csrfmiddlewaretoken": token,
    }
    return client.post(page, form=form, headers={"Referer": page}, max_redirects=0).status


def arrived(stack: Stack, worker: dict[str, Any]) -> dict[str, int]:
    """UUID → photos, of one person; a visit that came twice would stand out."""
    stored = inside(stack, "stored", worker["name"])
    assert len({one["uuid"] for one in stored}) == len(stored)
    return {one["uuid"]: len(one["photos"]) for one in stored}


def test_a_session_that_ends_between_entry_and_photo_holds_the_photo_for_its_owner(
    stack: Stack, shops: list[str], worker: dict[str, Any], phone: Pocket
) -> None:
    def ends_first(route: Route) -> None:
        inside(stack, "end_session", worker["session"])
        route.continue_()

    phone.context.route("**/photos/**", ends_first)
    (uuid,) = logged(phone, shops, 1, PHOTO)
    assert sent_again(phone) == "signed_out"
    phone.context.unroute("**/photos/**")
    assert arrived(stack, worker) == {uuid: 0}
    assert phone.counts() == {"waiting": 1}
    second = phone.finish(entry(shops[1]))["uuid"]  # logging goes on
    assert phone.send() == "signed_out"
    assert phone.counts() == {"waiting": 2}
    phone.has_session(inside(stack, "session", worker["name"]))
    phone.send_until_idle()
    assert arrived(stack, worker) == {uuid: 1, second: 0}
    assert phone.counts() == {"sent": 2}


def test_another_person_on_the_phone_neither_sees_nor_sends_what_waits(
    stack: Stack, shops: list[str], worker: dict[str, Any], phone: Pocket
) -> None:
    other = inside(stack, "person", f"ben-{uuid4().hex[:8]}")
    uuids = logged(phone, shops, 3, PHOTO)
    inside(stack, "end_session", worker["session"])
    assert sent_again(phone) == "signed_out"
    phone.has_session(other["session"])
    phone.open()
    phone.send_until_idle()
    assert phone.counts() == {"others": 3}
    assert phone.call("outbox", "rows") == []
    own = phone.finish(entry(shops[5]))["uuid"]
    phone.send_until_idle()
    assert arrived(stack, other) == {own: 0}
    assert arrived(stack, worker) == {}
    phone.has_session(inside(stack, "session", worker["name"]))
    phone.open()
    phone.send_until_idle()
    assert set(arrived(stack, worker)) == uuids
    assert sum(arrived(stack, worker).values()) == 1
    assert phone.counts() == {"sent": 3}


def test_a_token_that_was_rotated_is_learnt_again(
    stack: Stack, shops: list[str], worker: dict[str, Any], phone: Pocket
) -> None:
    uuids = logged(phone, shops, 2, PHOTO)
    statuses: list[int] = []

    def signs_in_again(route: Route) -> None:
        if not statuses:
            statuses.append(sign_in(phone, worker["name"]))
        route.continue_()

    def heard(answer: Response) -> None:
        if statuses:
            statuses.append(answer.status)

    phone.context.route("**/batch", signs_in_again)
    phone.page.on("response", heard)
    assert sent_again(phone) == "idle"
    assert set(arrived(stack, worker)) == uuids
    assert statuses[0] == 302
    assert 403 in statuses, "the token was good: nothing was tried"
    assert phone.counts() == {"sent": 2}


@pytest.mark.parametrize(
    "change",
    [(Role.ANALYST, "active", "forbidden"), (Role.FIELDWORKER, "closed", "signed_out")],
    ids=["another role", "a closed account"],
)
def test_who_may_no_longer_log_keeps_what_waits_until_they_may_again(
    stack: Stack,
    shops: list[str],
    worker: dict[str, Any],
    phone: Pocket,
    change: tuple[Role, str, str],
) -> None:
    to, active, phase = change
    uuids = logged(phone, shops, 3, PHOTO)
    inside(stack, "role", worker["name"], to, active)
    assert sent_again(phone) == phase
    assert phone.counts() == {"waiting": 3}
    assert arrived(stack, worker) == {}
    inside(stack, "role", worker["name"], Role.FIELDWORKER)
    phone.has_session(inside(stack, "session", worker["name"]))
    phone.send_until_idle()
    assert set(arrived(stack, worker)) == uuids
    assert phone.counts() == {"sent": 3}
    assert phone.errors == []
