"""Processes die in the middle of work: nothing is lost or counted twice, and it heals alone."""

import uuid
from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import APIRequestContext, Error, sync_playwright

from tests.stack import Stack
from tracker.accounts.roles import Role

pytestmark = [pytest.mark.browser, pytest.mark.site]


@pytest.fixture(scope="module")
def town(stack: Stack) -> Stack:
    """Sixty invented shops; what their visits left open is done."""
    done = stack.manage("demo", "--shops", "60", "--months", "14", "--seed", "5")
    assert done.returncode == 0, done.stderr
    stack.wait_until_done()
    assert stack.verify()["differences"] == []
    return stack


@pytest.fixture
def calls(town: Stack) -> Iterator[dict[Role, APIRequestContext]]:
    """Signed-in clients by role; plain HTTP, no page."""
    with sync_playwright() as playwright:
        clients = {}
        for role in (Role.FIELDWORKER, Role.MODERATOR):
            client = playwright.request.new_context(
                base_url=town.url, extra_http_headers={"Referer": town.url}
            )
            client.get("/accounts/login/")
            post(client, "/accounts/demo/", role=role.value)
            clients[role] = client
        yield clients
        for client in clients.values():
            client.dispose()


def post(client: APIRequestContext, path: str, **form: str) -> int:
    """Send a form with the token of the client's cookie; the status, redirects not followed."""
    cookies = client.storage_state()["cookies"]
    token = next(cookie["value"] for cookie in cookies if cookie["name"] == "csrftoken")
    answer = client.post(
        path, form={**form, "csrfmiddlewaretoken": token}, max_redirects=0, timeout=5000
    )
    return answer.status


def visit_form(key: str) -> dict[str, str]:
    return {
        "uuid": key,
        "outcome": "answered",
        "alipay": "yes",
        "wechat_pay": "yes",
        "chinese_staff": "no",
        "observed_at": "2026-01-15T12:00",
    }


def log_and_approve(calls: dict[Role, APIRequestContext], shop: int, key: str) -> None:
    """One visit through both hands."""
    assert post(calls[Role.FIELDWORKER], f"/field/shops/{shop}/visit", **visit_form(key)) == 302
    decision = {"revision": "1", "move": "approve"}
    assert post(calls[Role.MODERATOR], f"/desk/{key}/decide", **decision) == 302


def clean(stack: Stack) -> bool:
    return stack.ask("tests.clerk", "waiting") == 0 and stack.verify()["exit"] == 0


@pytest.mark.parametrize("name", ["redis", "worker"])
def test_work_goes_on_while_a_helper_is_dead_and_is_done_after_its_return(
    town: Stack, calls: dict[Role, APIRequestContext], name: str
) -> None:
    keys = [str(uuid.uuid4()) for _ in range(6)]
    for number, key in enumerate(keys):
        if number == 2:
            town.kill(name)
        log_and_approve(calls, shop=number + 1, key=key)
    assert int(str(town.verify()["waiting"])) >= 1
    town.start(name)
    town.wait_for(lambda: clean(town))
    assert [approved(calls, key) for key in keys] == [True] * 6


def test_a_killed_web_server_loses_no_visit_it_has_answered_for(
    town: Stack, calls: dict[Role, APIRequestContext]
) -> None:
    answered: list[str] = []
    sent = [str(uuid.uuid4()) for _ in range(8)]
    for number, key in enumerate(sent):
        if number == 4:
            town.kill("web")
        with suppress(Error):  # the server is dead
            log_and_approve(calls, shop=number + 11, key=key)
            answered.append(key)
    assert answered == sent[:4]
    town.start("web")
    for number, key in enumerate(sent):  # a phone sends everything again
        form = visit_form(key)
        assert post(calls[Role.FIELDWORKER], f"/field/shops/{number + 11}/visit", **form) == 302
    town.wait_for(lambda: clean(town))
    assert [approved(calls, key) for key in sent] == [True] * 4 + [False] * 4


def approved(calls: dict[Role, APIRequestContext], key: str) -> bool:
    """Whether the entry itself, not an earlier one on the same page, is approved."""
    page = calls[Role.MODERATOR].get(f"/desk/{key}/").text()
    own = page.split('id="entry"')[1]
    return own.split('class="state ')[1].startswith("approved")
