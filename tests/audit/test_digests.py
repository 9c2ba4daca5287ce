"""The digest of an event covers everything, and the digest before it: so the log is a chain."""

import hashlib
from copy import copy
from dataclasses import FrozenInstanceError
from datetime import UTC, datetime, timedelta, timezone
from itertools import combinations, pairwise

import pytest

from tests.factories import NOON
from tracker.accounts.models import User
from tracker.audit import log
from tracker.audit.models import AuditEvent, LogHead

pytestmark = pytest.mark.both

COVERED = [field.attname for field in AuditEvent._meta.concrete_fields if field.name != "digest"]
TEXTS = ["kind", "actor_name", "subject_type", "subject_id", "previous_digest"]


def event(**values: object) -> AuditEvent:
    """An event with something in each column; it is not saved."""
    fields: dict[str, object] = {
        "id": 7,
        "previous_digest": "a" * 64,
        "at": datetime(2026, 3, 14, 3, 0, 0, 120, tzinfo=UTC),
        "kind": "visit_approved",
        "actor_id": 12,
        "actor_name": "mori",
        "subject_type": "visit",
        "subject_id": "千",
        "facts": {"to": "approved", "from": "submitted"},
    }
    return AuditEvent(**(fields | values))


def other(value: object) -> object:
    """A value of the same type, as near as can be."""
    match value:
        case datetime():
            return value + timedelta(microseconds=1)
        case int():
            return value + 1
        case str():
            return value + "x"
        case dict():
            return value | {"more": 1}
    raise TypeError(f"a column holds a {type(value)}: say here how it is changed")


def test_a_stranger_computes_the_same_digest() -> None:
    """Written out by hand, as docs/security.md says it: order, keys, zone, no blanks, UTF-8."""
    text = (
        f'[7,"{"a" * 64}","2026-03-14T03:00:00.000120+00:00","visit_approved",12,"mori",'
        '"visit","千",{"from":"submitted","to":"approved"}]'
    )
    assert log.event_digest(event()) == hashlib.sha256(text.encode("utf-8")).hexdigest()


@pytest.mark.parametrize("column", COVERED)
def test_no_column_is_left_out_of_the_digest(column: str) -> None:
    changed = event(**{column: other(getattr(event(), column))})
    assert log.event_digest(changed) != log.event_digest(event())


@pytest.mark.parametrize(("one", "two"), list(combinations(TEXTS, 2)))
def test_two_columns_changed_about_are_another_event(one: str, two: str) -> None:
    first = event()
    changed = event(**{one: getattr(first, two), two: getattr(first, one)})
    assert log.event_digest(changed) != log.event_digest(first)


def test_the_zone_of_a_moment_and_the_order_of_facts_are_no_difference() -> None:
    """A database gives moments in its own zone, and keys in its own order."""
    tokyo = timezone(timedelta(hours=9))
    same = event(at=event().at.astimezone(tokyo), facts={"from": "submitted", "to": "approved"})
    assert log.event_digest(same) == log.event_digest(event())


def test_the_first_event_follows_sixty_four_noughts() -> None:
    assert log.FIRST_DIGEST == "0" * 64


def write(actor: User | None, number: int) -> AuditEvent:
    return log.record(kind="tested", actor=actor, subject_type="test", subject_id=number, at=NOON)


@pytest.mark.django_db
def test_an_event_forged_with_its_right_digest_breaks_the_one_behind_it(aki: User) -> None:
    """Who changes an event, makes its digest anew and points the next event to it is found out:
    the digest of that next event covers the digest before it."""
    events = [write(aki, number) for number in range(1, 5)]
    forged = copy(events[1])
    forged.actor_name = "ben"
    forged.digest = log.event_digest(forged)
    AuditEvent.objects.filter(pk=2).update(actor_name="ben", digest=forged.digest)
    AuditEvent.objects.filter(pk=3).update(previous_digest=forged.digest)
    assert [(found.where, found.found) for found in log.breaks()] == [
        ("log event 3", "another content")
    ]


@pytest.mark.django_db
def test_equal_acts_have_different_digests(aki: User) -> None:
    """Each follows another one: no two lines of the log are the same."""
    first, second = write(aki, 1), write(aki, 1)
    assert (first.subject_id, first.at, first.facts) == (second.subject_id, second.at, second.facts)
    assert first.digest != second.digest


@pytest.mark.django_db
def test_what_is_recorded_is_what_was_said(aki: User) -> None:
    kept = log.record(
        kind="visit_approved",
        actor=aki,
        subject_type="visit",
        subject_id=5,
        at=NOON,
        facts={"to": "approved"},
    )
    timed = log.record(kind="swept", actor=None, subject_type="outbox", subject_id="x", at=NOON)
    rows = list(AuditEvent.objects.order_by("pk").values())
    assert rows == [
        {
            "id": 1, "at": NOON, "kind": "visit_approved", "actor_id": aki.pk, "actor_name": "aki",
            "subject_type": "visit", "subject_id": "5", "facts": {"to": "approved"},
            "previous_digest": "0" * 64, "digest": kept.digest,
        },
        {
            "id": 2, "at": NOON, "kind": "swept", "actor_id": None, "actor_name": "",
            "subject_type": "outbox", "subject_id": "x", "facts": {},
            "previous_digest": kept.digest, "digest": timed.digest,
        },
    ]  # fmt: skip


@pytest.mark.django_db
def test_each_kind_of_break_says_what_stands_there_and_what_should(aki: User) -> None:
    events = [write(aki, number) for number in range(1, 8)]
    AuditEvent.objects.filter(pk=1).update(kind="forged")
    AuditEvent.objects.filter(pk=3).delete()
    following = AuditEvent.objects.get(pk=6)
    following.previous_digest = "f" * 64
    following.digest = log.event_digest(following)
    following.save()
    assert [(one.where, one.found, one.expected) for one in log.breaks()] == [
        ("log event 1", "another content", "the content its digest was made of"),
        ("log event 4", "as the one after 2", "event 3"),
        ("log event 6", "another event before it", "an unbroken chain"),
        ("log event 7", "another event before it", "an unbroken chain"),
    ]
    assert all(after.pk == before.pk + 1 for before, after in pairwise(events))


@pytest.mark.django_db
def test_each_kind_of_end_says_what_stands_there_and_what_should(aki: User) -> None:
    events = [write(aki, number) for number in range(1, 4)]
    head = LogHead.objects
    head.update(digest="e" * 64)
    assert log.breaks() == [log.Break("log after event 3", "its end", f"the event {'e' * 12}…")]
    head.update(digest=events[1].digest)
    assert log.breaks() == [log.Break("log event 3", "an event behind the end", "none")]
    head.all().delete()
    assert log.breaks() == [log.Break("head of the log", "nothing", "the digest of event 3")]


@pytest.mark.django_db
def test_an_act_without_facts_has_none_and_lends_none_to_another(aki: User) -> None:
    first, second = log.Event("tested", "test", 1), log.Event("tested", "test", 2)
    assert (first.facts, second.facts) == ({}, {})
    assert first.facts is not second.facts
    rows = log.record_all(events=[first, second], actor=aki, at=NOON)
    assert [row.facts for row in rows] == [{}, {}]


@pytest.mark.parametrize(
    ("thing", "name"), [(log.Event("k", "t", 1), "kind"), (log.Break("w", "f", "e"), "where")]
)
def test_what_was_said_is_not_said_otherwise_later(thing: object, name: str) -> None:
    with pytest.raises(FrozenInstanceError):
        setattr(thing, name, "other")
