"""The queue reaches the server whole, once, and is forgotten on receipts only."""

import hashlib

import pytest

from tests.field.phone import SHOP, Phone
from tests.field.server import PhoneServer

pytestmark = [pytest.mark.browser, pytest.mark.once]
PHOTO = bytes(range(256)) * 40


def test_an_entry_with_a_photo_arrives_and_is_forgotten(phone: Phone, server: PhoneServer) -> None:
    uuid = phone.finish(PHOTO)
    assert phone.counts() == {"waiting": 1}
    assert phone.send()["phase"] == "idle"
    assert phone.counts() == {"sent": 1}
    photo = hashlib.sha256(PHOTO).hexdigest()
    entry = server.entries[uuid, 1]
    assert (entry["shop"], entry["owner"], entry["photos"]) == (SHOP, 12, [photo])
    assert entry["answers"] == {"alipay": "yes", "wechat_pay": "no", "chinese_staff": "not_checked"}
    assert server.photos == {(uuid, photo): PHOTO}
    assert [(row["sealed"], row["state"]) for row in phone.stored("entries")] == [(None, "sent")]
    assert phone.stored("photos") == []
