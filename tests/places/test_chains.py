"""Names proposed while typing: brands, names that repeat, and their usual segment."""

import pytest

from tests.factories import make_shop
from tracker.places.chains import MOST, Chain, chains_in, most_of
from tracker.places.kinds import Segment
from tracker.places.matching import fold
from tracker.places.models import Shop

pytestmark = pytest.mark.django_db
TOKYO = "13100"


def add(name: str, *, brand: str = "", segment: Segment = Segment.CAFE, city: str = TOKYO) -> Shop:
    shop = make_shop(name, segment=segment, city=city, ward=None)
    Shop.objects.filter(pk=shop.pk).update(name_folded=fold(name), brand=brand)
    return shop


@pytest.mark.parametrize(("number", "is_chain"), [(1, False), (2, True), (3, True)])
def test_a_brand_is_a_chain_from_two_shops_on(number: int, is_chain: bool) -> None:
    for place in range(number):
        add(f"{place}号店", brand="若葉")
    assert chains_in(TOKYO) == ([Chain("若葉", "cafe", number)] if is_chain else [])


@pytest.mark.parametrize(("number", "is_chain"), [(2, False), (3, True)])
def test_a_name_is_a_chain_from_three_shops_on(number: int, is_chain: bool) -> None:
    for _shop in range(number):
        add("若葉珈琲")
    assert chains_in(TOKYO) == ([Chain("若葉珈琲", "cafe", number)] if is_chain else [])


def test_spellings_of_one_name_are_one_chain_under_the_usual_spelling() -> None:
    for name in ("ドトール", "ﾄﾞﾄｰﾙ", "ドトール", "ドトール 本店"):
        add(name)
    assert chains_in(TOKYO) == [Chain("ドトール", "cafe", 4)]


def test_a_chain_has_the_segment_of_most_of_its_shops() -> None:
    for segment in (Segment.OTHER, Segment.CAFE, Segment.CAFE):
        add("若葉珈琲", segment=segment)
    assert chains_in(TOKYO) == [Chain("若葉珈琲", "cafe", 3)]


def test_a_name_that_is_a_brand_is_listed_once() -> None:
    for brand in ("若葉", "若葉", "", "", ""):
        add("若葉", brand=brand)
    assert chains_in(TOKYO) == [Chain("若葉", "cafe", 2)]


def test_only_standing_shops_of_the_city_with_a_name_count() -> None:
    kept = add("若葉", brand="若葉")
    merged = add("若葉", brand="若葉")
    Shop.objects.filter(pk=merged.pk).update(merged_into=kept)
    add("若葉", brand="若葉", city="26100")
    for _shop in range(3):
        add("")
    assert chains_in(TOKYO) == []


def test_the_greatest_come_first_and_two_cities_are_added_up() -> None:
    tokyo = [Chain("若葉", "cafe", 5), Chain("三日月", "hotel", 4)]
    kyoto = [Chain("三日月", "restaurant", 3), Chain("わかば", "cafe", 2)]
    assert most_of([*tokyo, *kyoto]) == [
        Chain("三日月", "hotel", 7),
        Chain("若葉", "cafe", 5),
        Chain("わかば", "cafe", 2),
    ]


def test_there_are_three_hundred_at_most() -> None:
    chains = most_of(Chain(f"店{number}号", "cafe", number + 2) for number in range(400))
    assert [chain.shops for chain in chains] == list(range(401, 401 - MOST, -1))
