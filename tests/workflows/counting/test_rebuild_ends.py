"""A rebuild ends once, with everything that changed while it was counted."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.factories import NOON, make_approved, make_shop
from tests.workflows.counting.test_counts import refresh, table, town
from tests.workflows.counting.test_rebuild import work_all
from tracker.accounts.models import User
from tracker.adoption import actions
from tracker.adoption.models import AdoptionCount, CountedShop, CountSnapshot
from tracker.adoption.rebuild import snapshots
from tracker.adoption.rebuild.census import census_of
from tracker.adoption.states import SnapshotState
from tracker.audit.models import AuditEvent
from tracker.outbox import actions as outbox
from tracker.outbox.queries import open_messages
from tracker.places.atlas.cities import City
from tracker.places.models import Shop
from tracker.workflows import dispatch
from tracker.workflows.counting import counts, rebuild
from tracker.workflows.counting.rebuild_here import rebuild_here
from tracker.workflows.judging import corrections

pytestmark = [pytest.mark.django_db, pytest.mark.both]
LATER = NOON + timedelta(hours=1)


def test_a_decision_refreshed_in_just_before_the_new_counts_are_current_is_in_them(
    aki: User, mori: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    town(aki, mori)
    snapshot_id = counted()
    lock = actions.lock_current

    def late_lock(*, at: datetime) -> CountSnapshot:
        """Another worker has the lock, refreshes a decision into the old counts, and is done."""
        monkeypatch.setattr(snapshots, "lock_current", lock)
        make_approved(make_shop("新"), aki, mori, at=LATER)
        for message in open_messages().filter(handler="refresh_shop"):
            dispatch.work(message_id=message.pk, at=LATER + timedelta(hours=1))
        return lock(at=at)

    monkeypatch.setattr(snapshots, "lock_current", late_lock)
    rebuild.finish_rebuild(snapshot_id=snapshot_id, at=LATER)
    assert CountSnapshot.objects.get(state=SnapshotState.CURRENT).pk == snapshot_id
    assert counts.verify().differences == []


def counted() -> int:
    """A rebuild that has counted every city and is not ended."""
    refresh()
    snapshot_id = int(rebuild.begin_rebuild(by=None, at=NOON).about)
    rebuild.count_cities(snapshot_id=snapshot_id, cities=list(City.values), at=NOON)
    return snapshot_id


@pytest.mark.parametrize("quicker", [rebuild.finish_rebuild, rebuild.give_up_rebuild])
def test_what_another_worker_ended_meanwhile_is_left_alone(
    aki: User, mori: User, monkeypatch: pytest.MonkeyPatch, quicker: Callable[..., object]
) -> None:
    town(aki, mori)
    snapshot_id = counted()
    folded = table()
    seen = snapshots.building()
    keywords = {"snapshot_id": snapshot_id} if quicker is rebuild.finish_rebuild else {}
    quicker(**keywords, at=LATER)
    ends = list(AuditEvent.objects.values_list("pk"))
    monkeypatch.setattr(snapshots, "building", lambda: seen)
    rebuild.finish_rebuild(snapshot_id=snapshot_id, at=LATER)
    assert rebuild.give_up_rebuild(at=LATER) is False
    monkeypatch.undo()
    assert list(AuditEvent.objects.values_list("pk")) == ends
    work_all()
    assert (table(), CountSnapshot.objects.count()) == (folded, 1)
    assert counts.verify().set_aside == 0


def test_a_message_about_a_shop_that_is_no_more_does_not_stop_a_rebuild(
    aki: User, mori: User
) -> None:
    town(aki, mori)
    outbox.put(handler="refresh_shop", about=404, at=NOON)
    rebuild_here(at=LATER, progress=counts.silent)
    assert counts.verify().differences == []


def test_many_changed_shops_are_refreshed_in_by_parts(
    aki: User, mori: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshots, "REFRESHED_AT_ONCE", 2)
    town(aki, mori)
    first, second = Shop.objects.order_by("pk")[:2]
    corrections.merge_shops(shop_id=second.pk, into_id=first.pk, by=mori, at=NOON)
    rebuild_here(at=LATER, progress=counts.silent)
    assert counts.verify().differences == []


def test_a_rebuild_given_up_while_shops_are_read_ends_quietly_and_writes_nothing(
    aki: User, mori: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    town(aki, mori)
    refresh()
    before = table()
    snapshot_id = int(rebuild.begin_rebuild(by=None, at=NOON).about)

    def slow_read(*words: Any, **more: Any) -> Any:
        found = census_of(*words, **more)
        assert rebuild.give_up_rebuild(at=LATER) is True
        return found

    monkeypatch.setattr(snapshots, "census_of", slow_read)
    rebuild.count_cities(snapshot_id=snapshot_id, cities=list(City.values), at=NOON)
    for model in (AdoptionCount, CountedShop):
        assert model._default_manager.filter(snapshot=snapshot_id).count() == 0
    assert table() == before
