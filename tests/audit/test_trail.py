"""The trail is a chain: whatever is changed in it shows."""

from datetime import timedelta

import pytest

from tests.factories import NOON
from tracker.accounts.models import User
from tracker.audit import trail
from tracker.audit.models import AuditEvent

pytestmark = pytest.mark.django_db
CHANGES: list[dict[str, object]] = [
    {"at": NOON + timedelta(seconds=1)},
    {"kind": "other"},
    {"actor_id": 99},
    {"actor_name": "other"},
    {"subject_type": "other"},
    {"subject_id": "other"},
    {"facts": {"number": 99}},
    {"previous_digest": "f" * 64},
    {"digest": "f" * 64},
]


def write(actor: User, number: int) -> AuditEvent:
    return trail.record(
        kind="tested",
        actor=actor,
        subject_type="test",
        subject_id=number,
        at=NOON,
        facts={"number": number},
    )


def test_events_follow_one_another(aki: User) -> None:
    first, second = write(aki, 1), write(aki, 2)
    assert first.previous_digest == trail.FIRST_DIGEST
    assert second.previous_digest == first.digest
    assert trail.first_broken_event() is None


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: next(iter(change)))
def test_a_change_of_any_column_names_the_event(aki: User, change: dict[str, object]) -> None:
    events = [write(aki, number) for number in range(3)]
    AuditEvent.objects.filter(pk=events[1].pk).update(**change)
    broken = trail.first_broken_event()
    assert broken is not None
    assert broken.pk == events[1].pk


def test_events_written_together_are_chained_like_single_ones(aki: User) -> None:
    write(aki, 1)
    together = [trail.Event("tested", "test", number, {"number": number}) for number in (2, 3)]
    rows = trail.record_all(events=together, actor=aki, at=NOON)
    write(aki, 4)
    assert trail.record_all(events=[], actor=aki, at=NOON) == []
    kept = list(AuditEvent.objects.order_by("pk"))
    assert [event.subject_id for event in kept] == ["1", "2", "3", "4"]
    assert kept[1:3] == rows
    assert [event.previous_digest for event in kept[1:]] == [event.digest for event in kept[:-1]]
    assert trail.first_broken_event() is None


def test_a_removed_event_shows_at_the_next(aki: User) -> None:
    events = [write(aki, number) for number in range(3)]
    events[1].delete()
    broken = trail.first_broken_event()
    assert broken is not None
    assert broken.pk == events[2].pk
