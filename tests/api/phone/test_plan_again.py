"""A shop to be visited again is due for others, and nothing in the plan tells why."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tests.factories import add_photo, add_visit, make_shop, make_user
from tracker.accounts.models import User
from tracker.accounts.roles import Role
from tracker.api.phone.plan_rows import COLUMNS, day_plan
from tracker.fieldwork.models import Visit
from tracker.fieldwork.states import VisitState
from tracker.places.models import Shop
from tracker.rechecks.models import Reinterview
from tracker.rechecks.queries import last_visits_shown, shops_to_visit_again
from tracker.survey.answers import Answer

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
DAY = timedelta(days=1)
AT = COLUMNS.index


def drawn(visit: Visit) -> Reinterview:
    """The visit is to be made again within seven days of the next."""
    at = visit.observed_at + DAY
    return Reinterview.objects.create(first=visit, drawn_at=at, due_at=at + 7 * DAY)


def rows_of(worker: User, shops: list[Shop]) -> list[tuple[object, ...]]:
    again = shops_to_visit_again(worker, NOW)
    rows = day_plan([shop.pk for shop in shops], again=again, at=NOW)["rows"]
    assert isinstance(rows, list)
    return rows


def told(row: tuple[object, ...]) -> dict[str, object]:
    """What a row tells but for what the shop is; digests only by whether they are there."""
    found = {name: row[AT(name)] for name in ("last_on", "due", "photo", "checks")}
    return found | {"checks": [bool(check) for check in str(row[AT("checks")]).split(",")]}


@pytest.mark.parametrize("days_before", [None, 150, 400])
def test_it_looks_like_a_shop_whose_first_visit_was_never_made(
    aki: User, ben: User, days_before: int | None
) -> None:
    shop, plain = make_shop(), make_shop()
    if days_before:
        for each in (shop, plain):
            add_photo(add_visit(each, aki, at=NOW - days_before * DAY, alipay=Answer.YES))
    first = add_visit(shop, aki, at=NOW - 2 * DAY, alipay=Answer.NO, wechat_pay=Answer.YES)
    add_photo(first)
    drawn(first)
    row, other = (told(each) for each in rows_of(ben, [shop, plain]))
    row.pop("photo")  # drawn by lot, shop by shop
    other.pop("photo")
    assert row == other
    assert row["due"] == ("due" if days_before else "never")


def test_no_digest_knows_the_first_answer(aki: User, ben: User) -> None:
    shop = make_shop()
    first = add_visit(shop, aki, at=NOW - 2 * DAY, alipay=Answer.YES)
    (before,) = rows_of(ben, [shop])
    assert str(before[AT("checks")]) != ",,"
    drawn(first)
    (row,) = rows_of(ben, [shop])
    assert str(row[AT("checks")]) == ",,"


def test_a_visit_of_last_month_does_not_give_it_away(aki: User, ben: User) -> None:
    shop = make_shop()
    add_visit(shop, make_user("chie", Role.FIELDWORKER), at=NOW - 30 * DAY, alipay=Answer.YES)
    drawn(add_visit(shop, aki, at=NOW - 2 * DAY))
    (row,) = rows_of(ben, [shop])
    assert told(row) == {
        "last_on": "", "due": "never", "photo": 1, "checks": [False, False, False],
    }  # fmt: skip


def test_the_first_worker_is_told_the_truth(aki: User) -> None:
    shop = make_shop()
    drawn(add_visit(shop, aki, at=NOW - 2 * DAY, alipay=Answer.YES))
    (row,) = rows_of(aki, [shop])
    assert (row[AT("last_on")], row[AT("due")]) == ("2026-11-23", "not_due")


def test_after_eight_days_it_is_as_it_was(aki: User, ben: User) -> None:
    shop = make_shop()
    drawn(add_visit(shop, aki, at=NOW - 9 * DAY))
    (row,) = rows_of(ben, [shop])
    assert (row[AT("last_on")], row[AT("due")]) == ("2026-11-16", "not_due")


@pytest.mark.parametrize(
    ("state", "is_wanted"),
    [
        (VisitState.SUBMITTED, False),
        (VisitState.APPROVED, False),
        (VisitState.RETURNED, False),
        (VisitState.REJECTED, True),
        (VisitState.WITHDRAWN, True),
    ],
)
def test_a_second_visit_is_wanted_until_somebody_has_made_it(
    aki: User, ben: User, state: VisitState, is_wanted: bool
) -> None:
    shop, chie = make_shop(), make_user("chie", Role.FIELDWORKER)
    drawn(add_visit(shop, aki, at=NOW - 2 * DAY))
    add_visit(shop, ben, at=NOW - DAY, state=state)
    for worker in (ben, chie):
        assert (shops_to_visit_again(worker, NOW) == {shop.pk}) is is_wanted


def test_who_was_there_lately_is_not_sent_again(aki: User, ben: User) -> None:
    shop = make_shop()
    add_visit(shop, ben, at=NOW - 40 * DAY)
    drawn(add_visit(shop, aki, at=NOW - 2 * DAY))
    chie = make_user("chie", Role.FIELDWORKER)
    assert shops_to_visit_again(ben, NOW) == set()
    assert shops_to_visit_again(chie, NOW) == {shop.pk}


def test_visits_of_a_merged_shop_count(aki: User, ben: User) -> None:
    shop, duplicate = make_shop(), make_shop()
    drawn(add_visit(duplicate, aki, at=NOW - 2 * DAY))
    Shop.objects.filter(pk=duplicate.pk).update(merged_into=shop)
    assert shops_to_visit_again(ben, NOW) == {shop.pk}
    (row,) = rows_of(ben, [shop])
    assert row[AT("due")] == "never"
    add_visit(duplicate, ben, at=NOW - DAY)
    assert shops_to_visit_again(ben, NOW) == set()


def test_the_phone_and_the_pages_of_another_worker_say_the_same(
    client: Client, aki: User, ben: User
) -> None:
    cache.clear()
    now = timezone.now()
    shop = make_shop()
    add_visit(shop, aki, at=now - 200 * DAY)
    drawn(add_visit(shop, aki, at=now - 2 * DAY, alipay=Answer.YES))
    earlier, later = ((now - days * DAY) for days in (200, 2))
    for worker, last in ((ben, earlier), (aki, later)):
        client.force_login(worker)
        (row,) = client.get("/api/v1/field/plan?lat=35.6717&lon=139.765").json()["rows"]
        assert row[AT("due")] == ("due" if worker == ben else "not_due")
        assert last_visits_shown(worker, [shop.pk], now) == {shop.pk: last}
        lists = client.get("/field/?q=千歳屋").context["lines"]
        form = client.get(f"/field/shops/{shop.pk}/visit").context["last_visit"]
        assert ([line.last_visit for line in lists], form) == ([last], last)
