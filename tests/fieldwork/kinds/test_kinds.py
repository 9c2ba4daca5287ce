"""The kinds of values in an entry: what each keeps, reads again, and puts into which columns."""

from dataclasses import FrozenInstanceError, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from tests.phone import new_shop
from tracker.errors import Invalid
from tracker.fieldwork.entry import COLUMNS, FIELDS, Entry, VisitEntry, said_in
from tracker.fieldwork.kinds.several import (
    Answers,
    AtTheTill,
    Hashes,
    Position,
    fix_in,
    route_bits_in,
)
from tracker.fieldwork.kinds.single import Kind, Moment, OneOf, Text, Uuid, Whole
from tracker.fieldwork.models import Visit
from tracker.fieldwork.sync.entries import NewShop, PhoneEntry, ShopAdded
from tracker.places.grid import Fix
from tracker.places.kinds import Segment
from tracker.survey.answers import Answer, Evidence
from tracker.survey.outcomes import Outcome
from tracker.survey.routes import NOTHING_SEEN, Route
from tracker.survey.traits import Trait

pytestmark = pytest.mark.once
FIX = Fix(356_717_000, 1_397_650_000, 8)
ENTRY = Entry(
    outcome=Outcome.ANSWERED,
    answers=dict.fromkeys(Trait, Answer.YES),
    observed_at=datetime(2026, 3, 14, 3, 0, tzinfo=UTC),
    fix=FIX,
    routes=(Route["PAYPAY_CODE"], Route["TERMINAL"]),
    photos=("a" * 64, "b" * 64),
    is_from_app=True,
)


@pytest.mark.parametrize(
    "kind",
    [
        Kind,
        Text,
        Whole,
        OneOf,
        Moment,
        Position,
        Answers,
        AtTheTill,
        Hashes,
        Uuid,
        ShopAdded,
        PhoneEntry,
    ],
)
def test_what_a_kind_is_told_is_told_by_name(kind: Any) -> None:
    """`Moment(True)` would say nothing to who reads it."""
    with pytest.raises(TypeError, match="takes 1 positional argument"):
        kind(True)


def test_a_plain_kind_judges_nothing_and_is_its_own_column() -> None:
    with pytest.raises(NotImplementedError):
        Kind().of_key({}, "note")
    assert Kind().column_names("note") == ("note",)
    assert Kind().columns("note", 5) == {"note": 5}
    assert Kind().from_json("note", {}) is None


@pytest.mark.parametrize(
    ("lat", "lon", "fix"),
    [
        (1, 2, Fix(1, 2, None)),
        (0, 0, Fix(0, 0, None)),
        (1, None, None),
        (None, 2, None),
        (None, None, None),
    ],
)
def test_half_a_position_is_none(lat: int | None, lon: int | None, fix: Fix | None) -> None:
    assert fix_in({"lat_e7": lat, "lon_e7": lon}, "fix") == fix
    assert fix_in({"open_lat_e7": lat, "open_lon_e7": lon}, "open_fix") == fix
    assert fix_in({"lat_e7": 1, "lon_e7": 2, "accuracy_m": 3}, "fix") == Fix(1, 2, 3)


def test_a_text_that_is_needed_is_missed_and_another_is_empty() -> None:
    assert Text(limit=5).of_key({}, "floor") == ""
    with pytest.raises(Invalid, match=r"“floor” must be text\."):
        Text(limit=5, is_needed=True).of_key({}, "floor")
    with pytest.raises(Invalid) as refusal:
        ShopAdded().read({key: one for key, one in new_shop().items() if key != "name"}, "new_shop")
    assert refusal.value.message == "“new_shop” must be text."


def test_a_list_has_an_empty_place_where_nothing_is_needed() -> None:
    free, needed = OneOf(of=Evidence), OneOf(of=Outcome, is_needed=True)
    assert free.allowed == ("", "door_sign", "till_sign", "asked", "saw_paid")
    assert needed.allowed == tuple(Outcome.values)
    assert (free.of_key({}, "evidence"), free.read("asked", "evidence")) == ("", "asked")
    assert needed.read("replaced", "outcome") is Outcome.REPLACED
    assert type(free.from_json("evidence", {"evidence": "asked"})) is str
    with pytest.raises(Invalid, match="“outcome” must be one of"):
        needed.of_key({}, "outcome")


def test_photos_are_kept_by_their_hashes_and_counted_in_the_row() -> None:
    photos = Hashes(limit=8)
    assert photos.columns("photos", ENTRY.photos) == {"photos_declared": 2}
    assert ENTRY.columns()["photos_declared"] == 2
    assert photos.as_json("photos", ENTRY.photos) == {"photos": ["a" * 64, "b" * 64]}
    assert photos.from_json("photos", {}) == ()


def test_an_entry_of_an_app_from_before_photos_were_told_has_none() -> None:
    content = VisitEntry(UUID(int=1), 7, ENTRY).content()
    del content["photos"]
    said = said_in(content)
    assert (said.photos, said.is_from_app) == ((), True)


def test_every_line_names_the_columns_that_it_fills() -> None:
    of_rows = {field.name for field in Visit._meta.get_fields()}
    assert len(set(COLUMNS)) == len(COLUMNS)
    assert set(COLUMNS) == set(ENTRY.columns())
    for one in FIELDS:
        names = one.kind.column_names(one.name)
        assert set(names) == set(one.kind.columns(one.name, getattr(ENTRY, one.name))), one.name
        assert set(names) <= of_rows
        assert names, one.name


def test_what_was_said_does_not_change() -> None:
    shop = NewShop("若葉", Segment.CAFE, "", "", 1, 2)
    visit = VisitEntry(UUID(int=1), 7, ENTRY)
    assert visit.sent_sha256 == ""  # a web form sends no bytes of its own
    for thing, name in ((ENTRY, "note"), (shop, "name"), (Whole(low=1), "low"), (visit, "shop_id")):
        with pytest.raises(FrozenInstanceError):
            setattr(thing, name, "x")


def test_the_till_is_kept_as_codes_in_their_order_and_as_bits_in_the_row() -> None:
    till = AtTheTill()
    seen = till.read(["terminal", "paypay_code", "terminal"], "routes")
    assert seen == (Route["PAYPAY_CODE"], Route["TERMINAL"])
    assert till.as_json("routes", seen) == {"routes": ["paypay_code", "terminal"]}
    assert till.from_json("routes", {"routes": ["paypay_code", "terminal"]}) == seen
    assert till.columns("routes", seen) == {"routes": 0b10000100}
    assert till.columns("routes", till.read(["nothing_seen"], "routes")) == {"routes": 0}


def test_an_entry_that_was_not_asked_for_the_till_says_nothing_of_it() -> None:
    """So the digests of all entries from before stay what they were."""
    till = AtTheTill()
    assert till.of_key({}, "routes") == till.read([], "routes") == ()
    assert till.as_json("routes", ()) == {}
    assert till.columns("routes", ()) == {"routes": None}
    assert said_in(VisitEntry(UUID(int=1), 7, replace(ENTRY, routes=())).content()).routes == ()


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (["cash"], "“routes” must be one of: alipay_mark, "),
        ([1], "“routes” must be one of"),
        ("terminal", "“routes” must be a list"),
        (["nothing_seen", "terminal"], "Choose what is at the till, or “Looked at the till"),
    ],
)
def test_what_cannot_be_at_a_till_is_refused(value: object, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence) as refusal:
        AtTheTill().read(value, "routes")
    assert refusal.value.field == "routes"
    assert NOTHING_SEEN in AtTheTill.ALLOWED


def test_the_till_of_a_content_is_told_as_a_column_keeps_it() -> None:
    assert route_bits_in({"routes": ["paypay_code", "terminal"]}) == 0b10000100
    assert route_bits_in({"routes": ["nothing_seen"]}) == 0
    assert route_bits_in({}) is None
