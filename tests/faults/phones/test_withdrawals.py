"""Withdrawing an entry from the phone, against the real site: while it waits, and too late."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.faults.phones.inside import inside
from tests.faults.phones.pocket import Pocket, entry
from tests.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.site]


def sent_row(phone: Pocket, shop: str) -> Locator:
    """An entry that was logged and sent, in the outbox."""
    phone.open()
    phone.send_until_idle()
    phone.finish(entry(shop))
    phone.send_until_idle()
    row = phone.page.locator("[data-list=sent] .entry")
    expect(row).to_have_count(1)
    return row


def test_an_entry_that_waits_for_its_decision_is_withdrawn(
    stack: Stack, shops: list[str], worker: dict[str, Any], phones: Callable[..., Pocket]
) -> None:
    phone = phones()
    phone.has_session(worker["session"])
    row = sent_row(phone, shops[5])
    row.get_by_role("button", name="Withdraw").click()
    phone.page.get_by_role("button", name="Withdraw permanently").click()
    expect(row).to_contain_text("Withdrawn at")
    (stored,) = inside(stack, "stored", worker["name"])
    assert stored["state"] == "withdrawn"
    assert phone.errors == []


def test_an_entry_that_was_decided_is_not_and_says_so(
    stack: Stack, shops: list[str], worker: dict[str, Any], phones: Callable[..., Pocket]
) -> None:
    phone = phones()
    phone.has_session(worker["session"])
    row = sent_row(phone, shops[6])
    inside(stack, "approve", inside(stack, "stored", worker["name"])[0]["uuid"])
    row.get_by_role("button", name="Withdraw").click()
    phone.page.get_by_role("button", name="Withdraw permanently").click()
    expect(phone.page.get_by_role("alert")).to_contain_text("has already been decided (Approved)")
    (stored,) = inside(stack, "stored", worker["name"])
    assert stored["state"] == "approved"
    expect(row).not_to_contain_text("Withdrawn")
