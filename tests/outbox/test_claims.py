"""Work is taken by one worker, done or put back: each rule, to the second."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from tests.factories import NOON
from tests.outbox.rows import again, message
from tracker.outbox import actions as outbox
from tracker.outbox.models import OutboxMessage
from tracker.outbox.queries import due_messages, open_messages

pytestmark = [pytest.mark.django_db, pytest.mark.both]
SECOND = timedelta(seconds=1)
LIFE = timedelta(seconds=outbox.CLAIM_SECONDS)


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


class Meanwhile:
    """Another worker, who acts between what is read and the first UPDATE that follows."""

    def __init__(self, act: Callable[[], object]) -> None:
        self.act: Callable[[], object] | None = act

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("UPDATE") and self.act:
            act, self.act = self.act, None
            act()
        return execute(sql, params, many, context)


def test_what_another_worker_takes_meanwhile_is_theirs() -> None:
    at = NOON + SECOND
    first = message()
    claimed, done, aside, free = (message(about=number) for number in range(2, 6))
    late = message(about=6, claimed_at=NOON - 2 * LIFE)  # taken for dead, and was not
    outbox.claim(message_id=first.pk, at=at)

    def act() -> None:
        rows = OutboxMessage.objects
        rows.filter(pk=claimed.pk).update(claimed_at=NOON)
        rows.filter(pk=done.pk).update(claimed_at=at, done_at=at)
        rows.filter(pk=aside.pk).update(set_aside_at=at)
        rows.filter(pk=late.pk).update(done_at=at)

    with connection.execute_wrapper(Meanwhile(act)):
        assert outbox.claim_alike(message=first, most=9, at=at) == [free]
    assert (again(claimed).claimed_at, claimed.attempts) == (NOON, 0)
    assert [again(row).attempts for row in (done, aside, late, free)] == [0, 0, 0, 1]


def test_a_failure_undoes_nothing_that_was_written_meanwhile() -> None:
    row = message(attempts=1)
    with connection.execute_wrapper(
        Meanwhile(lambda: OutboxMessage.objects.filter(pk=row.pk).update(attempts=2))
    ):
        outbox.fail(message_id=row.pk, at=NOON, error="Broken")
    assert (again(row).attempts, row.last_error) == (2, "Broken")


def test_work_that_goes_on_is_held() -> None:
    mine = message("make_release", 7, claimed_at=NOON)
    duplicate = message("make_release", 8, claimed_at=NOON)
    other = message("draw_map", 7, claimed_at=NOON)
    waiting, done = (
        message("make_release", 7),
        message("make_release", 7, claimed_at=NOON, done_at=NOON),
    )
    aside = message("make_release", 7, claimed_at=NOON, set_aside_at=NOON)
    outbox.hold(handler="make_release", about=7, at=NOON + LIFE)
    assert again(mine).claimed_at == NOON + LIFE
    for row in (duplicate, other, aside, done):
        assert again(row).claimed_at == NOON
    assert again(waiting).claimed_at is None
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
