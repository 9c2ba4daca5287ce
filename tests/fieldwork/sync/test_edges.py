"""A phone's entry to the edges of what each field may be, and what is kept of it while it waits."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from tests.fieldwork.sync.test_entries import CAME, DOC, FIX, UUIDS
from tests.phone import new_shop
from tracker.errors import Invalid
from tracker.fieldwork.entry import VisitEntry
from tracker.fieldwork.sync.entries import Came, NewShop, PhoneEntry, entry_from, read_entry
from tracker.places.grid import Fix
from tracker.places.kinds import Segment
from tracker.survey.answers import Answer
from tracker.survey.outcomes import Outcome
from tracker.survey.traits import Trait

pytestmark = pytest.mark.once
NOT_CHECKED = dict.fromkeys(Trait, Answer.NOT_CHECKED)
LEAST = {
    key: DOC[key]
    for key in ("v", "uuid", "revision", "owner", "shop", "outcome", "answers", "device_time")
}
BOTTOM = {"lat_e7": -900_000_000, "lon_e7": -1_800_000_000, "accuracy_m": 0}
TOP = {"lat_e7": 900_000_000, "lon_e7": 1_800_000_000, "accuracy_m": 2**31 - 1}


def test_everything_that_was_sent_is_read() -> None:
    assert entry_from(DOC | {"new_shop": new_shop(address="銀座")}, CAME) == PhoneEntry(
        uuid=UUID(UUIDS[0]),
        revision=1,
        owner=12,
        shop=UUID(UUIDS[1]),
        new_shop=NewShop("若葉珈琲", Segment.CAFE, "2F", "銀座", 356_717_000, 1_397_650_000),
        offset_ms=120,
        outcome=Outcome.ANSWERED,
        evidence="door_sign",
        note="n",
        observed_at=datetime(2026, 11, 25, 1, 2, 3, 576_000, tzinfo=UTC),
        opened_at=None,
        fix=None,
        answers=NOT_CHECKED | {Trait("alipay"): Answer.YES},
        device_time=datetime(2026, 11, 25, 1, 2, 3, 456_000, tzinfo=UTC),
        clock_offset_ms=120,
        filled_ms=8200,
        open_fix=Fix(356_717_000, 1_397_650_000, 8),
        notice="",
        no_photo="",
        photos=("a" * 64,),
        is_from_app=True,
        content={key: value for key, value in DOC.items() if value is not None}
        | {"new_shop": new_shop(address="銀座")},
        came=CAME,
    )


def test_the_offset_of_the_entry_goes_before_that_of_the_batch() -> None:
    came = Came("c" * 64, CAME.received_at, 5000)
    for sent, offset in ((None, 5000), (0, 0), (-7, -7)):
        entry = entry_from(DOC | {"offset_ms": sent}, came)
        assert (entry.offset_ms, entry.clock_offset_ms) == (sent, offset)
        moment = entry.device_time
        assert moment is not None
        assert (entry.observed_at - moment).total_seconds() * 1000 == pytest.approx(offset)


def test_an_entry_finds_its_shop_and_keeps_its_receipt() -> None:
    entry = entry_from(DOC, CAME)
    assert entry.of_shop(7) == VisitEntry(UUID(UUIDS[0]), 7, entry, "c" * 64)
    assert read_entry(json.dumps(DOC).encode(), CAME) == entry


GOOD: list[tuple[str, object, str, object]] = [
    ("revision", 32_767, "revision", 32_767),
    ("owner", 2**63 - 1, "owner", 2**63 - 1),
    ("note", "n" * 2000, "note", "n" * 2000),
    ("note", "a\0b\ud83d", "note", "ab�"),
    ("evidence", "", "evidence", ""),
    ("evidence", "saw_paid", "evidence", "saw_paid"),
    ("notice", "changed", "notice", "changed"),
    ("no_photo", "no_sign", "no_photo", "no_sign"),
    ("device_time", "2400-01-01T00:00:00Z", "device_time", None),
    ("offset_ms", 10**14, "offset_ms", 10**14),
    ("offset_ms", -(10**14), "offset_ms", -(10**14)),
    ("offset_ms", None, "offset_ms", None),
    ("filled_ms", 0, "filled_ms", 0),
    ("filled_ms", 2**31 - 1, "filled_ms", 2**31 - 1),
    ("filled_ms", None, "filled_ms", None),
    ("fix", BOTTOM, "fix", Fix(**BOTTOM)),
    ("open_fix", TOP, "open_fix", Fix(**TOP)),
    ("fix", FIX | {"accuracy_m": 8.5}, "fix", Fix(356_717_000, 1_397_650_000, 8)),
    ("fix", FIX | {"accuracy_m": 9.5}, "fix", Fix(356_717_000, 1_397_650_000, 10)),
    ("fix", {"lat_e7": 1, "lon_e7": 2}, "fix", Fix(1, 2, None)),
    ("photos", [], "photos", ()),
    ("photos", [f"{n:064x}" for n in range(8)], "photos", tuple(f"{n:064x}" for n in range(8))),
    ("answers", {"alipay": "unsure", "wechat_pay": "no"}, "answers",
     NOT_CHECKED | {Trait("alipay"): Answer.UNSURE, Trait("wechat_pay"): Answer.NO}),
    ("new_shop", None, "new_shop", None),
]  # fmt: skip


@pytest.mark.parametrize(("key", "value", "name", "read"), GOOD, ids=lambda one: str(one)[:20])
def test_what_may_just_be_is_read(key: str, value: object, name: str, read: object) -> None:
    assert getattr(entry_from(DOC | {key: value}, CAME), name) == read


NUMBER = "“%s” must be a whole number from %s to %s."
LIST = {
    "evidence": "door_sign, till_sign, asked, saw_paid",
    "notice": "kept, changed",
    "no_photo": "not_allowed, no_sign, camera, other",
    "outcome": "answered, closed_today, closed_for_good, not_found, replaced, refused",
}
BAD: list[tuple[str, object, str, str]] = [
    ("v", 0, "v", NUMBER % ("v", 1, 1)),
    ("v", 2, "v", NUMBER % ("v", 1, 1)),
    ("uuid", None, "uuid", "“uuid” must be a UUID."),
    ("shop", "x", "shop", "“shop” must be a UUID."),
    ("revision", 0, "revision", NUMBER % ("revision", 1, 32_767)),
    ("revision", None, "revision", NUMBER % ("revision", 1, 32_767)),
    ("owner", 0, "owner", NUMBER % ("owner", 1, 2**63 - 1)),
    ("owner", 2**63, "owner", NUMBER % ("owner", 1, 2**63 - 1)),
    *((key, "x", key, f"“{key}” must be one of: {allowed}.") for key, allowed in LIST.items()),
    ("outcome", "", "outcome", f"“outcome” must be one of: {LIST['outcome']}."),
    ("evidence", None, "evidence", f"“evidence” must be one of: {LIST['evidence']}."),
    ("note", None, "note", "“note” must be text."),
    ("note", "n" * 2001, "note", "“note” is too long: at most 2000 characters."),
    ("offset_ms", 10**14 + 1, "offset_ms", NUMBER % ("offset_ms", -(10**14), 10**14)),
    ("offset_ms", -(10**14) - 1, "offset_ms", NUMBER % ("offset_ms", -(10**14), 10**14)),
    ("filled_ms", -1, "filled_ms", NUMBER % ("filled_ms", 0, 2**31 - 1)),
    ("filled_ms", 2**31, "filled_ms", NUMBER % ("filled_ms", 0, 2**31 - 1)),
    ("fix", [], "fix", "“fix” must be an object."),
    ("fix", FIX | {"lat_e7": 900_000_001}, "fix", NUMBER % ("fix", -900_000_000, 900_000_000)),
    ("fix", FIX | {"lat_e7": -900_000_001}, "fix", NUMBER % ("fix", -900_000_000, 900_000_000)),
    ("fix", FIX | {"lon_e7": 1_800_000_001}, "fix",
     NUMBER % ("fix", -1_800_000_000, 1_800_000_000)),
    ("open_fix", FIX | {"lon_e7": -1_800_000_001}, "open_fix",
     NUMBER % ("open_fix", -1_800_000_000, 1_800_000_000)),
    ("open_fix", FIX | {"accuracy_m": -1}, "open_fix", NUMBER % ("open_fix", 0, 2**31 - 1)),
    ("fix", FIX | {"accuracy_m": float("nan")}, "fix", NUMBER % ("fix", 0, 2**31 - 1)),
    ("photos", "x", "photos", "“photos” must be a list."),
    ("photos", [5], "photos", "“photos” must be a SHA-256: 64 digits of 0–9 and a–f."),
    ("photos", ["a" * 64] * 2, "photos", "An entry has at most 8 photos, each once."),
    ("photos", [f"{n:064x}" for n in range(9)], "photos",
     "An entry has at most 8 photos, each once."),
    ("answers", None, "answers", "“answers” must be an object."),
    ("answers", {"b": "yes", "a": "yes"}, "answers", "“answers” has no question a."),
    ("answers", {"wechat_pay": "x"}, "wechat_pay",
     "“wechat_pay” must be one of: yes, no, unsure, not_checked."),
    ("new_shop", "x", "new_shop", "“new_shop” must be an object."),
    ("new_shop", new_shop(name="\u3000"), "new_shop", "A new shop needs a name."),
    ("new_shop", new_shop(name=None), "new_shop", "“new_shop” must be text."),
    ("new_shop", new_shop(name="n" * 201), "new_shop",
     "“new_shop” is too long: at most 200 characters."),
    ("new_shop", new_shop(floor="1" * 11), "new_shop",
     "“new_shop” is too long: at most 10 characters."),
    ("new_shop", new_shop(address="x" * 301), "new_shop",
     "“new_shop” is too long: at most 300 characters."),
    ("new_shop", new_shop(lat_e7=900_000_001), "new_shop",
     NUMBER % ("new_shop", -900_000_000, 900_000_000)),
    ("new_shop", new_shop(lat_e7=-900_000_001), "new_shop",
     NUMBER % ("new_shop", -900_000_000, 900_000_000)),
    ("new_shop", new_shop(lon_e7=1_800_000_001), "new_shop",
     NUMBER % ("new_shop", -1_800_000_000, 1_800_000_000)),
    ("new_shop", new_shop(lon_e7=-1_800_000_001), "new_shop",
     NUMBER % ("new_shop", -1_800_000_000, 1_800_000_000)),
    ("new_shop", new_shop(lon_e7=None), "new_shop",
     NUMBER % ("new_shop", -1_800_000_000, 1_800_000_000)),
]  # fmt: skip


@pytest.mark.parametrize(("key", "value", "field", "message"), BAD, ids=lambda one: str(one)[:20])
def test_what_just_cannot_be_is_refused_with_its_sentence(
    key: str, value: object, field: str, message: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        entry_from(DOC | {key: value}, CAME)
    assert (refusal.value.field, refusal.value.message) == (field, message)


@pytest.mark.parametrize("key", LEAST)
def test_what_is_needed_is_missed(key: str) -> None:
    with pytest.raises(Invalid) as refusal:
        entry_from({name: value for name, value in LEAST.items() if name != key}, CAME)
    assert refusal.value.field == ("alipay" if key == "answers" else key)


@pytest.mark.parametrize(
    "values", [{"floor": "1" * 10}, {"address": "x" * 300}, {"name": "n" * 200}]
)
def test_a_new_shop_is_read_to_its_edges(values: dict[str, Any]) -> None:
    shop = entry_from(DOC | {"new_shop": new_shop(**values)}, CAME).new_shop
    assert shop is not None
    assert {name: getattr(shop, name) for name in values} == values


def test_a_new_shop_says_little_of_itself_if_it_must() -> None:
    least = {"name": " 若葉 ", "segment": "cafe", "lat_e7": -900_000_000, "lon_e7": 1_800_000_000}
    shop = entry_from(DOC | {"new_shop": least}, CAME).new_shop
    assert shop == NewShop("若葉", Segment.CAFE, "", "", -900_000_000, 1_800_000_000)


def test_what_waits_is_what_was_judged_and_nothing_more() -> None:
    doc = LEAST | {
        "extra": "x",
        "note": "a\0b",
        "fix": FIX | {"heading": 90},
        "answers": {"alipay": "yes"},
        "new_shop": new_shop(name="若\0葉", extra=1),
        "offset_ms": None,
    }
    assert entry_from(doc, CAME).content == LEAST | {
        "note": "ab",
        "fix": FIX,
        "answers": {"alipay": "yes"},
        "new_shop": new_shop(name="若葉"),
    }
