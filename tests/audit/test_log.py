"""The log is a chain: whatever is changed in it is named."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from django.db import transaction

from tests.factories import NOON
from tracker.accounts.models import User
from tracker.audit import log
from tracker.audit.models import AuditEvent, LogHead

pytestmark = [pytest.mark.django_db, pytest.mark.both]
COLUMNS = [column.attname for column in AuditEvent._meta.concrete_fields]
ROWS = 6


def write(actor: User, number: int) -> AuditEvent:
    return log.record(
        kind="tested",
        actor=actor,
        subject_type="test",
        subject_id=number,
        at=NOON,
        facts={"number": number},
    )


@pytest.fixture
def events(aki: User) -> list[AuditEvent]:
    """Six events, numbered 1 to 6."""
    written = [write(aki, number) for number in range(ROWS)]
    assert ([event.pk for event in written], log.breaks()) == ([1, 2, 3, 4, 5, 6], [])
    return written


def named() -> list[str]:
    return [found.where for found in log.breaks()]


def another(value: object) -> object:
    """A value of the same type that the column does not hold; any type a column may get."""
    match value:
        case datetime():
            return value + timedelta(microseconds=1)
        case int():
            return value + 100
        case str():
            return f"{'f' if value[:1] != 'f' else 'e'}{value[1:]}"
        case dict():
            return {**value, "more": 1}
    raise TypeError(f"a column holds a {type(value)}: say here how it is changed")


def test_events_follow_one_another(events: list[AuditEvent]) -> None:
    assert events[0].previous_digest == log.FIRST_DIGEST
    assert all(after.previous_digest == before.digest for before, after in pairwise(events))
    assert LogHead.objects.get().digest == events[-1].digest


@pytest.mark.parametrize("place", [0, 2, ROWS - 1])
@pytest.mark.parametrize("column", COLUMNS)
def test_a_change_of_any_column_of_any_event_names_it(
    events: list[AuditEvent], column: str, place: int
) -> None:
    event = events[place]
    value = another(getattr(event, column))
    AuditEvent.objects.filter(pk=event.pk).update(**{column: value})
    assert f"log event {value if column == 'id' else event.pk}" in named()


@pytest.mark.parametrize(
    "change", [{"actor_id": None}, {"facts": {}}, {"subject_id": ""}, {"facts": {"number": "2"}}]
)
def test_what_was_emptied_is_named(events: list[AuditEvent], change: dict[str, object]) -> None:
    AuditEvent.objects.filter(pk=3).update(**change)
    assert named() == ["log event 3"]


@pytest.mark.parametrize("place", range(ROWS))
def test_what_is_the_same_again_is_no_change(events: list[AuditEvent], place: int) -> None:
    event = events[place]
    values = {column: getattr(event, column) for column in COLUMNS}
    AuditEvent.objects.filter(pk=event.pk).update(**values)
    assert named() == []


@pytest.mark.parametrize("cut", [1, 3, ROWS])
def test_an_end_that_was_cut_off_is_named(events: list[AuditEvent], cut: int) -> None:
    AuditEvent.objects.filter(pk__gt=ROWS - cut).delete()
    assert named() == [f"log after event {ROWS - cut}"]


def test_a_cut_end_is_named_after_more_was_written(aki: User, events: list[AuditEvent]) -> None:
    AuditEvent.objects.filter(pk__gt=3).delete()
    assert write(aki, 9).pk == 4
    write(aki, 10)
    assert named() == ["log event 4"]


@pytest.mark.parametrize("gone", [[1], [3], [2, 3, 4]])
def test_events_cut_out_show_at_the_next(events: list[AuditEvent], gone: list[int]) -> None:
    AuditEvent.objects.filter(pk__in=gone).delete()
    assert named() == [f"log event {gone[-1] + 1}"]


def move(number: int, to: int) -> None:
    AuditEvent.objects.filter(pk=number).update(id=to)


@pytest.mark.parametrize(("one", "two"), [(1, 2), (3, 4), (2, 6), (5, 6)])
def test_two_events_changed_about_are_both_named(
    events: list[AuditEvent], one: int, two: int
) -> None:
    move(one, 99)
    move(two, one)
    move(99, two)
    assert {f"log event {one}", f"log event {two}"} <= set(named())


def test_two_contents_changed_about_are_both_named(events: list[AuditEvent]) -> None:
    second, fifth = events[1], events[4]
    AuditEvent.objects.filter(pk=2).update(subject_id=fifth.subject_id, facts=fifth.facts)
    AuditEvent.objects.filter(pk=5).update(subject_id=second.subject_id, facts=second.facts)
    assert named() == ["log event 2", "log event 5"]


def added(number: int, after: AuditEvent) -> AuditEvent:
    """A row put in by somebody who knows how a digest is made."""
    row = AuditEvent(
        pk=number, at=NOON, kind="tested", actor_id=None, actor_name="", subject_type="test",
        subject_id="x", facts={}, previous_digest=after.digest,
    )  # fmt: skip
    row.digest = log.event_digest(row)
    row.save(force_insert=True)
    return row


def test_events_added_at_the_end_by_hand_are_named(events: list[AuditEvent]) -> None:
    added(ROWS + 2, added(ROWS + 1, events[-1]))
    assert named() == ["log event 7", "log event 8"]


def test_an_event_before_the_first_is_named(events: list[AuditEvent]) -> None:
    added(0, events[-1])
    assert "log event 0" in named()


def test_an_end_written_anew_with_right_digests_is_named(events: list[AuditEvent]) -> None:
    """Who makes the chain again from an event on still has another end than the head."""
    AuditEvent.objects.filter(pk__gt=4).delete()
    added(6, added(5, events[3]))
    assert named() == ["log after event 6"]


@pytest.mark.parametrize("left", [0, 2])
def test_a_head_that_is_gone_or_another_is_named(events: list[AuditEvent], left: int) -> None:
    AuditEvent.objects.filter(pk__gt=left).delete()
    LogHead.objects.all().delete()
    # Without any event and without a head the log is that of an empty site.
    assert named() == (["head of the log"] if left else [])


def test_a_head_moved_back_names_what_is_behind_it(events: list[AuditEvent]) -> None:
    LogHead.objects.update(digest=events[3].digest)
    assert named() == ["log event 5", "log event 6"]


def test_numbers_have_no_gap_after_a_rollback(aki: User) -> None:
    write(aki, 1)
    with transaction.atomic():
        write(aki, 2)
        transaction.set_rollback(True)
    assert (write(aki, 3).pk, named()) == (2, [])


def test_events_written_together_are_chained_like_single_ones(aki: User) -> None:
    write(aki, 1)
    together = [log.Event("tested", "test", number, {"number": number}) for number in (2, 3)]
    rows = log.record_all(events=together, actor=aki, at=NOON)
    write(aki, 4)
    assert log.record_all(events=[], actor=aki, at=NOON) == []
    kept = list(AuditEvent.objects.order_by("pk"))
    assert [event.subject_id for event in kept] == ["1", "2", "3", "4"]
    assert kept[1:3] == rows
    assert [event.previous_digest for event in kept[1:]] == [event.digest for event in kept[:-1]]
    assert log.breaks() == []
