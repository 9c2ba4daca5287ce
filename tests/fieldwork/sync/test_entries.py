"""Every field of a phone's entry is judged, and what is wrong is said with its name."""

from dataclasses import asdict
from datetime import UTC, datetime
from uuid import UUID

import pytest

from tests.phone import Doc
from tests.phone import new_shop as shop_of
from tracker.errors import Invalid
from tracker.fieldwork.sync.entries import Came, entry_from, read_entry
from tracker.places.grid import Fix
from tracker.survey.answers import Answer
from tracker.survey.outcomes import Outcome
from tracker.survey.traits import Trait

CAME = Came("c" * 64, datetime(2026, 11, 25, 1, 3, tzinfo=UTC), None)
pytestmark = pytest.mark.once
UUIDS = ["0198c0de-0000-4000-8000-000000000001", "0198c0de-0000-4000-8000-000000000002"]
FIX = {"lat_e7": 356_717_000, "lon_e7": 1_397_650_000, "accuracy_m": 8}
DOC: Doc = {
    "v": 1, "uuid": UUIDS[0], "revision": 1, "owner": 12, "shop": UUIDS[1],
    "outcome": "answered", "answers": {"alipay": "yes"}, "evidence": "door_sign", "note": "n",
    "device_time": "2026-11-25T01:02:03.456Z", "offset_ms": 120, "filled_ms": 8200,
    "open_fix": FIX, "fix": None, "notice": "", "no_photo": "", "photos": ["a" * 64],
}  # fmt: skip


def test_an_entry_is_read_field_by_field() -> None:
    entry = entry_from(DOC, CAME)
    assert (entry.uuid, entry.shop) == (UUID(UUIDS[0]), UUID(UUIDS[1]))
    assert entry.answers == {
        Trait["ALIPAY"]: Answer.YES,
        Trait["WECHAT_PAY"]: Answer.NOT_CHECKED,
        Trait["CHINESE_STAFF"]: Answer.NOT_CHECKED,
    }
    assert (entry.outcome, entry.open_fix) == (Outcome.ANSWERED, Fix(**FIX))
    assert entry.photos == ("a" * 64,)


def test_what_may_be_left_out_is_empty() -> None:
    least = ("v", "uuid", "revision", "owner", "shop", "outcome", "answers", "device_time")
    entry = entry_from({key: DOC[key] for key in least}, CAME)
    assert (entry.evidence, entry.note, entry.notice, entry.no_photo) == ("", "", "", "")
    assert (entry.offset_ms, entry.filled_ms, entry.fix, entry.photos) == (None, None, None, ())


def test_what_waits_is_read_again_as_it_was() -> None:
    doc = DOC | {"new_shop": shop_of(extra=1), "extra": "x", "note": "a\0b"}
    first = entry_from(doc, CAME)
    assert "extra" not in str(first.content)
    assert asdict(entry_from(first.content, CAME)) == asdict(first)


WRONG: list[tuple[str, object, str]] = [
    ("v", 2, "v"),
    ("v", True, "v"),
    ("uuid", "x", "uuid"),
    ("uuid", UUIDS[0].replace("-", ""), "uuid"),
    ("revision", 0, "revision"),
    ("revision", 32_768, "revision"),
    ("owner", "12", "owner"),
    ("shop", None, "shop"),
    ("outcome", "moved", "outcome"),
    ("outcome", ["answered"], "outcome"),
    ("answers", [], "answers"),
    ("answers", {"paypay": "yes"}, "answers"),
    ("answers", {"alipay": "maybe"}, "alipay"),
    ("answers", {"alipay": None}, "alipay"),
    ("answers", {}, "alipay"),
    ("outcome", "closed_today", "outcome"),  # and yet it has an answer
    ("evidence", "heard", "evidence"),
    ("note", "x" * 2001, "note"),
    ("note", 5, "note"),
    ("device_time", "", "device_time"),
    ("device_time", 1_700_000_000, "device_time"),
    ("device_time", "2026-11-25T01:02:03", "device_time"),  # no zone
    ("offset_ms", 1.5, "offset_ms"),
    ("offset_ms", 10**15, "offset_ms"),
    ("filled_ms", -1, "filled_ms"),
    ("filled_ms", 2**31, "filled_ms"),
    ("fix", {}, "fix"),
    ("fix", FIX | {"lat_e7": 900_000_001}, "fix"),
    ("open_fix", FIX | {"accuracy_m": -1}, "open_fix"),
    ("open_fix", FIX | {"accuracy_m": float("inf")}, "open_fix"),
    ("notice", "seen", "notice"),
    ("no_photo", "rain", "no_photo"),
    ("photos", {}, "photos"),
    ("photos", ["A" * 64], "photos"),
    ("photos", ["a" * 64] * 2, "photos"),
    ("photos", [f"{number:064x}" for number in range(9)], "photos"),
    ("new_shop", {}, "new_shop"),
    ("new_shop", shop_of(name=" "), "new_shop"),
    ("new_shop", shop_of(segment="bank"), "new_shop"),
    ("new_shop", shop_of(floor="x" * 11), "new_shop"),
    ("new_shop", shop_of(lat_e7="35.6"), "new_shop"),
]


@pytest.mark.parametrize(("key", "value", "field"), WRONG, ids=lambda value: str(value)[:20])
def test_what_cannot_be_right_is_named(key: str, value: object, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        entry_from(DOC | {key: value}, CAME)
    assert refusal.value.field == field
    assert len(refusal.value.message) > 10


@pytest.mark.parametrize("data", [b"", b"[]", b"\xff", b"[" * 100_000, b"9" * 5000])
def test_bytes_that_are_no_object_are_refused(data: bytes) -> None:
    with pytest.raises(Invalid) as refusal:
        read_entry(data, CAME)
    assert refusal.value.field == "entry"
