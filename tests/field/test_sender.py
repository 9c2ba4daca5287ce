"""The queue reaches the server whole, once, and is forgotten on receipts only."""

import hashlib
import json

import pytest

from tests.field.phone import SHOP, Phone
from tests.field.server import PhoneServer

pytestmark = [pytest.mark.browser, pytest.mark.once]
PHOTO = bytes(range(256)) * 40
HASH = hashlib.sha256(PHOTO).hexdigest()
# What a phone may be told instead of a receipt, and what it then says of itself.
NO_RECEIPTS = [
    ("drop", "away"), ("lost", "away"), ("html", "away"), ("other json", "away"),
    ("redirect", "away"), ("half", "away"), ("500", "away"), ("503", "away"),
    ("no receipt", "away"), ("no hash", "away"), ("other hash", "away"),
    ("other revision", "away"), ("401", "signed_out"), ("403 html", "idle"), ("403", "idle"),
]  # fmt: skip


def sent(server: PhoneServer, method: str = "POST") -> int:
    return sum(request.method == method for request in server.requests)


def test_an_entry_with_a_photo_arrives_and_is_forgotten(phone: Phone, server: PhoneServer) -> None:
    uuid = phone.finish(PHOTO)
    assert phone.counts() == {"waiting": 1}
    assert phone.send()["phase"] == "idle"
    assert phone.counts() == {"sent": 1}
    entry = server.entries[uuid, 1]
    assert (entry["shop"], entry["owner"], entry["photos"]) == (SHOP, 12, [HASH])
    assert entry["answers"] == {"alipay": "yes", "wechat_pay": "no", "chinese_staff": "not_checked"}
    assert server.photos == {(uuid, HASH): PHOTO}
    assert [(row["sealed"], row["state"]) for row in phone.stored("entries")] == [(None, "sent")]
    assert phone.stored("photos") == []


@pytest.mark.parametrize(("fault", "phase"), NO_RECEIPTS)
def test_nothing_but_a_receipt_lets_an_entry_go(
    phone: Phone, server: PhoneServer, fault: str, phase: str
) -> None:
    uuid = phone.finish()
    server.faults.append(fault)
    assert phone.send()["phase"] == phase
    is_retried_at_once = phase == "idle"  # after 403 with a fresh token
    assert phone.counts() == ({"sent": 1} if is_retried_at_once else {"waiting": 1})
    assert phone.send()["phase"] == "idle"
    assert phone.counts() == {"sent": 1}
    assert list(server.entries) == [(uuid, 1)]


def test_the_pause_grows_and_heeds_the_server(phone: Phone, server: PhoneServer) -> None:
    phone.finish()
    server.faults.extend(["503", "drop", "drop"])
    pauses = []
    for _try in range(3):
        before = phone.page.evaluate("Date.now()")
        pauses.append(phone.send()["nextAt"] - before)
    assert 7000 <= pauses[0] < 9000  # Retry-After: 7
    assert 2000 <= pauses[1] < 5500
    assert 4000 <= pauses[2] < 9500


def test_a_403_that_stays_holds_the_queue(phone: Phone, server: PhoneServer) -> None:
    phone.finish()
    server.faults.extend(["403", "403"])
    assert phone.send()["phase"] == "forbidden"
    assert phone.counts() == {"waiting": 1}


def test_a_token_rotated_meanwhile_is_fetched_anew(phone: Phone, server: PhoneServer) -> None:
    phone.finish()
    server.csrf = "token-2"
    phone.page.evaluate("fetch = fetch.bind(window)")
    assert phone.send()["phase"] == "idle"
    assert list(phone.counts()) == ["sent"]


def test_a_queue_waits_for_its_own_person(phone: Phone, server: PhoneServer) -> None:
    uuid = phone.finish()
    server.person = None
    assert phone.send()["phase"] == "signed_out"
    server.person = 13
    assert phone.send()["phase"] == "idle"
    assert server.entries == {}
    assert phone.counts() == {"others": 1}
    server.person = 12
    assert phone.send()["phase"] == "idle"
    assert list(server.entries) == [(uuid, 1)]


@pytest.mark.parametrize("verdict", ["conflict", "refused"])
def test_what_the_server_will_not_have_needs_a_person(
    phone: Phone, server: PhoneServer, verdict: str
) -> None:
    good, bad = phone.finish(), phone.finish()
    server.verdicts[bad] = (verdict, "note")
    assert phone.send()["phase"] == "idle"
    assert phone.counts() == {"sent": 1, "needsYou": 1}
    [row] = phone.rows(state="needsYou")
    assert row["error"] == {"status": verdict, "field": "note", "message": "No."}
    assert (row["uuid"], row["entry"]["note"]) == (bad, "入口のシール")
    server.verdicts.clear()
    phone.call("outbox", "retry", bad)
    phone.send()
    assert {uuid for uuid, _revision in server.entries} == {good, bad}


def test_one_unreadable_entry_does_not_hold_up_the_others(
    phone: Phone, server: PhoneServer
) -> None:
    uuids = [phone.finish() for _ in range(5)]
    # All five, then three, two, one: until the one that cannot be read stands alone.
    server.faults.extend(["400", "400", "400", "400"])
    assert phone.send()["phase"] == "idle"
    assert phone.counts() == {"sent": 4, "needsYou": 1}
    assert {uuid for uuid, _ in server.entries} == set(uuids[1:])


def test_entries_go_before_photos_in_batches(phone: Phone, server: PhoneServer) -> None:
    for number in range(120):
        phone.finish(*([PHOTO] if number == 0 else []))
    assert phone.send()["phase"] == "idle"
    kinds = [request.method for request in server.requests]
    assert kinds == ["POST"] * 15 + ["PUT"]
    sizes = [len(json.loads(request.body)["items"]) for request in server.requests[:15]]
    assert sizes == [8] * 15
    assert len(server.entries) == 120


def test_a_batch_is_half_a_megabyte_at_most(phone: Phone, server: PhoneServer) -> None:
    for _ in range(4):
        phone.finish(note="あ" * 60_000)  # 240 kB each as base64
    phone.send()
    assert [len(json.loads(one.body)["items"]) for one in server.requests] == [2, 2]
    assert len(server.entries) == 4


@pytest.mark.parametrize("fault", ["drop", "lost", "html", "500"])
def test_a_photo_goes_on_where_it_was_cut(phone: Phone, server: PhoneServer, fault: str) -> None:
    photo = PHOTO * 260  # 2.6 MB: several pieces
    uuid = phone.finish(photo)
    server.faults.extend(["", "", fault])
    assert phone.send()["phase"] == "away"
    assert phone.counts() == {"waiting": 1}
    assert phone.send()["phase"] == "idle"
    assert server.photos == {(uuid, hashlib.sha256(photo).hexdigest()): photo}
    arrived = sum(len(one.body) for one in server.requests if one.method == "PUT")
    doubled = arrived - len(photo) - 105
    assert doubled == (0 if fault == "lost" else 500_000)  # the piece that was cut, no other
    assert phone.counts() == {"sent": 1}


def test_a_photo_whose_receipt_was_lost_is_not_stored_twice(
    phone: Phone, server: PhoneServer
) -> None:
    uuid = phone.finish(PHOTO)
    server.faults.extend(["", "lost"])
    phone.send()
    assert (phone.counts(), list(server.photos)) == ({"waiting": 1}, [(uuid, HASH)])
    phone.send()
    assert (phone.counts(), list(server.photos)) == ({"sent": 1}, [(uuid, HASH)])


def test_a_poison_photo_does_not_stop_the_others(phone: Phone, server: PhoneServer) -> None:
    poison = b"\xff" + PHOTO
    server.bad_photos.add(hashlib.sha256(poison).hexdigest())
    bad, good = phone.finish(poison), phone.finish(PHOTO)
    assert phone.send()["phase"] == "idle"
    assert phone.counts() == {"sent": 1, "needsYou": 1}
    assert list(server.photos) == [(good, HASH)]
    [row] = phone.rows(state="needsYou")
    assert (row["uuid"], row["error"]["message"]) == (bad, "This is no picture.")
    assert sent(server, "PUT") == 3  # the bad one is begun anew once
    phone.call("outbox", "discard", bad)
    assert phone.counts() == {"sent": 2}
    assert phone.stored("photos") == []


def test_the_offset_is_the_server_minus_the_phone(phone: Phone, server: PhoneServer) -> None:
    server.clock_ahead = server.clock_ahead.__class__(minutes=7)
    assert abs(phone.refresh()["offsetMs"] - 420_000) < 1000
    uuid = phone.finish()
    phone.send()
    assert abs(server.entries[uuid, 1]["offset_ms"] - 420_000) < 1000
    phone.restart()
    assert abs(phone.call("session", "current")["offsetMs"] - 420_000) < 1000


def test_two_tabs_send_once(phone: Phone, server: PhoneServer) -> None:
    for _ in range(10):
        phone.finish()
    both = """async () => {
      const sender = await import("/static/field/sender.js");
      await Promise.all([sender.sendNow(), sender.sendNow()]);
    }"""
    other = phone.context.new_page()
    other.goto(f"{server.url}/harness")
    other.evaluate("() => { import('/static/field/sender.js').then((s) => s.sendNow()); }")
    phone.page.evaluate(both)
    phone.wait_for_counts(sent=10)
    assert len(server.entries) == 10
    assert sent(server) <= 2


def test_it_sends_without_web_locks(phone: Phone, server: PhoneServer) -> None:
    phone.page.evaluate("Object.defineProperty(navigator, 'locks', {value: undefined})")
    phone.finish()
    assert phone.send()["phase"] == "idle"
    assert len(server.entries) == 1


def test_a_save_is_sent_by_itself_and_so_is_what_an_earlier_session_left(
    phone: Phone, server: PhoneServer
) -> None:
    phone.finish()
    phone.restart()
    phone.call("sender", "start")
    phone.wait_for_counts(sent=1)
    phone.finish()
    phone.wait_for_counts(sent=2)
    assert len(server.entries) == 2
