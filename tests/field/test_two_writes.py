"""Two writes at once, both cut short, must not cost the whole database.

Chromium rolls unfinished writes back at its next start. Two of them that claim the same database,
whatever their stores, it takes for damage, and drops everything.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.field.phone import Phone
from tests.field.server import PhoneServer
from tests.field.test_kills import kill, started

pytestmark = [pytest.mark.browser, pytest.mark.once]

# Writes that go on and on, so that they are cut whenever the browser dies.
ENDLESS = """async (store) => {
  const { transact } = await import("/static/field/store.js");
  transact([store], "readwrite", async (tx) => {
    for (let at = 0; ; at++) {
      await tx.objectStore(store).put(new Uint8Array(20_000), `endless ${at % 50}`);
      window.written = { ...window.written, [store]: at };
    }
  });
}"""


def test_two_writes_that_are_cut_short_take_nothing_with_them(
    playwright: Playwright, server: PhoneServer, tmp_path: Path
) -> None:
    profile = tmp_path / "profile"
    with started(playwright, profile) as context:
        phone = Phone(context, server)
        saved = {phone.finish(note=str(number)) for number in range(3)}
        for store in ("meta", "plans"):
            phone.page.evaluate(ENDLESS, store)
        phone.page.wait_for_timeout(1_500)
        written = phone.page.evaluate("window.written")
        kill(profile)
    assert list(written) == ["meta"], "the second waits for its turn"
    assert written["meta"] > 100, "too little to reach the disk"
    with started(playwright, profile) as context:
        kept = {one["uuid"] for one in Phone(context, server).rows()}
    assert kept == saved


def test_a_write_does_not_wait_for_ever(
    playwright: Playwright, server: PhoneServer, tmp_path: Path
) -> None:
    """Where another tab was put to sleep with its turn in hand."""
    with started(playwright, tmp_path / "profile") as context:
        phone = Phone(context, server)
        phone.page.evaluate(
            "() => { navigator.locks.request('noren-writes', () => new Promise(() => {})); }"
        )
        uuid = phone.finish()
        assert [one["uuid"] for one in phone.rows()] == [uuid]
