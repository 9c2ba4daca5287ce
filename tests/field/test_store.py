"""The database: killed, closed, full, blocked or upgraded, it keeps what it said it kept."""

import pytest

from tests.field.phone import SHOP, Phone, as_bytes, entry
from tests.field.server import PhoneServer

pytestmark = [pytest.mark.browser, pytest.mark.once]
FULL = """() => {
  const put = IDBObjectStore.prototype.add;
  IDBObjectStore.prototype.add = function (...args) {
    const request = put.apply(this, args);
    const { transaction } = this;
    Object.defineProperty(transaction, "error",
      {get: () => new DOMException("no room", "QuotaExceededError")});
    transaction.abort();
    return request;
  };
  globalThis.makeRoom = () => { IDBObjectStore.prototype.add = put; };
}"""


def test_a_saved_entry_survives_the_end_of_the_page(phone: Phone) -> None:
    uuid = phone.finish()
    phone.restart()
    assert [row["uuid"] for row in phone.rows()] == [uuid]


def test_a_draft_is_there_after_every_change_and_reload(phone: Phone) -> None:
    draft: dict[str, object] = {"uuid": entry()["uuid"], "answers": {}, "photos": []}
    for step in ({"note": "1"}, {"answers": {"alipay": "yes"}},
                 {"photos": [{"bytes": as_bytes(b"photo")}]}, {"note": "2"}):  # fmt: skip
        draft |= step
        phone.call("drafts", "saveDraft", SHOP, draft)
        phone.restart()
        found = phone.call("drafts", "draftOf", SHOP)
        photos = [{"bytes": one["bytes"]} for one in found.pop("photos")]
        assert found | {"photos": photos} == draft


def test_a_photo_taken_out_of_a_draft_is_gone(phone: Phone) -> None:
    photos = [{"bytes": as_bytes(b"one")}, {"bytes": as_bytes(b"two")}]
    phone.call("drafts", "saveDraft", SHOP, {"photos": photos})
    phone.call("drafts", "saveDraft", SHOP, {"photos": photos[1:]})
    assert len(phone.stored("draft_photos")) == 1
    [kept] = phone.call("drafts", "draftOf", SHOP)["photos"]
    assert kept["bytes"] == as_bytes(b"two")


def test_a_connection_closed_by_the_browser_is_opened_again(phone: Phone) -> None:
    phone.finish()
    phone.page.evaluate(
        """async () => (await (await import("/static/field/store.js")).open()).close()"""
    )
    phone.finish()
    assert phone.counts() == {"waiting": 2}


def test_a_connection_lost_in_the_middle_of_a_save_is_opened_again(phone: Phone) -> None:
    """The first try is rolled back as a whole, the second one is the only one."""
    phone.page.evaluate(
        """() => {
          const add = IDBObjectStore.prototype.add;
          IDBObjectStore.prototype.add = function (...args) {
            IDBObjectStore.prototype.add = add;
            this.transaction.abort();
            throw new DOMException("closing", "InvalidStateError");
          };
        }"""
    )
    phone.finish(b"photo")
    assert phone.counts() == {"waiting": 1}
    assert len(phone.stored("photos")) == 1


def test_a_full_phone_says_so_and_keeps_what_it_had(phone: Phone, server: PhoneServer) -> None:
    before = phone.finish()
    form = entry()
    phone.call("drafts", "saveDraft", SHOP, form)
    phone.page.evaluate(FULL)
    assert phone.fail("outbox", "finish", form, [{"bytes": as_bytes(b"photo")}]) == "full"
    assert phone.counts() == {"waiting": 1}
    assert phone.call("drafts", "draftOf", SHOP)["uuid"] == form["uuid"]
    phone.page.evaluate("makeRoom()")
    phone.call("outbox", "finish", form, [])
    phone.send()
    assert {uuid for uuid, _revision in server.entries} == {before, form["uuid"]}


def test_a_newer_version_is_not_blocked_and_finds_the_queue(phone: Phone) -> None:
    """Another tab brings a newer schema: this one lets go, and says that it is old."""
    uuid = phone.finish()
    other = phone.context.new_page()
    other.goto(f"{phone.server.url}/harness")
    found = other.evaluate(
        """async () => {
          const { openDB } = await import("/static/idb/index.js");
          const { NAME, STEPS } = await import("/static/field/schema.js");
          const db = await openDB(NAME, STEPS.length + 1, {
            upgrade: (database) => database.createObjectStore("later"),
          });
          const all = await db.getAll("entries");
          db.close();
          return all.map((one) => one.uuid);
        }"""
    )
    assert found == [uuid]
    assert phone.fail("outbox", "counts") == "superseded"


def test_usage_is_in_bytes(phone: Phone) -> None:
    usage = phone.call("store", "usage")
    assert usage["quota"] > usage["used"] > 0
    assert usage["persisted"] is False


def test_a_second_tab_may_not_write_the_same_draft(phone: Phone) -> None:
    hold = """async (shop) => {
      const drafts = await import("/static/field/drafts.js");
      await (await import("/static/field/session.js")).refresh();
      globalThis.letGo = await drafts.holdDraft(shop);
      return [globalThis.letGo !== null, await drafts.isFormOpen()];
    }"""
    assert phone.page.evaluate(hold, SHOP) == [True, True]
    other = phone.context.new_page()
    other.goto(f"{phone.server.url}/harness")
    assert other.evaluate(hold, SHOP) == [False, True]
    phone.page.evaluate("letGo()")
    assert other.evaluate(hold, SHOP) == [True, True]
