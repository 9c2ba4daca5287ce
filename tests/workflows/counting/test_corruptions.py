"""More than forty kinds of corruption, planted one by one; a recount names every one."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db.models import F, Model, QuerySet

from tests.factories import NOON, make_shop, make_user
from tests.workflows.counting.test_counts import refresh, town
from tracker.accounts.roles import Role
from tracker.adoption.models import AdoptionCount, CountedShop, CountSnapshot
from tracker.adoption.states import SnapshotState
from tracker.audit.models import AuditEvent
from tracker.errors import CountsBroken
from tracker.fieldwork.models import Photo, Visit, VisitRevision
from tracker.moderation.models import Decision
from tracker.places.models import Shop
from tracker.survey.outcomes import Outcome
from tracker.survey.specs import MEASURES
from tracker.workflows.counting import counts
from tracker.workflows.counting.rebuild_here import rebuild_here

pytestmark = [pytest.mark.django_db, pytest.mark.both]


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


def halves(data: bytes) -> tuple[bytes, bytes]:
    """Observed and yes."""
    return data[: len(data) // 2], data[len(data) // 2 :]


def data_of(rows: QuerySet[AdoptionCount], measure: str) -> bytes:
    """What the only row says of a measure."""
    return bytes(rows.values_list(measure, flat=True).get())


def with_data(change: Callable[[bytes], bytes]) -> Callable[[QuerySet[AdoptionCount]], object]:
    """The bytes of Alipay are others."""
    return lambda rows: rows.update(alipay=change(data_of(rows, "alipay")))


def copied(rows: QuerySet[AdoptionCount], **values: object) -> object:
    """The row stands there once more, under another key."""
    row = rows.get()
    for name, value in values.items():
        setattr(row, name, value)
    return AdoptionCount.objects.bulk_create([row])


COUNTS: dict[str, Callable[[QuerySet[AdoptionCount]], object]] = {
    "one more observed": first_byte("alipay", 1),
    "one less observed": first_byte("wechat_pay", -1),
    "seven more": first_byte("either_wallet", 7),
    "one more yes in the last month": last_byte("alipay"),
    "a series cut short": lambda rows: rows.update(alipay=data_of(rows, "alipay")[:-1]),
    "a series gone": lambda rows: rows.update(wechat_pay=b""),
    "a series of another measure": lambda rows: rows.update(alipay=data_of(rows, "wechat_pay")),
    "a month later": lambda rows: rows.update(first_month=F("first_month") + 1),
    "a year earlier": lambda rows: rows.update(first_month=F("first_month") - 12),
    "another width": lambda rows: rows.update(width=2),
    "another area": lambda rows: rows.update(area=99),
    "another segment": lambda rows: rows.update(segment="hotel"),
    "another level": lambda rows: rows.update(level="street"),
    "an snapshot nobody knows": lambda rows: rows.update(snapshot=999_999),
    "no row": lambda rows: rows.delete(),
    "observed and yes changed about": with_data(lambda data: b"".join(halves(data)[::-1])),
    "every yes a no": with_data(lambda data: halves(data)[0] + bytes(len(data) // 2)),
    "every no a yes": with_data(lambda data: halves(data)[0] * 2),
    "a month put in": with_data(lambda data: b"\0".join([b"", *halves(data)])),
    "the months backwards": with_data(lambda data: data[::-1]),
    "two measures changed about": lambda rows: rows.update(
        alipay=F("chinese_staff"), chinese_staff=F("alipay")
    ),
    "the row once more elsewhere": lambda rows: copied(rows, area=13104),
    "the row once more for a segment": lambda rows: copied(rows, segment="cafe", level="city"),
}


def with_span(change: Callable[[int], int]) -> Callable[[QuerySet[CountedShop]], object]:
    """The first span is another."""

    def corrupt(rows: QuerySet[CountedShop]) -> object:
        data = bytes(rows.get().spans)
        code = change(int.from_bytes(data[:4], "little"))
        return rows.update(spans=code.to_bytes(4, "little") + data[4:])

    return corrupt


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
    "a month earlier": with_span(lambda code: code - (1 << 12)),
    "a month longer": with_span(lambda code: code + 2),
    "another trait": with_span(lambda code: code | 2 << 29),
    "a trait there is not": with_span(lambda code: code | 7 << 29),
    "a shop that nobody visited": lambda rows: rows.update(shop=make_shop("誰も").pk),
}


def keys(row: AdoptionCount) -> dict[str, object]:
    return {name: getattr(row, name) for name in ("snapshot", "level", "segment", "area")}


@pytest.fixture(scope="module")
def counted(made_once: Path) -> None:
    town(make_user("aki", Role.FIELDWORKER), make_user("mori", Role.MODERATOR))
    refresh()
    assert counts.verify().differences == []


@pytest.mark.parametrize("kind", COUNTS)
@pytest.mark.parametrize("which", [0, -1])
def test_corrupted_counts_are_found(counted: None, kind: str, which: int) -> None:
    row = list(AdoptionCount.objects.order_by("level", "segment", "area"))[which]
    COUNTS[kind](AdoptionCount.objects.filter(**keys(row)))
    assert counts.verify().differences != []


@pytest.mark.parametrize("kind", SHOPS)
def test_corruptions_of_what_a_shop_was_counted_as_are_found(counted: None, kind: str) -> None:
    first = CountedShop.objects.order_by("shop")[0]
    SHOPS[kind](CountedShop.objects.filter(shop=first.shop_id))
    assert [d for d in counts.verify().differences if "shop" in d.where] != []


def first(model: type[Model], *, place: int = 0) -> QuerySet[Any]:
    """The row of a model in this place, as something to update."""
    rows = model._default_manager.order_by("pk")
    return rows.model._default_manager.filter(pk=rows[place].pk)


def another_snapshot() -> None:
    """Readers are shown an empty snapshot."""
    CountSnapshot.objects.update(state=SnapshotState.PAST)
    CountSnapshot.objects.create(state=SnapshotState.CURRENT, begun_at=NOON, made_current_at=NOON)


def an_answer_changed_and_counted() -> None:
    first(Visit).update(alipay="unsure")
    refresh()


def edited_revision() -> None:
    revision = VisitRevision.objects.order_by("pk")[0]
    content = {**revision.content, "alipay": "unsure"}
    VisitRevision.objects.filter(pk=revision.pk).update(content=content)


def a_closing_undone() -> None:
    """The shop that closed is said to have been shut that day."""
    Visit.objects.filter(outcome=Outcome.CLOSED_FOR_GOOD).update(outcome=Outcome.CLOSED_TODAY)


def a_photo_without_its_file() -> None:
    Photo.objects.create(
        visit=Visit.objects.order_by("pk")[0], sha256="1" * 64, size_bytes=1, received_at=NOON
    )


OTHERS: dict[str, Callable[[], object]] = {
    "an answer changed behind the counts": lambda: first(Visit).update(alipay="unsure"),
    "an answer changed, and counted": an_answer_changed_and_counted,
    "a visit moved to another month": lambda: first(Visit).update(
        observed_at=NOON - timedelta(days=700)
    ),
    "a visit moved to another shop": lambda: first(Visit).update(
        shop=Shop.objects.order_by("pk")[5]
    ),
    "a closing undone": a_closing_undone,
    "a visit received before it was": lambda: Visit.objects.filter(
        outcome=Outcome.CLOSED_FOR_GOOD
    ).update(observed_at=NOON - timedelta(days=399)),
    "a shop filed anew behind the counts": lambda: first(Shop).update(segment="hotel"),
    "a shop moved behind the counts": lambda: first(Shop).update(grid125=53_394_601_411),
    "a ward changed behind the counts": lambda: first(Shop).update(ward="13103"),
    "two shops merged behind the counts": lambda: first(Shop).update(
        merged_into=Shop.objects.order_by("pk")[1]
    ),
    "another snapshot shown": another_snapshot,
    "a state no decision led to": lambda: first(Visit).update(state="rejected"),
    "a decision gone": lambda: first(Decision).delete(),
    "a decision that led elsewhere": lambda: first(Decision).update(to_state="rejected"),
    "a decision that came from elsewhere": lambda: first(Decision).update(from_state="returned"),
    "a revision gone": lambda: first(VisitRevision).delete(),
    "a revision too many": lambda: first(Visit).update(revision=2),
    "a revision edited": edited_revision,
    "an event edited": lambda: first(AuditEvent, place=1).update(actor_name="somebody"),
    "an event gone": lambda: first(AuditEvent, place=1).delete(),
    "an event under another number": lambda: first(AuditEvent, place=1).update(id=999_999),
    "the last event gone": lambda: AuditEvent.objects.latest("pk").delete(),
    "a photo without its file": a_photo_without_its_file,
}


@pytest.mark.parametrize("kind", OTHERS)
def test_what_changed_behind_the_counts_is_found(counted: None, kind: str) -> None:
    OTHERS[kind]()
    assert counts.verify().differences != []


def test_forty_and_more_are_planted() -> None:
    assert len(COUNTS) + len(SHOPS) + len(OTHERS) >= 40  # each of another kind


def test_a_refresh_over_broken_counts_refuses(counted: None) -> None:
    city = AdoptionCount.objects.filter(level="city", segment="all")
    city.update(**dict.fromkeys(MEASURES, b"") | {"wechat_pay": b"\x01\x00"})
    Visit.objects.all().update(state="withdrawn")
    with pytest.raises(CountsBroken, match="fewer shops than none"):
        refresh()


def test_a_rebuild_mends_every_one(counted: None) -> None:
    AdoptionCount.objects.all().update(first_month=F("first_month") + 3)
    CountedShop.objects.all().update(ward=13103)
    rebuild_here(at=NOON, progress=counts.silent)
    assert counts.verify().differences == []
