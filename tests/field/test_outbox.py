"""Undo, mending and export: nothing that was written is lost, nothing is sent in two versions."""

import base64
import hashlib
import json

import pytest

from tests.field.opener import open_envelope
from tests.field.phone import SHOP, Phone, as_bytes, entry
from tests.field.server import PhoneServer

pytestmark = [pytest.mark.browser, pytest.mark.once]
PHOTO = b"\xff\xd8 a photo"
HASH = hashlib.sha256(PHOTO).hexdigest()


def test_a_row_shows_what_was_logged(phone: Phone) -> None:
    uuid = phone.finish(PHOTO)
    [row] = phone.rows()
    assert (row["uuid"], row["state"], row["photos"]) == (uuid, "waiting", 1)
    assert row["entry"]["answers"]["alipay"] == "yes"
    assert row["about"] == {"name": "若葉薬局"}
    assert phone.call("outbox", "counts")["today"] == 1


def test_rows_come_newest_first_and_page_by_page(phone: Phone) -> None:
    uuids = [phone.finish() for _ in range(5)]
    first = phone.rows(limit=2)
    rest = phone.rows(limit=9, before=first[-1]["seq"])
    assert [row["uuid"] for row in first + rest] == uuids[::-1]


def test_undo_before_sending_takes_it_out_again(phone: Phone, server: PhoneServer) -> None:
    uuid = phone.finish(PHOTO)
    back = phone.call("outbox", "takeBack", uuid)
    assert (back["shop"], back["wasSent"]) == (SHOP, False)
    assert phone.counts() == {}
    assert phone.stored("photos") == []
    draft = phone.call("drafts", "draftOf", SHOP)
    assert (draft["uuid"], draft["revision"], draft["note"]) == (uuid, 1, "入口のシール")
    assert draft["photos"] == [{"sha256": HASH, "bytes": as_bytes(PHOTO)}]
    phone.call("outbox", "finish", draft | {"note": "別"}, draft["photos"])
    phone.send()
    assert server.entries[uuid, 1]["note"] == "別"
    assert server.photos == {(uuid, HASH): PHOTO}
    assert "about" not in server.entries[uuid, 1]


def test_undo_after_sending_mends(phone: Phone, server: PhoneServer) -> None:
    uuid = phone.finish(PHOTO)
    phone.send()
    back = phone.call("outbox", "takeBack", uuid)
    assert (back["wasSent"], back["draft"]["revision"]) == (True, 2)
    assert back["draft"]["photos"] == [{"sha256": HASH, "bytes": None}]  # the server has it
    phone.call("outbox", "finish", back["draft"] | {"note": "別"}, back["draft"]["photos"])
    phone.send()
    assert [key[1] for key in server.entries] == [1, 2]
    assert server.entries[uuid, 2]["photos"] == [HASH]
    assert phone.counts() == {"sent": 2}


def test_what_may_have_arrived_is_mended_not_replaced(phone: Phone, server: PhoneServer) -> None:
    uuid = phone.finish()
    server.faults.append("lost")  # stored, but the phone does not know
    phone.send()
    back = phone.call("outbox", "takeBack", uuid)
    assert (back["wasSent"], back["draft"]["revision"]) == (True, 2)
    assert phone.counts() == {"waiting": 1}
    phone.call("outbox", "finish", back["draft"] | {"note": "別"}, [])
    phone.send()
    assert {key[1]: one["note"] for key, one in server.entries.items()} == {
        1: "入口のシール",
        2: "別",
    }
    assert phone.counts() == {"sent": 2}


def test_a_refused_entry_is_corrected_under_its_own_revision(
    phone: Phone, server: PhoneServer
) -> None:
    uuid = phone.finish(PHOTO)
    server.verdicts[uuid] = ("refused", "note")
    phone.send()
    back = phone.call("outbox", "edit", uuid)
    assert (back["draft"]["uuid"], back["draft"]["revision"]) == (uuid, 1)
    server.verdicts.clear()
    phone.call("outbox", "finish", back["draft"] | {"note": ""}, back["draft"]["photos"])
    phone.send()
    assert (phone.counts(), server.entries[uuid, 1]["note"]) == ({"sent": 1}, "")
    assert server.photos == {(uuid, HASH): PHOTO}


def test_after_a_conflict_it_becomes_a_visit_of_its_own(phone: Phone, server: PhoneServer) -> None:
    uuid = phone.finish(PHOTO)
    server.verdicts[uuid] = ("conflict", "")
    phone.send()
    draft = phone.call("outbox", "edit", uuid)["draft"]
    assert (draft["uuid"] != uuid, draft["revision"]) == (True, 1)
    phone.call("outbox", "finish", draft, draft["photos"])
    phone.send()
    assert server.photos == {(draft["uuid"], HASH): PHOTO}


def test_a_first_revision_names_no_photo_that_nobody_has(phone: Phone, server: PhoneServer) -> None:
    form = entry()
    phone.call("outbox", "finish", form, [{"sha256": HASH, "bytes": None}])
    phone.send()
    assert server.entries[form["uuid"], 1]["photos"] == []


def test_undo_does_not_overwrite_another_draft(phone: Phone) -> None:
    uuid = phone.finish()
    phone.call("drafts", "saveDraft", SHOP, {"note": "new"})
    assert phone.fail("outbox", "takeBack", uuid) == "draft_in_the_way"
    assert phone.counts() == {"waiting": 1}
    assert phone.call("drafts", "draftOf", SHOP)["note"] == "new"


def test_saving_twice_is_one_entry(phone: Phone, server: PhoneServer) -> None:
    form = entry()
    for _ in range(2):
        phone.call("outbox", "finish", form, [{"bytes": as_bytes(PHOTO)}] * 2)
    phone.send()
    assert list(server.entries) == [(form["uuid"], 1)]
    assert server.entries[form["uuid"], 1]["photos"] == [HASH]


def test_saving_ends_the_draft_in_the_same_moment(phone: Phone) -> None:
    phone.call("drafts", "saveDraft", SHOP, {"note": "x", "photos": [{"bytes": as_bytes(PHOTO)}]})
    phone.finish(PHOTO)
    assert phone.call("drafts", "drafts") == []
    assert phone.stored("draft_photos") == []


def test_nobody_finishes_without_ever_having_signed_in(phone: Phone, server: PhoneServer) -> None:
    server.person = None
    phone.call("sign-out", "signOut")
    assert phone.fail("outbox", "finish", entry(), []) == "not_signed_in"


def test_the_file_to_hand_over_holds_everything_sealed(phone: Phone, server: PhoneServer) -> None:
    uuids = [phone.finish(PHOTO), phone.finish()]
    text = phone.page.evaluate(
        """async () => (await (await import("/static/field/outbox.js")).exportFile()).text()"""
    )
    assert "入口" not in text
    handed = json.loads(text)
    assert [one["uuid"] for one in handed["entries"]] == uuids
    for one in [*handed["entries"], *handed["photos"]]:
        data = open_envelope(base64.b64decode(one["sealed"]), one["context"], server.key)
        assert hashlib.sha256(data).hexdigest() == one["sha256"]


def test_stubs_go_after_a_week(phone: Phone) -> None:
    phone.finish()
    phone.send()
    phone.page.clock.install()
    phone.page.clock.fast_forward(6 * 86_400_000)
    phone.send()
    assert phone.counts() == {"sent": 1}
    phone.page.clock.fast_forward(2 * 86_400_000)
    phone.send()
    assert phone.counts() == {}
