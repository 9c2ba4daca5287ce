"""The nearest shops out of many, exactly, and what is told of them."""

import random

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.factories import GINZA, make_shop
from tracker.places.models import Shop
from tracker.places.queries import metres_between
from tracker.places.shortlist import (
    listed_shops,
    merged_shops,
    nearest_in_areas,
    nearest_shops,
)

pytestmark = pytest.mark.django_db


def scattered(number: int, metres: int, seed: int = 1) -> list[Shop]:
    """Shops strewn over a square around Ginza."""
    rng = random.Random(seed)
    first = make_shop()
    reach = metres * 90
    copies = [
        Shop(
            name=f"店{place}",
            segment=first.segment,
            lat_e7=GINZA[0] + rng.randint(-reach, reach),
            lon_e7=GINZA[1] + rng.randint(-reach, reach),
            grid125=first.grid125,
            city_id="13100",
            ward_id="13102",
            ward_source=first.ward_source,
            created_at=first.created_at,
        )
        for place in range(number)
    ]
    return [first, *Shop.objects.bulk_create(copies)]


@pytest.mark.parametrize("metres", [50, 700, 5_000, 30_000])
@pytest.mark.parametrize("limit", [1, 7, 200])
def test_the_nearest_are_the_nearest_of_all(metres: int, limit: int) -> None:
    shops = scattered(400, metres)
    lat, lon = GINZA[0] + 31 * metres, GINZA[1] - 17 * metres
    slow = sorted((metres_between(lat, lon, one.lat_e7, one.lon_e7), one.pk) for one in shops)
    found = nearest_shops(lat_e7=lat, lon_e7=lon, limit=limit)
    assert found == [pk for _away, pk in slow[:limit]]


def test_where_there_are_few_all_within_reach_are_listed() -> None:
    shops = scattered(20, 20_000)
    found = nearest_shops(lat_e7=GINZA[0], lon_e7=GINZA[1], limit=1500)
    assert sorted(found) == [shop.pk for shop in shops]


def test_kyoto_is_not_near_tokyo() -> None:
    make_shop()
    assert nearest_shops(lat_e7=350_116_000, lon_e7=1_357_681_000, limit=10) == []


def test_merged_shops_are_left_out() -> None:
    shop, duplicate = make_shop(), make_shop()
    Shop.objects.filter(pk=duplicate.pk).update(merged_into=shop)
    assert nearest_shops(lat_e7=GINZA[0], lon_e7=GINZA[1], limit=10) == [shop.pk]
    assert merged_shops([shop.pk]) == {duplicate.pk: shop.pk}
    assert merged_shops([duplicate.pk]) == {}


@pytest.mark.parametrize("number", [0, 30, 300])
def test_two_statements_find_them_however_many_there_are(
    number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    scattered(number, 10_000)
    with django_assert_num_queries(2):
        assert nearest_shops(lat_e7=GINZA[0], lon_e7=GINZA[1], limit=100) != []


def test_the_nearest_of_some_areas_are_those_however_far() -> None:
    shops = scattered(300, 8_000)
    for number, shop in enumerate(shops):
        Shop.objects.filter(pk=shop.pk).update(ward="13101" if number % 3 else "13102")
    own = [shop for number, shop in enumerate(shops) if not number % 3]
    kyoto = make_shop(city="26100", ward="26104", lat_e7=350_000_000, lon_e7=1_357_000_000)
    merged = make_shop(ward="13102")
    Shop.objects.filter(pk=merged.pk).update(merged_into=own[0])
    away = {shop.pk: metres_between(*GINZA, shop.lat_e7, shop.lon_e7) for shop in [*own, kyoto]}
    lat, lon = GINZA
    found = nearest_in_areas(["13102", "26100"], lat_e7=lat, lon_e7=lon, limit=1000)
    assert found == sorted(away, key=lambda pk: away[pk])
    assert nearest_in_areas(["13102"], lat_e7=lat, lon_e7=lon, limit=5) == found[:5]
    assert nearest_in_areas(["27100"], lat_e7=lat, lon_e7=lon, limit=5) == []


def test_listed_shops_keep_their_order_and_name_their_ward_or_city() -> None:
    one, other = make_shop("一"), make_shop("二", ward=None)
    listed = listed_shops([other.pk, one.pk, 0])
    assert [(shop.pk, shop.name, shop.city, shop.place_name) for shop in listed] == [
        (other.pk, "二", "13100", "東京23区"),
        (one.pk, "一", "13100", "中央区"),
    ]
