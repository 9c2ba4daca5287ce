"""Work is put down in the transaction that makes it needed; a worker is told after the commit."""

import logging
from datetime import timedelta
from typing import Any

import pytest
from celery import current_app
from kombu.exceptions import OperationalError
from pytest_django import DjangoCaptureOnCommitCallbacks

from tests.factories import NOON
from tests.outbox.rows import again
from tracker.outbox import actions as outbox
from tracker.outbox.models import OutboxMessage

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
APP: Any = current_app  # whose stubs let nothing follow a change of it


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
