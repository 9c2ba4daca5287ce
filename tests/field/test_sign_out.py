"""Signing out leaves nothing readable and loses nothing unsent, wherever it is cut short."""

import hashlib

import pytest

from tests.field.phone import SHOP, Phone, as_bytes
from tests.field.server import PhoneServer

pytestmark = [pytest.mark.browser, pytest.mark.once]
PHOTO = b"\xff\xd8 a photo"
HASH = hashlib.sha256(PHOTO).hexdigest()
DRAFT = {"note": "途中", "answers": {"alipay": "no"}, "photos": [{"bytes": as_bytes(PHOTO)}]}


def own_copies(phone: Phone) -> list[object]:
    return [row["own"] for store in ("entries", "photos") for row in phone.stored(store)]


def test_signing_out_deletes_the_key_and_every_copy(phone: Phone, server: PhoneServer) -> None:
    phone.finish(PHOTO)
    phone.call("drafts", "saveDraft", SHOP, DRAFT)
    phone.call("sign-out", "signOut")
    assert not server.is_signed_in()
    assert phone.call("session", "current")["person"] is None
    for store in ("vault", "drafts", "draft_photos", "plans"):
        assert phone.stored(store) == []
    assert own_copies(phone) == [None, None]
    assert phone.rows() == []
    assert phone.counts() == {"others": 1}


def test_after_signing_in_again_everything_is_back(phone: Phone, server: PhoneServer) -> None:
    uuid = phone.finish(PHOTO)
    other = "00000000-0000-4000-8000-0000000000a2"
    phone.call("drafts", "saveDraft", other, DRAFT)
    phone.call("sign-out", "signOut")
    server.person = 12
    phone.restart()
    assert phone.call("sealed-drafts", "openSealedDrafts") == 1
    draft = phone.call("drafts", "draftOf", other)
    assert (draft["note"], draft["photos"][0]["bytes"]) == ("途中", as_bytes(PHOTO))
    assert phone.stored("sealed") == []
    back = phone.call("outbox", "edit", uuid)  # opened by the server: the copy is gone
    assert back["draft"]["note"] == "入口のシール"
    assert back["draft"]["photos"] == [{"sha256": HASH, "bytes": None}]
    phone.call("outbox", "finish", back["draft"], back["draft"]["photos"])
    phone.send()
    assert server.photos == {(uuid, HASH): PHOTO}


def test_another_person_gets_nothing_of_it(phone: Phone, server: PhoneServer) -> None:
    uuid = phone.finish()
    phone.call("drafts", "saveDraft", SHOP, DRAFT)
    phone.call("sign-out", "signOut")
    server.person = 13
    phone.restart()
    assert phone.call("sealed-drafts", "openSealedDrafts") == 0
    assert (phone.rows(), phone.call("drafts", "drafts")) == ([], [])
    assert phone.fail("outbox", "edit", uuid) == "not_signed_in"
    assert phone.send()["phase"] == "idle"
    assert server.entries == {}


def test_somebody_else_at_the_same_phone_seals_what_the_first_left_open(
    phone: Phone, server: PhoneServer
) -> None:
    phone.call("sender", "start")
    phone.call("drafts", "saveDraft", SHOP, DRAFT)
    server.person = 13
    phone.refresh()
    phone.page.wait_for_timeout(300)
    assert phone.stored("drafts") == []
    assert [row["owner"] for row in phone.stored("sealed")] == [12, 12]
    assert phone.page.evaluate(
        """async () => [...await (await import("/static/field/session.js")).peopleHere()]"""
    ) == [13]


def test_signing_out_without_signal_ends_the_session_later(
    phone: Phone, server: PhoneServer
) -> None:
    phone.call("sign-out", "resumeSignOut")  # the module must be here before the signal goes
    phone.context.set_offline(True)
    phone.call("sign-out", "signOut")
    phone.context.set_offline(False)
    assert server.is_signed_in()
    phone.restart()
    assert not server.is_signed_in()
    assert phone.call("session", "current")["signedIn"] is False


def test_a_signing_out_that_was_cut_short_goes_on_at_the_next_start(
    phone: Phone, server: PhoneServer
) -> None:
    phone.finish()
    phone.call("drafts", "saveDraft", SHOP, DRAFT)
    phone.call("store", "keep", "leaving", {"owner": 12})  # and then the page was killed
    phone.page.close()
    phone.page = phone.context.new_page()
    phone.page.goto(f"{server.url}/harness")
    phone.call("sender", "start")
    assert (phone.stored("vault"), phone.stored("drafts")) == ([], [])
    assert [row["context"].split(":")[0] for row in phone.stored("sealed")] == ["draft", "photo"]
    phone.send()
    assert not server.is_signed_in()


def test_after_a_conflict_even_a_photo_only_the_server_can_open_comes_along(
    phone: Phone, server: PhoneServer
) -> None:
    uuid = phone.finish(PHOTO)
    server.verdicts[uuid] = ("conflict", "")
    phone.send()
    phone.call("sign-out", "signOut")
    server.person = 12
    phone.restart()
    draft = phone.call("outbox", "edit", uuid)["draft"]
    phone.call("outbox", "finish", draft, draft["photos"])
    phone.send()
    assert server.photos == {(draft["uuid"], HASH): PHOTO}


def test_drafts_come_back_by_themselves_with_their_owner(phone: Phone, server: PhoneServer) -> None:
    phone.call("drafts", "saveDraft", SHOP, DRAFT)
    phone.call("sign-out", "signOut")
    server.person = 12
    phone.send()
    assert phone.call("drafts", "draftOf", SHOP)["note"] == "途中"


def test_a_draft_nobody_can_read_does_not_stop_a_signing_out(
    phone: Phone, server: PhoneServer
) -> None:
    phone.call("drafts", "saveDraft", SHOP, DRAFT)
    phone.call("vault", "forget", 12)
    phone.call("sign-out", "signOut")
    assert phone.stored("drafts") == []
    assert not server.is_signed_in()


def test_two_sealed_drafts_of_one_shop_are_both_kept(phone: Phone, server: PhoneServer) -> None:
    for note in ("first", "second"):
        phone.call("drafts", "saveDraft", SHOP, {"note": note})
        phone.call("sealed-drafts", "sealDrafts")
    assert phone.call("sealed-drafts", "openSealedDrafts") == 1
    assert phone.call("drafts", "draftOf", SHOP)["note"] == "first"
    phone.call("drafts", "dropDraft", SHOP)
    assert phone.call("sealed-drafts", "openSealedDrafts") == 1
    assert phone.call("drafts", "draftOf", SHOP)["note"] == "second"
