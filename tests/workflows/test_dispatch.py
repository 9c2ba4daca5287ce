"""The outbox is worked through once, again after a crash, and never for ever."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from tests.factories import NOON, make_approved, make_shop
from tracker.accounts.models import User
from tracker.adoption.models import CountedShop
from tracker.outbox import actions as outbox
from tracker.outbox.models import OutboxMessage
from tracker.workflows import dispatch

pytestmark = [pytest.mark.django_db, pytest.mark.both]
LATER = NOON + timedelta(minutes=10)


def message(handler: str = "refresh_shop", about: int = 0) -> OutboxMessage:
    return outbox.put(handler=handler, about=about, at=NOON)


def test_work_is_done_once(aki: User, mori: User) -> None:
    make_approved(make_shop(), aki, mori)
    row = OutboxMessage.objects.get(handler="refresh_shop")
    assert dispatch.work(message_id=row.pk, at=LATER) == 1
    assert dispatch.work(message_id=row.pk, at=LATER) == 0
    assert CountedShop.objects.count() == 1
    row.refresh_from_db()
    assert row.done_at == LATER


def test_a_claimed_message_is_left_alone_until_its_worker_is_surely_dead() -> None:
    row = message()
    assert outbox.claim(message_id=row.pk, at=NOON) is True
    assert outbox.claim(message_id=row.pk, at=NOON + timedelta(seconds=5)) is False
    dead = NOON + timedelta(seconds=outbox.CLAIM_SECONDS + 1)
    assert outbox.claim(message_id=row.pk, at=dead) is True


def test_a_failing_message_waits_and_is_set_aside_in_the_end() -> None:
    row = message(about=404)  # no such shop
    for attempt in range(1, outbox.MAX_ATTEMPTS + 1):
        assert dispatch.work(message_id=row.pk, at=NOON + timedelta(hours=attempt)) == 0
        row.refresh_from_db()
        assert row.attempts == attempt
    assert row.set_aside_at is not None
    assert "DoesNotExist" in row.last_error
    assert dispatch.work(message_id=row.pk, at=NOON + timedelta(days=1)) == 0


def test_a_failure_pauses_longer_each_time() -> None:
    row = message(about=404)
    dispatch.work(message_id=row.pk, at=NOON)
    row.refresh_from_db()
    assert row.due_at == NOON + timedelta(seconds=4)
    assert dispatch.work(message_id=row.pk, at=NOON + timedelta(seconds=3)) == 0
    row.refresh_from_db()
    assert row.attempts == 1


def test_a_sweep_does_what_nobody_rang_for(aki: User, mori: User) -> None:
    for number in range(3):
        make_approved(make_shop(f"店{number}"), aki, mori)
    bad = message(about=404)
    assert dispatch.sweep(at=LATER) == 6  # each was screened when it came, and counted
    assert [row.pk for row in OutboxMessage.objects.filter(done_at=None)] == [bad.pk]


def test_every_handler_that_workflows_put_is_known() -> None:
    put = re.compile(r'put\(\s*handler="(\w+)"')
    sources = Path(dispatch.__file__).parent.rglob("*.py")
    names = {name for path in sources for name in put.findall(path.read_text())}
    assert names <= set(dispatch.HANDLERS)
    assert set(dispatch.HANDLERS) - names == {"begin_rebuild"}  # put by a migration
