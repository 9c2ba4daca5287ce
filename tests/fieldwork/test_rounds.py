"""When a shop was last visited and photographed, by anybody, and what has waited longest."""

from datetime import timedelta

import pytest

from tests.factories import NOON, add_photo, add_visit, make_shop
from tracker.accounts.models import User
from tracker.fieldwork.rounds import gone_shops, last_photos, last_visits, longest_due_shops
from tracker.fieldwork.states import PhotoState, VisitState
from tracker.places.models import Area, Shop
from tracker.survey.outcomes import Outcome

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
GONE = (VisitState.WITHDRAWN, VisitState.REJECTED)


@pytest.mark.parametrize("state", VisitState)
def test_a_visit_counts_unless_it_was_withdrawn_or_rejected(aki: User, state: VisitState) -> None:
    shop = make_shop()
    add_visit(shop, aki, at=NOON - DAY)
    add_visit(shop, aki, at=NOON, state=state)
    expected = NOON - DAY if state in GONE else NOON
    assert last_visits({shop.pk: shop.pk}) == {shop.pk: expected}


def test_the_visits_of_everybody_count(aki: User, ben: User) -> None:
    shop, other = make_shop(), make_shop("三日月食堂")
    add_visit(shop, aki, at=NOON)
    add_visit(shop, ben, at=NOON + DAY)
    assert last_visits({shop.pk: shop.pk, other.pk: other.pk}) == {shop.pk: NOON + DAY}


def test_visits_and_photos_of_a_merged_shop_count_for_the_other(aki: User) -> None:
    shop, duplicate = make_shop(), make_shop()
    add_photo(add_visit(shop, aki, at=NOON))
    add_photo(add_visit(duplicate, aki, at=NOON + DAY))
    survivors = {shop.pk: shop.pk, duplicate.pk: shop.pk}
    assert last_visits(survivors) == last_photos(survivors) == {shop.pk: NOON + DAY}


@pytest.mark.parametrize("state", PhotoState)
def test_a_photo_counts_unless_it_could_not_be_used(aki: User, state: PhotoState) -> None:
    shop = make_shop()
    add_photo(add_visit(shop, aki, at=NOON), state=state)
    expected = {} if state == PhotoState.REFUSED else {shop.pk: NOON}
    assert last_photos({shop.pk: shop.pk}) == expected


@pytest.mark.parametrize("state", GONE)
def test_the_photo_of_a_visit_that_does_not_count_does_not_either(
    aki: User, state: VisitState
) -> None:
    shop = make_shop()
    add_photo(add_visit(shop, aki, at=NOON, state=state))
    assert last_photos({shop.pk: shop.pk}) == {}


def test_never_visited_shops_come_first_then_those_visited_longest_ago(aki: User) -> None:
    recent, old, never, older = (make_shop(name) for name in ("近", "古", "未", "昔"))
    for shop, days in ((recent, 1), (old, 100), (older, 300)):
        add_visit(shop, aki, at=NOON - days * DAY)
    add_visit(never, aki, at=NOON, state=VisitState.WITHDRAWN)
    merged = make_shop("重")
    Shop.objects.filter(pk=merged.pk).update(merged_into=recent)
    expected = [never.pk, older.pk, old.pk, recent.pk]
    for code in ("13100", "13102"):
        area = Area.objects.get(code=code)
        assert longest_due_shops(area=area, limit=10) == expected
        assert longest_due_shops(area=area, limit=2) == expected[:2]


def test_what_was_observed_later_can_be_left_out(aki: User) -> None:
    shop = make_shop()
    for days in (100, 2):
        add_photo(add_visit(shop, aki, at=NOON - days * DAY))
    same = {shop.pk: shop.pk}
    before = NOON - 2 * DAY
    assert last_visits(same, before=before) == {shop.pk: NOON - 100 * DAY}
    assert last_photos(same, before=before) == {shop.pk: NOON - 100 * DAY}
    assert last_visits(same, before=NOON - 100 * DAY) == {}


def test_a_shop_to_visit_again_stands_where_it_stood_before(aki: User) -> None:
    old, again, older, never = (make_shop(name) for name in ("古", "再", "昔", "未"))
    for shop, days in ((old, 100), (again, 200), (again, 2), (older, 300)):
        add_visit(shop, aki, at=NOON - days * DAY)
    area = Area.objects.get(code="13102")
    plain = [never.pk, older.pk, old.pk, again.pk]
    assert longest_due_shops(area=area, limit=9, before=NOON - 90 * DAY) == plain
    found = longest_due_shops(area=area, limit=9, again={again.pk}, before=NOON - 90 * DAY)
    assert found == [never.pk, older.pk, again.pk, old.pk]
    found = longest_due_shops(area=area, limit=9, again={again.pk}, before=NOON - 400 * DAY)
    assert found == [again.pk, never.pk, older.pk, old.pk]


def test_own_areas_come_first_and_keep_the_order_among_them(aki: User) -> None:
    own, own_never, never = (make_shop(ward=ward) for ward in ("13101", "13101", "13103"))
    add_visit(own, aki, at=NOON)
    area = Area.objects.get(code="13100")
    found = longest_due_shops(area=area, limit=9, own=["13101"])
    assert found == [own_never.pk, own.pk, never.pk]
    found = longest_due_shops(area=area, limit=9, own=["13100"])
    assert found == [own_never.pk, never.pk, own.pk]


def test_an_area_has_its_own_shops_only(aki: User) -> None:
    kyoto = make_shop("京", city="26100", ward="26104")
    nowhere = make_shop("何処", city="26100", ward=None)
    make_shop("東京")
    keys = [kyoto.pk, nowhere.pk]
    assert longest_due_shops(area=Area.objects.get(code="26100"), limit=10) == keys
    assert longest_due_shops(area=Area.objects.get(code="26104"), limit=10) == keys[:1]
    assert longest_due_shops(area=Area.objects.get(code="26105"), limit=10) == []


@pytest.mark.parametrize("outcome", Outcome)
def test_a_shop_is_gone_where_it_was_last_found_closed_for_good_or_replaced(
    aki: User, outcome: Outcome
) -> None:
    shop = make_shop()
    add_visit(shop, aki, at=NOON - DAY)
    add_visit(shop, aki, at=NOON, outcome=outcome)
    is_gone = outcome in (Outcome.CLOSED_FOR_GOOD, Outcome.REPLACED)
    assert gone_shops({shop.pk: shop.pk}) == ({shop.pk} if is_gone else set())


def test_a_shop_that_was_found_again_is_not_gone(aki: User) -> None:
    shop = make_shop()
    add_visit(shop, aki, at=NOON, outcome=Outcome.CLOSED_FOR_GOOD)
    add_visit(shop, aki, at=NOON + DAY)
    assert gone_shops({shop.pk: shop.pk}) == set()


@pytest.mark.parametrize("state", [one for one in VisitState if one != VisitState.APPROVED])
def test_only_an_approved_visit_says_that_a_shop_is_gone(aki: User, state: VisitState) -> None:
    shop = make_shop()
    add_visit(shop, aki, at=NOON, outcome=Outcome.REPLACED, state=state)
    assert gone_shops({shop.pk: shop.pk}) == set()


def test_a_visit_of_a_merged_shop_speaks_for_the_other(aki: User) -> None:
    shop, duplicate = make_shop(), make_shop()
    survivors = {shop.pk: shop.pk, duplicate.pk: shop.pk}
    add_visit(duplicate, aki, at=NOON, outcome=Outcome.CLOSED_FOR_GOOD)
    assert gone_shops(survivors) == {shop.pk}
    add_visit(shop, aki, at=NOON + DAY)
    assert gone_shops(survivors) == set()


def test_in_an_area_gone_shops_take_no_place_of_others(aki: User) -> None:
    gone, recent, never = (make_shop(name) for name in ("閉", "近", "未"))
    add_visit(gone, aki, at=NOON - 300 * DAY, outcome=Outcome.CLOSED_FOR_GOOD)
    add_visit(recent, aki, at=NOON)
    area = Area.objects.get(code="13102")
    assert longest_due_shops(area=area, limit=2) == [never.pk, recent.pk]
    assert longest_due_shops(area=area, limit=3) == [never.pk, recent.pk, gone.pk]


def test_behind_many_gone_shops_the_others_are_still_found(aki: User) -> None:
    for number in range(5):
        add_visit(
            make_shop(f"閉{number}"), aki, at=NOON - 300 * DAY, outcome=Outcome.CLOSED_FOR_GOOD
        )
    shop = make_shop("近")
    add_visit(shop, aki, at=NOON)
    assert longest_due_shops(area=Area.objects.get(code="13102"), limit=1) == [shop.pk]
