"""Work is put down once, taken by one worker, done or put back: each rule, to the second."""

import logging
from datetime import datetime, timedelta
from typing import Any

import pytest
from celery import current_app
from django.utils import timezone
from kombu.exceptions import OperationalError
from pytest_django import DjangoCaptureOnCommitCallbacks

from tests.factories import NOON
from tracker.outbox import actions as outbox
from tracker.outbox.models import OutboxMessage
from tracker.outbox.queries import due_messages, open_messages

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
APP: Any = current_app  # whose stubs let nothing follow a change of it
LIFE = timedelta(seconds=outbox.CLAIM_SECONDS)


def message(handler: str = "refresh_shop", about: int = 1, **values: Any) -> OutboxMessage:
    """A row as it lies in the table, due since noon."""
    fields = {"created_at": NOON, "due_at": NOON} | values
    return OutboxMessage.objects.create(handler=handler, about=str(about), **fields)


def again(row: OutboxMessage) -> OutboxMessage:
    row.refresh_from_db()
    return row


@pytest.fixture
def notified(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What was told to the broker."""
    told: list[dict[str, Any]] = []
    monkeypatch.setattr(APP, "send_task", lambda name, **words: told.append({"name": name} | words))
    return told


Committing = DjangoCaptureOnCommitCallbacks


def test_what_is_put_down_is_due_at_once_and_a_worker_is_notified_after_the_commit(
    notified: list[dict[str, Any]], django_capture_on_commit_callbacks: Committing
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        row = again(outbox.put(handler="draw_map", about=17, at=NOON))
        assert notified == []  # not before the commit
    assert (row.handler, row.about, row.created_at, row.due_at) == ("draw_map", "17", NOON, NOON)
    assert (row.attempts, row.claimed_at, row.done_at, row.set_aside_at) == (0, None, None, None)
    assert notified == [
        {"name": "tracker.work_outbox", "args": [row.pk], "retry": False, "ignore_result": True}
    ]


def test_what_is_due_later_keeps_its_time(notified: list[dict[str, Any]]) -> None:
    row = again(outbox.put(handler="x", about="a", at=NOON, due_at=NOON + SECOND, notify=False))
    assert (row.created_at, row.due_at) == (NOON, NOON + SECOND)


def test_what_need_not_be_told_is_not(
    notified: list[dict[str, Any]], django_capture_on_commit_callbacks: Committing
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        outbox.put(handler="x", about=1, at=NOON, notify=False)
        with outbox.without_notifying():
            outbox.put(handler="x", about=2, at=NOON)
            outbox.put_all(handler="x", abouts=[3, 4], at=NOON)
            with outbox.without_notifying():
                pass
            outbox.put(handler="x", about=5, at=NOON)  # still quiet: the inner one ended, not this
    assert notified == []
    assert OutboxMessage.objects.count() == 5


def test_workers_are_notified_again_afterwards_even_after_a_failure(
    notified: list[dict[str, Any]], django_capture_on_commit_callbacks: Committing
) -> None:
    with pytest.raises(ZeroDivisionError), outbox.without_notifying():
        raise ZeroDivisionError
    with django_capture_on_commit_callbacks(execute=True):
        outbox.put(handler="x", about=1, at=NOON)
    assert len(notified) == 1


def test_many_are_put_down_with_one_notice(
    notified: list[dict[str, Any]], django_capture_on_commit_callbacks: Committing
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        outbox.put_all(handler="screen_visit", abouts=[8, "9"], at=NOON)
        outbox.put_all(handler="screen_visit", abouts=[], at=NOON)
    rows = list(OutboxMessage.objects.order_by("pk"))
    assert [(row.handler, row.about) for row in rows] == [
        ("screen_visit", "8"),
        ("screen_visit", "9"),
    ]
    assert {(row.created_at, row.due_at) for row in rows} == {(NOON, NOON)}
    assert [told["args"] for told in notified] == [[rows[0].pk]]


@pytest.mark.parametrize("error", [OperationalError("away"), OSError("no route")])
def test_a_broker_that_is_away_costs_nothing(
    error: Exception, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(name: str, **words: object) -> None:
        raise error

    monkeypatch.setattr(APP, "send_task", fail)
    with caplog.at_level(logging.INFO, "tracker.outbox.actions"):
        outbox.notify_worker(5)
    assert "message 5 waits for the sweeper" in caplog.text


def test_the_tasks_of_celery_know_the_name_that_is_sent() -> None:
    APP.loader.import_default_modules()
    assert outbox.WORK_TASK in APP.tasks


def test_a_claim_counts_an_attempt_and_is_of_one_message() -> None:
    row, other = message(), message(about=2)
    assert outbox.claim(message_id=row.pk, at=NOON) is True
    assert (again(row).claimed_at, row.attempts) == (NOON, 1)
    assert (again(other).claimed_at, other.attempts) == (None, 0)
    assert outbox.claim(message_id=0, at=NOON) is False


def test_a_claim_holds_for_half_a_minute_and_not_a_moment_less() -> None:
    row = message()
    assert outbox.CLAIM_SECONDS == 30
    assert outbox.claim(message_id=row.pk, at=NOON) is True
    assert outbox.claim(message_id=row.pk, at=NOON + LIFE) is False
    assert outbox.claim(message_id=row.pk, at=NOON + LIFE + SECOND) is True
    assert again(row).attempts == 2


@pytest.mark.parametrize(
    ("values", "can_be_claimed"),
    [
        ({}, True),
        ({"due_at": NOON + SECOND}, False),
        ({"done_at": NOON}, False),
        ({"set_aside_at": NOON}, False),
        ({"claimed_at": NOON - LIFE}, False),
        ({"claimed_at": NOON - LIFE - SECOND}, True),
    ],
)
def test_what_can_be_claimed_is_what_a_worker_is_offered(
    values: dict[str, Any], can_be_claimed: bool
) -> None:
    row = message(**values)
    offered = due_messages(at=NOON, claim_seconds=outbox.CLAIM_SECONDS)
    assert list(offered) == ([row] if can_be_claimed else [])
    assert outbox.claim(message_id=row.pk, at=NOON) is can_be_claimed


def test_open_is_what_is_neither_done_nor_set_aside() -> None:
    waiting, claimed = message(), message(claimed_at=NOON, due_at=NOON + LIFE)
    message(done_at=NOON)
    message(set_aside_at=NOON)
    assert set(open_messages()) == {waiting, claimed}


def test_alike_are_taken_up_to_so_many_the_longest_due_first() -> None:
    first = message(about=1, due_at=NOON + SECOND)
    assert outbox.claim(message_id=first.pk, at=NOON + 2 * SECOND)
    late = message(about=2, due_at=NOON + 2 * SECOND)
    early, duplicate = message(about=3), message(about=4)
    at = NOON + 3 * SECOND
    taken = outbox.claim_alike(message=first, most=2, at=at)
    assert {row.pk for row in taken} == {early.pk, duplicate.pk}
    assert [(again(row).claimed_at, row.attempts) for row in (early, duplicate, late)] == [
        (at, 1), (at, 1), (None, 0),
    ]  # fmt: skip
    assert [row.pk for row in outbox.claim_alike(message=first, most=9, at=at + SECOND)] == [
        late.pk
    ]


def test_alike_are_only_those_that_may_be_claimed() -> None:
    first = message()
    dead = message(about=2, claimed_at=NOON - LIFE - SECOND)
    message("screen_visit", 3)
    message(about=4, due_at=NOON + SECOND)
    message(about=5, done_at=NOON)
    message(about=6, set_aside_at=NOON)
    message(about=7, claimed_at=NOON - LIFE)
    outbox.claim(message_id=first.pk, at=NOON)
    assert outbox.claim_alike(message=first, most=9, at=NOON) == [dead]


def test_work_that_goes_on_is_held() -> None:
    mine = message("make_release", 7, claimed_at=NOON)
    duplicate = message("make_release", 8, claimed_at=NOON)
    other = message("draw_map", 7, claimed_at=NOON)
    waiting, done = message("make_release", 7), message("make_release", 7, done_at=NOON)
    aside = message("make_release", 7, claimed_at=NOON, set_aside_at=NOON)
    outbox.hold(handler="make_release", about=7, at=NOON + LIFE)
    assert again(mine).claimed_at == NOON + LIFE
    for row in (duplicate, other, aside):
        assert again(row).claimed_at == NOON
    assert (again(waiting).claimed_at, again(done).claimed_at) == (None, None)
    assert outbox.claim(message_id=mine.pk, at=NOON + LIFE + LIFE) is False
    outbox.hold(handler="make_release", about=7, at=NOON)  # a clock that went back takes nothing
    assert again(mine).claimed_at == NOON + LIFE


def test_an_end_is_written_where_it_belongs() -> None:
    rows = [message(about=number, last_error="x") for number in range(4)]
    outbox.finish(message_id=rows[0].pk, at=NOON + SECOND)
    outbox.finish_all(message_ids=[rows[1].pk, rows[2].pk], at=NOON + LIFE)
    ends: list[tuple[datetime | None, str]] = [(again(row).done_at, row.last_error) for row in rows]
    assert ends == [(NOON + SECOND, ""), (NOON + LIFE, ""), (NOON + LIFE, ""), (None, "x")]


def test_a_failure_is_tried_again_after_4_8_16_32_seconds_and_then_set_aside() -> None:
    row, at = message(), NOON
    for attempt, pause in enumerate((4, 8, 16, 32), start=1):
        assert outbox.claim(message_id=row.pk, at=at)
        outbox.fail(message_id=row.pk, at=at, error=f"Broken: {attempt}")
        assert (again(row).due_at, row.set_aside_at) == (at + pause * SECOND, None)
        assert (row.attempts, row.last_error) == (attempt, f"Broken: {attempt}")
        at = row.due_at
    assert outbox.claim(message_id=row.pk, at=at)
    outbox.fail(message_id=row.pk, at=at, error="Broken: 5")
    assert (again(row).set_aside_at, row.done_at, row.last_error) == (at, None, "Broken: 5")
    assert (row.claimed_at, row.due_at) == (at, at)  # as it was left, for those who look at it
    assert outbox.MAX_ATTEMPTS == 5


def test_a_failed_message_is_free_before_its_claim_is_over() -> None:
    row = message()
    outbox.claim(message_id=row.pk, at=NOON)
    outbox.fail(message_id=row.pk, at=NOON, error="x" * 3000)
    assert (again(row).claimed_at, len(row.last_error)) == (None, 2000)
    assert outbox.claim(message_id=row.pk, at=NOON + 3 * SECOND) is False
    assert outbox.claim(message_id=row.pk, at=NOON + 4 * SECOND) is True


def test_a_message_set_aside_is_told_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    row = message(attempts=outbox.MAX_ATTEMPTS)
    with caplog.at_level(logging.ERROR, "tracker.outbox.actions"):
        outbox.fail(message_id=row.pk, at=timezone.now(), error="Broken: for good")
    assert f"message {row.pk} refresh_shop(1) set aside after 5 attempts: Broken" in caplog.text
