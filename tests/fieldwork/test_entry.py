"""What was said of a shop reads the same for ever, whatever is asked for later.

The examples are contents and digests as databases keep them since the first release. None of
them may ever be made anew: a digest is a receipt.
"""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest

from tracker.fieldwork.entry import FIELDS, Entry, VisitEntry, content_digest, said_in
from tracker.fieldwork.kinds.several import answers_in
from tracker.fieldwork.models import Visit
from tracker.places.grid import Fix
from tracker.survey.answers import Answer
from tracker.survey.outcomes import Outcome
from tracker.survey.traits import Trait

pytestmark = pytest.mark.once
ALIPAY, WECHAT_PAY, CHINESE_STAFF = map(Trait, ("alipay", "wechat_pay", "chinese_staff"))
UUID_ONE = UUID("0198c0de-0000-4000-8000-000000000001")
NONE = {
    ALIPAY: Answer.NOT_CHECKED,
    WECHAT_PAY: Answer.NOT_CHECKED,
    CHINESE_STAFF: Answer.NOT_CHECKED,
}
ALL_TRAITS = dict.fromkeys(Trait, Answer.NOT_CHECKED)  # those asked for by now
TOKYO = timezone(timedelta(hours=9))

FORM = VisitEntry(
    UUID_ONE,
    7,
    Entry(
        outcome=Outcome.ANSWERED,
        answers={
            ALIPAY: Answer.YES,
            WECHAT_PAY: Answer.NO,
            CHINESE_STAFF: Answer.UNSURE,
        },
        evidence="door_sign",
        note="青い看板 “new”\n🏮",
        observed_at=datetime(2026, 3, 14, 3, 0, tzinfo=UTC),
        opened_at=datetime(2026, 3, 14, 2, 59, 30, 250_000, tzinfo=UTC),
        fix=Fix(356_717_000, 1_397_650_000, 8),
    ),
)
BARE_FORM = VisitEntry(
    UUID_ONE,
    8,
    Entry(
        outcome=Outcome.CLOSED_TODAY,
        answers=NONE,
        observed_at=datetime(2026, 3, 14, 12, 0, tzinfo=TOKYO),
    ),
)
APP = VisitEntry(
    UUID_ONE,
    9,
    Entry(
        outcome=Outcome.ANSWERED,
        answers=NONE | {ALIPAY: Answer.YES},
        evidence="asked",
        note="n",
        observed_at=datetime(2026, 11, 25, 1, 2, 3, 576_000, tzinfo=UTC),
        fix=Fix(356_717_000, 1_397_650_000),
        device_time=datetime(2026, 11, 25, 1, 2, 3, 456_000, tzinfo=UTC),
        clock_offset_ms=120,
        filled_ms=8200,
        open_fix=Fix(-356_717_001, -1_397_650_001, 31),
        notice="kept",
        no_photo="camera",
        photos=("a" * 64, "b" * 64),
        is_from_app=True,
    ),
    "c" * 64,
)
BARE_APP = VisitEntry(
    UUID_ONE,
    10,
    Entry(
        outcome=Outcome.REPLACED,
        answers=NONE,
        observed_at=datetime(2026, 11, 25, 1, 2, 3, tzinfo=UTC),
        is_from_app=True,
    ),
    "d" * 64,
)
FROZEN = {
    "a form": (
        FORM,
        (
            '{"shop": 7, "outcome": "answered", "evidence": "door_sign", '
            '"note": "青い看板 “new”\\n🏮", "observed_at": "2026-03-14T03:00:00+00:00", '
            '"opened_at": "2026-03-14T02:59:30.250000+00:00", "lat_e7": 356717000, '
            '"lon_e7": 1397650000, "accuracy_m": 8, "alipay": "yes", "wechat_pay": "no", '
            '"chinese_staff": "unsure"}'
        ),
        "2480e9fd068ad909272865e7e760a22fd9527c9c52e61a2624ff09b1e29b3dc0",
    ),
    "a form with the least": (
        BARE_FORM,
        (
            '{"shop": 8, "outcome": "closed_today", "evidence": "", "note": "", '
            '"observed_at": "2026-03-14T12:00:00+09:00", "opened_at": null, "lat_e7": null, '
            '"lon_e7": null, "accuracy_m": null, "alipay": "not_checked", '
            '"wechat_pay": "not_checked", "chinese_staff": "not_checked"}'
        ),
        "37cb0044afda8f1a46b080eb3b2c203160e108ea2bef057705c598ca698b2dc4",
    ),
    "an app": (
        APP,
        '{"shop": 9, "outcome": "answered", "evidence": "asked", "note": "n", '
        '"observed_at": "2026-11-25T01:02:03.576000+00:00", "opened_at": null, '
        '"lat_e7": 356717000, "lon_e7": 1397650000, "accuracy_m": null, "alipay": "yes", '
        '"wechat_pay": "not_checked", "chinese_staff": "not_checked", '
        '"device_time": "2026-11-25T01:02:03.456000+00:00", "clock_offset_ms": 120, '
        '"filled_ms": 8200, "open_lat_e7": -356717001, "open_lon_e7": -1397650001, '
        '"open_accuracy_m": 31, "notice": "kept", "no_photo": "camera", '
        '"photos": ["' + "a" * 64 + '", "' + "b" * 64 + '"]}',
        "edeb8b68fae1cd84ec6bbfd5de6cfce7425811c1b48c28cbc511d9afce5fdaf7",
    ),
    "an app with the least": (
        BARE_APP,
        (
            '{"shop": 10, "outcome": "replaced", "evidence": "", "note": "", '
            '"observed_at": "2026-11-25T01:02:03+00:00", "opened_at": null, "lat_e7": null, '
            '"lon_e7": null, "accuracy_m": null, "alipay": "not_checked", '
            '"wechat_pay": "not_checked", "chinese_staff": "not_checked", "device_time": null, '
            '"clock_offset_ms": null, "filled_ms": null, "open_lat_e7": null, '
            '"open_lon_e7": null, "open_accuracy_m": null, "notice": "", "no_photo": "", '
            '"photos": []}'
        ),
        "45f7a5c40624d8647d87c32a8018adbca91305ccbfc35320472cb185659300d4",
    ),
}


@pytest.mark.parametrize("kind", FROZEN)
def test_the_content_of_an_entry_never_changes(kind: str) -> None:
    entry, text, _digest = FROZEN[kind]
    assert json.dumps(entry.content(), ensure_ascii=False) == text


@pytest.mark.parametrize("kind", FROZEN)
def test_the_content_digest_an_entry_never_changes(kind: str) -> None:
    entry, text, digest = FROZEN[kind]
    assert (content_digest(entry.content()), content_digest(json.loads(text))) == (digest, digest)


@pytest.mark.parametrize("kind", FROZEN)
def test_what_was_kept_is_read_again_as_it_was(kind: str) -> None:
    entry, text, _digest = FROZEN[kind]
    said = entry.said
    assert said_in(json.loads(text)) == replace(said, answers={**ALL_TRAITS, **said.answers})


def test_what_was_not_asked_for_then_reads_as_empty() -> None:
    content = {"outcome": "answered", "observed_at": "2026-03-14T03:00:00+00:00", "alipay": "yes"}
    assert said_in(content) == Entry(
        outcome=Outcome.ANSWERED,
        answers=ALL_TRAITS | {ALIPAY: Answer.YES},
        observed_at=datetime(2026, 3, 14, 3, 0, tzinfo=UTC),
    )


def test_a_trait_that_was_not_asked_for_was_not_checked() -> None:
    told = answers_in({"outcome": "answered", "alipay": "yes", "wechat_pay": "no"})
    assert (told["alipay"], told["wechat_pay"], told["chinese_staff"]) == (
        "yes",
        "no",
        "not_checked",
    )
    assert tuple(told) == tuple(Trait.values)


def test_every_line_of_the_entry_has_its_columns() -> None:
    columns = {field.name for field in Visit._meta.get_fields()}
    assert set(APP.said.columns()) - columns == set()
    told = {one.name for one in FIELDS} | {"is_from_app"}
    assert told == set(Entry.__dataclass_fields__)


def test_the_form_leaves_alone_what_only_the_app_knows() -> None:
    assert set(APP.said.columns()) - set(FORM.said.columns()) == {
        "device_time", "clock_offset_ms", "filled_ms", "open_lat_e7", "open_lon_e7",
        "open_accuracy_m", "notice", "no_photo", "photos_declared",
    }  # fmt: skip
