"""Forty corruptions planted one by one; a recount names every one."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db.models import F, QuerySet

from tests.factories import NOON
from tests.workflows.test_counts import fold, town
from tracker.accounts.models import User
from tracker.adoption.models import AdoptionCount, CountedShop
from tracker.audit.models import AuditEvent
from tracker.errors import CountsBroken
from tracker.fieldwork.models import Visit, VisitRevision
from tracker.moderation.models import Decision
from tracker.places.models import Shop
from tracker.workflows import counts
from tracker.workflows.rebuild_here import rebuild_here

pytestmark = pytest.mark.django_db


def first_byte(name: str, step: int) -> Callable[[QuerySet[AdoptionCount]], object]:
    """The first number of a measure is off by so many."""

    def corrupt(rows: QuerySet[AdoptionCount]) -> object:
        data = bytearray(getattr(rows.get(), name))
        data[0] = (data[0] + step) % 256
        return rows.update(**{name: bytes(data)})

    return corrupt


def last_byte(name: str) -> Callable[[QuerySet[AdoptionCount]], object]:
    def corrupt(rows: QuerySet[AdoptionCount]) -> object:
        data = bytearray(getattr(rows.get(), name))
        data[-1] += 1
        return rows.update(**{name: bytes(data)})

    return corrupt


COUNTS: dict[str, Callable[[QuerySet[AdoptionCount]], object]] = {
    "one more observed": first_byte("alipay", 1),
    "one less observed": first_byte("wechat_pay", -1),
    "seven more": first_byte("either_wallet", 7),
    "one more yes in the last month": last_byte("alipay"),
    "a series cut short": lambda rows: rows.update(alipay=bytes(rows.get().alipay)[:-1]),
    "a series gone": lambda rows: rows.update(wechat_pay=b""),
    "a series of another measure": lambda rows: rows.update(alipay=rows.get().wechat_pay),
    "a month later": lambda rows: rows.update(first_month=F("first_month") + 1),
    "a year earlier": lambda rows: rows.update(first_month=F("first_month") - 12),
    "another width": lambda rows: rows.update(width=2),
    "another area": lambda rows: rows.update(area=99),
    "another segment": lambda rows: rows.update(segment="hotel"),
    "another level": lambda rows: rows.update(level="street"),
    "an edition nobody knows": lambda rows: rows.update(edition=999_999),
    "no row": lambda rows: rows.delete(),
}
SHOPS: dict[str, Callable[[QuerySet[CountedShop]], object]] = {
    "another ward": lambda rows: rows.update(ward=13103),
    "another city": lambda rows: rows.update(city=27100),
    "another square": lambda rows: rows.update(grid250=F("grid250") + 1),
    "another segment": lambda rows: rows.update(segment="hotel"),
    "a span gone": lambda rows: rows.update(spans=bytes(rows.get().spans)[:-4]),
    "a span twice": lambda rows: rows.update(spans=bytes(rows.get().spans) * 2),
    "yes for no": lambda rows: rows.update(
        spans=bytes([bytes(rows.get().spans)[0] ^ 1]) + bytes(rows.get().spans)[1:]
    ),
    "no row": lambda rows: rows.delete(),
}


def keys(row: AdoptionCount) -> dict[str, object]:
    return {name: getattr(row, name) for name in ("edition", "level", "segment", "area")}


@pytest.fixture
def counted(aki: User, mori: User) -> None:
    town(aki, mori)
    fold()
    assert counts.verify().differences == []


@pytest.mark.parametrize("kind", COUNTS)
@pytest.mark.parametrize("which", [0, -1])
def test_thirty_corrupted_counts_are_found(counted: None, kind: str, which: int) -> None:
    row = list(AdoptionCount.objects.order_by("level", "segment", "area"))[which]
    COUNTS[kind](AdoptionCount.objects.filter(**keys(row)))
    assert counts.verify().differences != []


@pytest.mark.parametrize("kind", SHOPS)
def test_eight_corruptions_of_what_a_shop_was_counted_as_are_found(
    counted: None, kind: str
) -> None:
    first = CountedShop.objects.order_by("shop")[0]
    SHOPS[kind](CountedShop.objects.filter(shop=first.shop_id))
    assert [d for d in counts.verify().differences if "shop" in d.where] != []


OTHERS: dict[str, Callable[[], object]] = {
    "an answer changed behind the counts": lambda: Visit.objects.filter(
        pk=Visit.objects.filter(alipay="yes").order_by("-observed_at")[0].pk
    ).update(alipay="no"),
    "a visit moved to another month": lambda: Visit.objects.filter(
        pk=Visit.objects.order_by("pk")[0].pk
    ).update(observed_at=NOON - timedelta(days=700)),
    "a shop filed anew behind the counts": lambda: Shop.objects.filter(
        pk=Shop.objects.order_by("pk")[0].pk
    ).update(segment="hotel"),
    "two shops merged behind the counts": lambda: Shop.objects.filter(
        pk=Shop.objects.order_by("pk")[0].pk
    ).update(merged_into=Shop.objects.order_by("pk")[1].pk),
    "a state no decision led to": lambda: Visit.objects.filter(
        pk=Visit.objects.order_by("pk")[0].pk
    ).update(state="rejected"),
    "a decision gone": lambda: Decision.objects.order_by("pk")[0].delete(),
    "a revision gone": lambda: VisitRevision.objects.order_by("pk")[0].delete(),
    "an event edited": lambda: AuditEvent.objects.filter(
        pk=AuditEvent.objects.order_by("pk")[1].pk
    ).update(actor_name="somebody"),
}


@pytest.mark.parametrize("kind", OTHERS)
def test_what_changed_behind_the_counts_is_found(counted: None, kind: str) -> None:
    OTHERS[kind]()
    assert counts.verify().differences != []


def test_forty_and_more_are_planted() -> None:
    assert 2 * len(COUNTS) + len(SHOPS) + len(OTHERS) >= 40


def test_a_fold_over_broken_counts_refuses(counted: None) -> None:
    city = AdoptionCount.objects.filter(level="city", segment="all")
    city.update(alipay=b"", wechat_pay=b"\x01\x00", chinese_staff=b"", either_wallet=b"")
    Visit.objects.all().update(state="withdrawn")
    with pytest.raises(CountsBroken, match="fewer shops than none"):
        fold()


def test_a_rebuild_mends_every_one(counted: None) -> None:
    AdoptionCount.objects.all().update(first_month=F("first_month") + 3)
    CountedShop.objects.all().update(ward=13103)
    rebuild_here(at=NOON, progress=counts.silent)
    assert counts.verify().differences == []
