"""The browser dies in the middle of logging and sending: nothing is lost, nothing comes twice."""

import random
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Playwright

from tests.faults.phones.inside import inside
from tests.faults.phones.pocket import OPTIONS, Pocket
from tests.field.phone import as_bytes
from tests.field.test_kills import kill, started
from tests.fieldwork.pictures.made import saved, scene
from tests.stack import Stack
from tests.tiers import tries

pytestmark = [pytest.mark.browser, pytest.mark.site]
RUNS, EACH = tries(quick=0, test=5, whole=20), 6

# Logs entry after entry, the first with a photo, and tells what was saved; sending goes on.
LOG = """([app, shops, uuids, photo]) => { (async () => {
  const { use } = await import(app);
  const { finish } = use("field/outbox.js");
  const { sendNow } = use("field/sender.js");
  const bytes = Uint8Array.from(atob(photo.$bytes), (c) => c.charCodeAt(0)).buffer;
  for (const [at, uuid] of uuids.entries()) {
    const answers = { alipay: "yes", wechat_pay: "no", chinese_staff: "unsure" };
    const shop = shops[at % shops.length];
    const entry = { uuid, shop, outcome: "answered", answers, note: `${at}階` };
    const { sha256 } = await finish(entry, at ? [] : [{ bytes }], { name: "若葉薬局" });
    saved(uuid, sha256);
    sendNow();
  }
})(); }"""


class Runs:
    """`begun` is every entry that was to be logged; `saved` those the phone said it had saved."""

    def __init__(self, stack: Stack, shops: list[str], worker: dict[str, Any]) -> None:
        self.stack, self.shops, self.worker = stack, shops, worker
        self.begun: set[str] = set()
        self.saved: dict[str, str] = {}

    def log(self, phone: Pocket, number: int) -> None:
        uuids = [str(uuid4()) for _ in range(EACH)]
        self.begun |= set(uuids)
        phone.page.expose_function("saved", lambda *row: self.saved.update([row]))
        photo = as_bytes(saved(scene(number), quality=60))
        words = [phone.app, self.shops, uuids, photo]
        phone.page.evaluate(LOG, words)


def opened(phone: Pocket, worker: dict[str, Any]) -> Pocket:
    phone.has_session(worker["session"])  # Chromium writes cookies late; people stay signed in
    phone.open()
    return phone


def test_killed_browsers_lose_nothing(
    playwright: Playwright, stack: Stack, shops: list[str], worker: dict[str, Any], tmp_path: Path
) -> None:
    chance, profile = random.Random(20), tmp_path / "profile"
    runs = Runs(stack, shops, worker)
    for number in range(RUNS):
        with started(playwright, profile, **OPTIONS) as context:
            phone = opened(Pocket(context, stack), worker)
            runs.log(phone, number)
            phone.page.wait_for_timeout(chance.uniform(0, 1500))
            kill(profile)
    with started(playwright, profile, **OPTIONS) as context:
        phone = opened(Pocket(context, stack), worker)
        phone.send_until_idle()
        counts = phone.counts()
    stored = {one["uuid"]: one for one in inside(stack, "stored", worker["name"])}
    assert len(runs.saved) >= RUNS, "killed so early that nothing was tried"
    assert set(runs.saved) <= set(stored) <= runs.begun, counts
    assert {uuid: stored[uuid]["sent"] for uuid in runs.saved} == {
        uuid: [sha256] for uuid, sha256 in runs.saved.items()
    }
    assert counts == {"sent": len(stored)}  # every stub is still here, and nothing waits
    with_photo = [one for one in stored.values() if one["note"] == "0階"]
    assert [len(one["photos"]) for one in with_photo] == [1] * len(with_photo)
    assert inside(stack, "parked") == [0, 0]
    stack.wait_until_done()
    assert stack.verify() == {"differences": [], "waiting": 0, "set_aside": 0, "exit": 0}
