"""A rebuild is shared, killed, taken up again, and never shows half of itself."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from tests.factories import NOON, make_approved, make_shop
from tests.workflows.counting.test_counts import refresh, table, town
from tracker.accounts.models import User
from tracker.adoption.models import AdoptionCount, CountedShop, CountSnapshot
from tracker.adoption.queries import counted_months
from tracker.adoption.rebuild import snapshots
from tracker.adoption.rebuild.reading import keys_by_orm, keys_by_sql
from tracker.adoption.states import SnapshotState
from tracker.audit.models import AuditEvent
from tracker.errors import Conflict, Refused
from tracker.jobs.models import Job
from tracker.jobs.states import JobState
from tracker.months import month_of
from tracker.outbox.queries import open_messages
from tracker.places.kinds import Segment
from tracker.places.models import Shop
from tracker.rules.queries import rulebook
from tracker.survey.answers import Answer
from tracker.survey.routes import Route
from tracker.workflows import dispatch
from tracker.workflows.counting import counts, rebuild
from tracker.workflows.counting.rebuild_here import rebuild_here, shares_of
from tracker.workflows.judging import corrections

pytestmark = [pytest.mark.django_db, pytest.mark.both]
LATER = NOON + timedelta(hours=1)


def work_all() -> None:
    """A worker does what waits, the messages that follow from it too."""
    for _round in range(4):
        for message in open_messages().order_by("pk"):
            dispatch.work(message_id=message.pk, at=LATER)


def test_workers_share_the_cities_and_one_ends_it(aki: User, mori: User, sora: User) -> None:
    town(aki, mori)
    refresh()
    folded = table()
    job = rebuild.begin_rebuild(by=sora, at=NOON)
    assert (job.done, job.total) == (0, 7)
    assert open_messages().filter(handler="count_city").count() == 3
    work_all()
    job.refresh_from_db()
    assert (job.state, job.done, job.asked_by) == (JobState.DONE, 7, sora)
    assert table() == folded
    assert CountSnapshot.objects.count() == 1
    assert counts.verify().differences == []
    kinds = AuditEvent.objects.values_list("kind", flat=True)
    assert {"rebuild_begun", "counts_rebuilt"} <= set(kinds)


def test_readers_keep_the_old_counts_until_the_new_are_whole(aki: User, mori: User) -> None:
    town(aki, mori)
    refresh()
    folded = table()
    snapshot_id = int(rebuild.begin_rebuild(by=None, at=NOON).about)
    for city in ("13100", "26100"):
        rebuild.count_cities(snapshot_id=snapshot_id, cities=[city], at=NOON)
        assert table() == folded
    with pytest.raises(RuntimeError, match="not whole"):
        rebuild.finish_rebuild(snapshot_id=snapshot_id, at=NOON)
    assert table() == folded


def test_what_changed_meanwhile_is_in_the_new_counts(aki: User, mori: User) -> None:
    town(aki, mori)
    refresh()
    snapshot_id = int(rebuild.begin_rebuild(by=None, at=NOON).about)
    rebuild.count_cities(snapshot_id=snapshot_id, cities=["13100"], at=NOON)
    make_approved(make_shop("新"), aki, mori)
    corrections.reclassify_shop(
        shop_id=Shop.objects.order_by("pk")[0].pk, segment=Segment.HOTEL, by=mori, at=NOON
    )
    corrections.move_shop(
        shop_id=Shop.objects.order_by("pk")[1].pk, lat="34.6687", lon="135.5013", by=mori, at=NOON
    )
    rebuild.count_cities(snapshot_id=snapshot_id, cities=["26100", "27100"], at=NOON)
    rebuild.finish_rebuild(snapshot_id=snapshot_id, at=NOON)
    assert counts.verify().differences == []


def test_a_part_counted_twice_is_written_once(aki: User, mori: User) -> None:
    town(aki, mori)
    snapshot_id = int(rebuild.begin_rebuild(by=None, at=NOON).about)
    for _time in range(2):
        rebuild.count_cities(snapshot_id=snapshot_id, cities=["13100"], at=NOON)
    assert Job.objects.get().done == 6
    assert CountedShop.objects.filter(snapshot=snapshot_id).count() == 6


def test_a_killed_rebuild_is_taken_up_where_it_was(aki: User, mori: User) -> None:
    town(aki, mori)
    refresh()
    snapshot_id = int(rebuild.begin_rebuild(by=None, at=NOON).about)
    rebuild.count_cities(snapshot_id=snapshot_id, cities=["13100"], at=NOON)
    rows = AdoptionCount.objects.filter(snapshot=snapshot_id).count()
    snapshot = rebuild_here(at=LATER, progress=counts.silent)
    assert (snapshot.pk, snapshot.state) == (snapshot_id, SnapshotState.CURRENT)
    assert AdoptionCount.objects.count() == rows
    assert counts.verify().differences == []


def test_a_rebuild_killed_between_two_parts_of_a_city_goes_on_with_the_second(
    aki: User, mori: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshots, "PART", 2)
    for number in range(6):
        shop = make_shop(f"店{number}", grid125=53_394_601_111 + 1000 * (number // 2))
        make_approved(shop, aki, mori)
    refresh()
    folded = table()
    job = rebuild.begin_rebuild(by=None, at=NOON)
    parts = CountSnapshot.objects.get(pk=job.about).parts.filter(city_code="13100")
    assert [part.shops for part in parts.order_by("first_square")] == [2, 2, 2]

    def die() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuild.count_cities(snapshot_id=int(job.about), cities=["13100"], at=NOON, after_each=die)
    assert table() == folded
    job.refresh_from_db()
    assert (parts.exclude(done_at=None).count(), job.done) == (1, 2)
    rebuild_here(at=LATER, progress=counts.silent)
    assert table() == folded
    assert counts.verify().differences == []


def test_an_unfinished_one_can_be_given_up(aki: User, mori: User) -> None:
    town(aki, mori)
    refresh()
    folded = table()
    rebuild.begin_rebuild(by=None, at=NOON)
    assert rebuild.give_up_rebuild(at=LATER) is True
    assert rebuild.give_up_rebuild(at=LATER) is False
    assert Job.objects.get().state == JobState.FAILED
    work_all()
    assert (table(), CountSnapshot.objects.count()) == (folded, 1)


def test_only_an_admin_asks_for_one_and_only_once(mori: User, sora: User) -> None:
    with pytest.raises(Refused):
        rebuild.begin_rebuild(by=mori, at=NOON)
    rebuild.begin_rebuild(by=sora, at=NOON)
    with pytest.raises(Conflict):
        rebuild.begin_rebuild(by=sora, at=NOON)


def test_the_snapshot_in_use_cannot_be_dropped(aki: User, mori: User) -> None:
    make_approved(make_shop(), aki, mori)
    refresh()
    with pytest.raises(RuntimeError, match="in use"):
        snapshots.drop_snapshot(snapshot=CountSnapshot.objects.get())


def test_the_database_packs_visits_as_the_orm_does(aki: User, mori: User) -> None:
    town(aki, mori)
    midnight = datetime(2025, 10, 31, 15, tzinfo=UTC)  # November begins in Tokyo
    for microseconds in (-1, -300, -600_000, 0, 999_999):
        make_approved(make_shop(), aki, mori, at=midnight + timedelta(microseconds=microseconds))
    begins = datetime(2025, 9, 15, 15, tzinfo=UTC)  # the first moment of a rule
    for seen in ("nothing_seen", "paypay_code", "wechat_pay_mark", "terminal"):
        for microseconds in (-1, 0, 1):
            at = begins + timedelta(microseconds=microseconds)
            make_approved(make_shop(), aki, mori, at=at, routes=(Route(seen),))
    quick, plain = (keys(1, 10**6, rulebook()) for keys in (keys_by_sql, keys_by_orm))
    assert len(plain) == 27
    assert np.array_equal(np.sort(quick), np.sort(plain))


def test_the_bar_moves_with_every_city(aki: User, mori: User) -> None:
    town(aki, mori)
    told: list[tuple[int, int]] = []
    rebuild_here(at=NOON, progress=lambda *steps: told.append(steps))
    assert told == [(6, 7), (6, 7), (6, 7), (7, 7)]  # all six shops are in one city


def test_months_with_a_count_are_the_same_after_a_rebuild(aki: User, mori: User) -> None:
    assert counted_months() is None
    shop = make_shop()
    make_approved(shop, aki, mori, at=NOON - timedelta(days=400), alipay=Answer.UNSURE,
                  wechat_pay=Answer.UNSURE)  # fmt: skip
    make_approved(shop, aki, mori, at=NOON)
    refresh()
    folded = counted_months()
    rebuild_here(at=NOON, progress=counts.silent)
    assert folded == counted_months() == (month_of(NOON), month_of(NOON) + 12)


def test_the_largest_city_has_a_process_of_its_own() -> None:
    assert shares_of({"1": 5, "2": 3, "3": 2}, 2) == [["1"], ["2", "3"]]
    assert shares_of({"1": 5}, 2) == [["1"]]
