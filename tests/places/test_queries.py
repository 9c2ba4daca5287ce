"""Shops by place and by name."""

import pytest

from tests.factories import GINZA, make_shop
from tracker.places.matching import fold
from tracker.places.models import Shop
from tracker.places.queries import look_alikes, metres_between, search_shops, shops_near

pytestmark = [pytest.mark.django_db, pytest.mark.both]
METRE = 90  # 1e-7 degrees of latitude, nearly


def shop_north(metres: int, name: str = "若葉珈琲") -> Shop:
    shop = make_shop(name, lat_e7=GINZA[0] + metres * METRE)
    Shop.objects.filter(pk=shop.pk).update(name_folded=fold(name))
    return shop


def test_a_minute_of_latitude_is_a_nautical_mile() -> None:
    minute = 166_667  # 1e-7 degrees
    assert metres_between(*GINZA, GINZA[0] + minute, GINZA[1]) == pytest.approx(1853, abs=1)
    assert metres_between(*GINZA, *GINZA) == 0


def test_the_nearest_shops_come_first_however_far() -> None:
    far, near, middle = shop_north(20_000), shop_north(10), shop_north(900)
    found = shops_near(lat_e7=GINZA[0], lon_e7=GINZA[1])
    assert [shop for shop, _metres in found] == [near, middle, far]
    assert [round(metres / 100) for _shop, metres in found] == [0, 9, 200]


def test_no_more_shops_than_asked_for_and_they_are_the_nearest() -> None:
    shops = [shop_north(metres) for metres in (400, 10, 50)]
    found = shops_near(lat_e7=GINZA[0], lon_e7=GINZA[1], limit=2)
    assert [shop for shop, _metres in found] == [shops[1], shops[2]]


def test_nothing_is_near_an_empty_map() -> None:
    assert shops_near(lat_e7=GINZA[0], lon_e7=GINZA[1]) == []


def test_look_alikes_need_the_name_and_the_place() -> None:
    same = shop_north(30)
    shop_north(60)  # too far
    shop_north(30, "三日月食堂")
    found = look_alikes(name="ワカバ珈琲", lat_e7=GINZA[0], lon_e7=GINZA[1])
    assert found == []
    found = look_alikes(name="若葉 珈琲店", lat_e7=GINZA[0], lon_e7=GINZA[1])
    assert [shop for shop, _metres in found] == [same]


@pytest.mark.parametrize("text", ["ドトール", "ﾄﾞﾄｰﾙ", "どとーる", " ドトール "])
def test_a_name_is_found_in_any_kana_and_width(text: str) -> None:
    shop = shop_north(0, "ドトールコーヒー 銀座店")
    shop_north(0, "三日月食堂")
    assert search_shops(text=text) == [shop]


def test_a_percent_sign_is_only_a_sign() -> None:
    shop_north(0)
    assert search_shops(text="%") == []
    assert search_shops(text="_") == []
