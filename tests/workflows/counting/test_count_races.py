"""Refreshes, corrections, rebuilds and readers at the same moment; they run on PostgreSQL."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from random import Random

import pytest

from tests.factories import NOON, make_approved, make_shop
from tests.workflows.entries.test_races import race
from tracker.accounts.models import User
from tracker.adoption.models import AdoptionCount, CountedShop, CountSnapshot
from tracker.adoption.queries import Count, counts_by_area
from tracker.adoption.states import SnapshotState
from tracker.errors import Conflict
from tracker.fieldwork.models import Visit
from tracker.fieldwork.states import VisitState
from tracker.months import month_of
from tracker.outbox.models import OutboxMessage
from tracker.outbox.queries import open_messages
from tracker.places.kinds import AreaLevel, Segment
from tracker.places.models import Shop
from tracker.survey.answers import Answer
from tracker.survey.measures import Measure
from tracker.workflows import dispatch
from tracker.workflows.counting import counts, rebuild
from tracker.workflows.counting.rebuild_here import rebuild_here
from tracker.workflows.judging import corrections

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True), pytest.mark.both]
LATER = NOON + timedelta(hours=1)
SPOTS = [("35.6717", "139.7650"), ("35.6938", "139.7034"), ("34.6687", "135.5013")]


def recounted() -> object:
    return rebuild_here(at=NOON, progress=counts.silent)


def work_all() -> None:
    for message in open_messages().order_by("pk"):
        dispatch.work(message_id=message.pk, at=LATER)


def test_shops_of_one_ward_refreshed_at_once_leave_counts_equal_to_a_recount(
    aki: User, mori: User
) -> None:
    shops = [make_shop(f"店{number}") for number in range(4)]
    for step in range(6):
        for shop in shops:
            answer = Answer.YES if (step + shop.pk) % 2 else Answer.NO
            make_approved(shop, aki, mori, at=NOON + timedelta(days=40 * step), alipay=answer)
        refreshes = [
            partial(counts.refresh_shops, shop_ids=[shop.pk], at=NOON)
            for shop in shops
            for _ in range(2)
        ]
        race(*refreshes)
    assert Visit.objects.filter(state=VisitState.APPROVED).count() == 24
    assert counts.verify().differences == []


def test_a_rebuild_beside_refreshes_leaves_counts_equal_to_a_recount(aki: User, mori: User) -> None:
    shops = [make_shop(f"店{number}") for number in range(4)]
    for step in range(5):
        for shop in shops:
            make_approved(shop, aki, mori, at=NOON + timedelta(days=40 * step))
        race(
            recounted,
            *[partial(counts.refresh_shops, shop_ids=[shop.pk], at=NOON) for shop in shops],
        )
        assert counts.verify().differences == []


def test_corrections_and_decisions_beside_a_rebuild_are_in_the_counts(
    aki: User, mori: User
) -> None:
    rng = Random(4)
    shops = [make_shop(f"店{number}").pk for number in range(6)]
    for shop in Shop.objects.all():
        make_approved(shop, aki, mori)
    for step in range(12):
        one, other, third, fourth = rng.sample(shops, 4)
        lat, lon = rng.choice(SPOTS)
        at = NOON + timedelta(minutes=step)
        acts: list[Callable[[], object]] = [
            partial(corrections.merge_shops, shop_id=one, into_id=other, by=mori, at=at),
            partial(corrections.split_shop, shop_id=third, by=mori, at=at),
            partial(corrections.move_shop, shop_id=fourth, lat=lat, lon=lon, by=mori, at=at),
            partial(
                corrections.reclassify_shop,
                shop_id=other, segment=rng.choice(list(Segment)), by=mori, at=at,
            ),
            partial(make_approved, Shop.objects.get(pk=one), aki, mori, at=at),
            work_all,
        ]  # fmt: skip
        race(recounted, *acts)
        work_all()
        assert counts.verify().differences == [], step


def test_two_rebuilds_at_once_leave_one_set_of_counts(aki: User, mori: User) -> None:
    for number in range(4):
        make_approved(make_shop(f"店{number}"), aki, mori)
    for _trial in range(6):
        race(recounted, recounted, work_all)
        work_all()
        assert [snapshot.state for snapshot in CountSnapshot.objects.all()] == [
            SnapshotState.CURRENT
        ]
        assert counts.verify().differences == []
        assert counts.verify().set_aside == 0


def test_a_city_that_is_written_while_the_rebuild_is_given_up_leaves_nothing(
    aki: User, mori: User
) -> None:
    for number in range(30):
        make_approved(make_shop(f"店{number}", grid125=53_394_601_111 + 10 * number), aki, mori)
    for _trial in range(8):
        snapshot = int(rebuild.begin_rebuild(by=None, at=NOON).about)
        count = partial(rebuild.count_cities, snapshot_id=snapshot, cities=["13100"], at=NOON)
        results = race(count, partial(rebuild.give_up_rebuild, at=NOON))
        assert results[1] is True
        for model in (AdoptionCount, CountedShop):
            assert model._default_manager.filter(snapshot=snapshot).count() == 0


def test_readers_see_the_old_or_the_new_counts_never_a_mixture(aki: User, mori: User) -> None:
    for number in range(40):
        make_approved(make_shop(f"店{number}", grid125=53_394_601_111 + 10 * number), aki, mori)
    recounted()
    for step in range(6):
        answer = Answer.YES if step % 2 else Answer.NO
        Visit.objects.all().update(alipay=answer)  # behind the counts: the rebuild changes all
        old = squares()
        answers = race(recounted, *[partial(read, 60)] * 2)[1:]
        new = squares()
        assert len(old) == len(new) == 40
        assert [shares for shares in answers[0] + answers[1] if shares not in (old, new)] == []  # type: ignore[operator]
        assert {count.yes for count in new.values()} == {step % 2}


def squares() -> dict[int, Count]:
    return counts_by_area(level=AreaLevel.GRID250, measure=Measure["ALIPAY"], month=month_of(NOON))


def read(times: int) -> list[dict[int, Count]]:
    return [squares() for _time in range(times)]


def test_a_message_delivered_twice_at_once_is_done_once(aki: User, mori: User) -> None:
    shop = make_shop()
    for number in range(20):
        make_approved(shop, aki, mori, at=NOON + timedelta(days=number))
        message = OutboxMessage.objects.latest("pk")
        work = partial(dispatch.work, message_id=message.pk, at=LATER + timedelta(days=number))
        assert sorted(race(work, work)) == [0, 1]  # type: ignore[type-var]
    assert counts.verify().differences == []


def test_only_one_of_two_rebuilds_is_begun() -> None:
    begin = partial(rebuild.begin_rebuild, by=None, at=NOON)
    assert [type(result) for result in race(begin, begin)].count(Conflict) == 1
