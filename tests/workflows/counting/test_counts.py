"""Counts follow decisions, and a recount finds every corruption."""

from datetime import timedelta
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.factories import NOON, make_approved, make_shop
from tracker.accounts.models import User
from tracker.adoption.models import CountedShop
from tracker.adoption.queries import Count, counts_by_area, counts_by_month
from tracker.adoption.stored import Mismatch, stored_cells
from tracker.audit.models import AuditEvent
from tracker.fieldwork.models import Visit
from tracker.months import month_index
from tracker.outbox import actions as outbox
from tracker.outbox.models import OutboxMessage
from tracker.places.kinds import ALL_SEGMENTS, AreaLevel, Segment
from tracker.places.models import Shop
from tracker.survey.answers import Answer
from tracker.survey.measures import Measure
from tracker.survey.outcomes import Outcome
from tracker.workflows import dispatch
from tracker.workflows.counting import counts
from tracker.workflows.counting.rebuild_here import rebuild_here
from tracker.workflows.judging import moderate

pytestmark = [pytest.mark.django_db, pytest.mark.both]
MARCH = month_index(2026, 3)
CHUO = 13102


def refresh() -> None:
    for shop in Shop.objects.all():
        counts.refresh_shops(shop_ids=[shop.pk], at=NOON)


def ward(month: int, measure: Measure = Measure["ALIPAY"], segment: str = ALL_SEGMENTS) -> Count:
    found = counts_by_area(level=AreaLevel.WARD, measure=measure, month=month, segment=segment)
    return found.get(CHUO, Count(0, 0))


def table() -> list[tuple[object, ...]]:
    """Every number of every month that is not 0 of 0."""
    nothing: list[Mismatch] = []
    rows = [
        (*key, *which, month, number)
        for key, stored in stored_cells(nothing)
        for which, numbers in stored.items()
        for month, number in numbers.items()
    ]
    assert nothing == []
    return sorted(rows)


def test_one_approved_visit_counts_in_its_ward_for_thirteen_months(aki: User, mori: User) -> None:
    make_approved(make_shop(), aki, mori)
    refresh()
    series = counts_by_month(
        level=AreaLevel.WARD,
        measure=Measure["ALIPAY"],
        area=CHUO,
        first_month=MARCH - 1,
        last_month=MARCH + 13,
    )
    assert series == {
        MARCH - 1: Count(0, 0),
        **{MARCH + step: Count(1, 1) for step in range(13)},
        MARCH + 13: Count(0, 0),
    }


def test_it_counts_at_every_level_and_in_its_segment(aki: User, mori: User) -> None:
    shop = make_shop(segment=Segment.CAFE)
    make_approved(shop, aki, mori)
    refresh()
    for level, area in (
        (AreaLevel.CITY, 13100),
        (AreaLevel.WARD, CHUO),
        (AreaLevel.GRID1000, shop.grid125 // 1000),
        (AreaLevel.GRID500, shop.grid125 // 100),
        (AreaLevel.GRID250, shop.grid125 // 10),
    ):
        for segment, expected in (
            (ALL_SEGMENTS, {area: Count(1, 1)}),
            (Segment.CAFE.value, {area: Count(1, 1)}),
            (Segment.HOTEL.value, {}),
        ):
            assert (
                counts_by_area(level=level, measure=Measure["ALIPAY"], month=MARCH, segment=segment)
                == expected
            )


def test_a_shop_whose_ward_is_not_known_counts_in_the_city_only(aki: User, mori: User) -> None:
    make_approved(make_shop(ward=None), aki, mori)
    refresh()
    assert ward(MARCH) == Count(0, 0)
    city = counts_by_area(level=AreaLevel.CITY, measure=Measure["ALIPAY"], month=MARCH)
    assert city == {13100: Count(1, 1)}


def test_unsure_is_neither_observed_nor_yes(aki: User, mori: User) -> None:
    make_approved(make_shop(), aki, mori, alipay=Answer.UNSURE, wechat_pay=Answer.NO)
    refresh()
    assert ward(MARCH) == Count(0, 0)
    assert ward(MARCH, Measure["WECHAT_PAY"]) == Count(1, 0)
    assert ward(MARCH, Measure["EITHER_WALLET"]) == Count(0, 0)


def test_folding_twice_changes_nothing(aki: User, mori: User) -> None:
    make_approved(make_shop(), aki, mori)
    refresh()
    once = table()
    refresh()
    assert table() == once


def test_reopening_takes_the_visit_out_again(aki: User, mori: User, sora: User) -> None:
    visit = make_approved(make_shop(), aki, mori)
    refresh()
    moderate.reopen(visit=visit, note="", by=sora, at=NOON)
    refresh()
    assert table() == []
    assert CountedShop.objects.count() == 0


def test_moving_a_shop_takes_its_counts_along(aki: User, mori: User) -> None:
    shop = make_shop()
    make_approved(shop, aki, mori)
    refresh()
    Shop.objects.filter(pk=shop.pk).update(ward_id="13103", segment=Segment.HOTEL)
    refresh()
    found = counts_by_area(level=AreaLevel.WARD, measure=Measure["ALIPAY"], month=MARCH)
    assert found == {13103: Count(1, 1)}
    assert counts.verify().differences == []


def town(aki: User, mori: User) -> None:
    """Six shops with histories that change, close and expire."""
    for number in range(6):
        shop = make_shop(f"店{number}", segment=list(Segment)[number % 3])
        make_approved(shop, aki, mori, at=NOON - timedelta(days=400), alipay=Answer.NO)
        if number % 2:
            make_approved(shop, aki, mori, at=NOON - timedelta(days=90 * number))
        if number == 4:
            make_approved(
                shop,
                aki,
                mori,
                at=NOON,
                outcome=Outcome.CLOSED_FOR_GOOD,  # type: ignore[arg-type]
            )


def test_a_rebuild_makes_what_the_refreshes_made(aki: User, mori: User) -> None:
    town(aki, mori)
    refresh()
    folded, shops = table(), counted_shops()
    told: list[tuple[int, int]] = []
    rebuild_here(at=NOON, progress=lambda done, total: told.append((done, total)))
    assert (table(), counted_shops()) == (folded, shops)
    assert len(folded) > 1000
    assert told[-1] == (7, 7)  # six shops, and the step that makes the new counts current


def counted_shops() -> list[tuple[object, ...]]:
    names = ("shop", "segment", "city", "ward", "grid250", "spans")
    rows = CountedShop.objects.filter(snapshot__state="current").values_list(*names)
    return sorted((*row[:-1], bytes(row[-1])) for row in rows)


def test_a_fresh_recount_is_clean(aki: User, mori: User) -> None:
    town(aki, mori)
    refresh()
    verdict = counts.verify()
    assert verdict.differences == []
    assert verdict.waiting == 10 + Visit.objects.count()  # each was to be screened, too


def test_a_burst_is_refreshed_in_one_pass(aki: User, mori: User) -> None:
    town(aki, mori)
    waiting = OutboxMessage.objects.filter(handler="refresh_shop")
    assert waiting.count() == 10
    assert dispatch.work(message_id=waiting[0].pk, at=NOON + timedelta(hours=1)) == 10
    assert waiting.filter(done_at=None).count() == 0
    assert counts.verify().differences == []


def test_a_burst_of_five_hundred_takes_no_more_queries_than_one(
    aki: User, mori: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    shops = [make_shop(f"店{number}", grid125=53_394_601_111 + number) for number in range(50)]
    Visit.objects.bulk_create(
        Visit(
            uuid=uuid4(), shop=shops[number % 50], worker=aki, outcome="answered", alipay="yes",
            observed_at=NOON - timedelta(days=number), received_at=NOON, state="approved",
            digest="0" * 64,
        )
        for number in range(500)
    )  # fmt: skip
    for number in range(500):
        outbox.put(handler="refresh_shop", about=shops[number % 50].pk, at=NOON)
    first = OutboxMessage.objects.earliest("pk")
    with django_assert_max_num_queries(30):
        assert dispatch.work(message_id=first.pk, at=NOON + timedelta(hours=1)) == 500
    folded = table()
    assert OutboxMessage.objects.filter(done_at=None).count() == 0
    rebuild_here(at=NOON, progress=counts.silent)
    assert table() == folded != []


def test_a_state_that_no_decision_led_to_is_found(aki: User, mori: User) -> None:
    visit = make_approved(make_shop(), aki, mori)
    refresh()
    Visit.objects.filter(pk=visit.pk).update(state="rejected")
    found = [difference.where for difference in counts.verify().differences]
    assert f"state of visit {visit.uuid}" in found


def test_a_tampered_log_is_found(aki: User, mori: User) -> None:
    make_approved(make_shop(), aki, mori)
    refresh()
    AuditEvent.objects.filter(kind="visit_approved").update(actor_name="somebody")
    assert [d for d in counts.verify().differences if d.where.startswith("log event")] != []
