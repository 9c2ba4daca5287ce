"""The ward of a point: which source wins, and when nobody knows."""

import csv
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import LazySettings

from tests.shared import shared_data
from tracker.places import locating
from tracker.places.atlas.cities import WARDS, City, city_of
from tracker.places.grid import e7
from tracker.places.kinds import WardSource
from tracker.places.locating import (
    PointEvidence,
    locate,
    ward_in_address,
    ward_of_postal_code,
    weigh,
)
from tracker.places.squares import municipalities, squares_of_wards

SQUARE = 53394601111
TWO = frozenset({"13102", "13103"})
OSAKA_TWO = frozenset({"27127", "27128"})


@pytest.mark.parametrize(
    ("evidence", "ward", "source"),
    [
        (PointEvidence("13102", "13103", "13103", "13103", TWO), "13102", WardSource.ADDRESS),
        (PointEvidence("", "13103", "13102", "13102", TWO), "13103", WardSource.POSTAL_CODE),
        (PointEvidence("", "", "13103", "13102", TWO), "13103", WardSource.BOUNDARY),
        (PointEvidence("", "", "", "13102", TWO), "13102", WardSource.POINT_TABLE),
        (PointEvidence("", "", "", "27100", frozenset({"27127"})), "27127", WardSource.SQUARE),
        (PointEvidence("", "", "", "27100", OSAKA_TWO), None, WardSource.UNRESOLVED),
        # a square shared with a town outside: the city is known, so the one ward of ours is it
        (
            PointEvidence("", "", "", "27100", frozenset({"27127", "27205"})),
            "27127",
            WardSource.SQUARE,
        ),
    ],
)
def test_the_best_source_wins(
    evidence: PointEvidence, ward: str | None, source: WardSource
) -> None:
    place = weigh(SQUARE, evidence)
    assert (place.ward, place.ward_source) == (ward, source)


def test_an_unresolved_ward_names_its_candidates() -> None:
    place = weigh(SQUARE, PointEvidence("", "", "", "27100", OSAKA_TWO))
    assert (place.city, place.candidates) == (City["OSAKA"], ["27127", "27128"])


def test_a_point_in_another_town_is_outside() -> None:
    assert weigh(SQUARE, PointEvidence(point_code="14130", square_codes=TWO)).city is None


BORDER = frozenset({"27117", "27214"})  # Asahi of Osaka and Moriguchi beside it


@pytest.mark.parametrize(
    ("evidence", "city"),
    [
        (PointEvidence("27117", "", "", "27214", BORDER), City["OSAKA"]),
        (PointEvidence("", "27117", "", "27214", BORDER), City["OSAKA"]),
        (PointEvidence("", "", "27117", "27214", BORDER), City["OSAKA"]),
        (PointEvidence("", "", "", "27214", BORDER), None),
        (PointEvidence("27128", "", "", "27214", BORDER), None),  # not a ward of this square
        (PointEvidence("", "", "", "", BORDER), None),
        (PointEvidence("", "", "", "", OSAKA_TWO), City["OSAKA"]),
        (PointEvidence("27117"), None),  # an address alone places nothing
    ],
)
def test_the_address_decides_at_the_border_of_a_city(
    evidence: PointEvidence, city: City | None
) -> None:
    assert weigh(SQUARE, evidence).city == city


@pytest.fixture
def no_squares(settings: LazySettings, tmp_path: Path) -> Iterator[None]:
    """As on a machine where npm has not run."""
    caches = (municipalities, squares_of_wards)
    settings.NPM_DIR = tmp_path
    for cached in caches:
        cached.cache_clear()
    yield
    for cached in caches:
        cached.cache_clear()


@pytest.mark.django_db
@pytest.mark.usefixtures("no_squares")
def test_without_the_list_of_squares_the_other_sources_still_locate() -> None:
    here = locate(e7("35.6717"), e7("139.765"))
    assert (here.city, here.ward, here.ward_source) == (
        City["TOKYO"],
        "13102",
        WardSource.POINT_TABLE,
    )
    named = locate(e7("34.6873"), e7("135.5262"), "大阪市中央区大阪城1-1")
    assert (named.ward, named.ward_source) == ("27128", WardSource.ADDRESS)
    assert locate(e7("43.06"), e7("141.35")).city is None


def test_an_address_far_from_its_position_raises_a_doubt() -> None:
    place = weigh(SQUARE, PointEvidence("13121", "", "", "13102", TWO))
    assert place.ward == "13121"
    assert "13121" in place.doubt


def test_an_address_in_another_city_does_not_win() -> None:
    place = weigh(SQUARE, PointEvidence("27128", "", "", "13102", TWO))
    assert place.ward == "13102"
    assert "27128" in place.doubt


@pytest.mark.parametrize(
    ("address", "city", "ward"),
    [
        ("東京都中央区銀座4-6-16", None, "13102"),
        ("大阪府大阪市中央区心斎橋筋1-7-1", None, "27128"),
        ("京都市下京区四条通", None, "26106"),
        ("中央区銀座4-6-16", City["TOKYO"], "13102"),
        ("中央区心斎橋筋", City["OSAKA"], "27128"),
        ("東京都　中央区 銀座4-6-16", None, "13102"),
        ("大阪市東住吉区駒川", None, "27121"),  # holds the name 住吉区 too
        ("大阪府堺市北区", City["OSAKA"], ""),
        ("中央区銀座", None, ""),  # three cities have one or might
        ("北海道札幌市中央区", City["TOKYO"], ""),
        ("", City["TOKYO"], ""),
    ],
)
def test_wards_are_read_from_addresses_that_say_the_city(
    address: str, city: City | None, ward: str
) -> None:
    assert ward_in_address(address, city) == ward


@pytest.mark.parametrize(
    ("code", "ward"),
    [
        ("5300001", "27127"),
        ("600-8001", "26106"),
        ("1006390", "13101"),  # a building: Marunouchi
        ("1008111", "13101"),  # an office: the Imperial Household Agency
        ("0600000", ""),
        ("530", ""),
        ("", ""),
    ],
)
def test_postal_codes_lead_to_wards(code: str, ward: str) -> None:
    assert ward_of_postal_code(code) == ward


def test_a_postal_code_of_two_municipalities_tells_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def entry(*codes: str) -> SimpleNamespace:
        others = [SimpleNamespace(jisx0402=code) for code in codes[1:]]
        return SimpleNamespace(jisx0402=codes[0], alternates=others)

    found = {"1000000": entry("13101", "13102"), "1000009": entry("13101", "13101")}
    monkeypatch.setattr(locating, "_codes", lambda: SimpleNamespace(get=found.__getitem__))
    assert ward_of_postal_code("1000000") == ""
    assert ward_of_postal_code("1000009") == "13101"
    locating._municipality_of.cache_clear()


def test_threads_may_ask_at_once() -> None:
    codes = ["1006390", "5300001", "6008001", "1008111", "1050011", "0600000"] * 5
    locating._municipality_of.cache_clear()
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(ward_of_postal_code, codes))
    assert found == [ward_of_postal_code(code) for code in codes]
    assert len(set(found)) > 3


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("lat", "lon", "city"),
    [
        ("35.6717", "139.765", City["TOKYO"]),
        ("34.6873", "135.5262", City["OSAKA"]),
        ("34.985", "135.759", City["KYOTO"]),
        ("43.06", "141.35", None),  # Sapporo
        ("35.53", "139.70", None),  # Kawasaki
        ("34.573", "135.483", None),  # Sakai
    ],
)
def test_points_lie_in_their_city(lat: str, lon: str, city: City | None) -> None:
    assert locate(e7(lat), e7(lon)).city == city


@pytest.mark.once
def test_the_table_of_wards_agrees_with_the_facts() -> None:
    with shared_data("ward_names.csv").open(encoding="utf-8") as file:
        facts = {
            # The file keeps the traditional 馬 in Nerima (练馬区); simplified it is 马.
            row["code"]: (row["name_ja"], row["name_en"], row["name_zh_hans"].replace("馬", "马"))
            for row in csv.DictReader(file)
        }
    assert {
        ward.code: tuple(ward.names[code] for code in ("ja", "en", "zh-hans")) for ward in WARDS
    } == facts


def test_there_are_three_cities_and_58_wards() -> None:
    assert (len(City), len(WARDS)) == (3, 58)
    counted = {city: [city_of(ward.code) for ward in WARDS].count(city) for city in City}
    assert counted == {City["TOKYO"]: 23, City["OSAKA"]: 24, City["KYOTO"]: 11}


@pytest.mark.once
@pytest.mark.django_db
def test_official_town_points_lie_in_their_ward_or_among_the_candidates() -> None:
    with shared_data("town_points_58wards.csv").open(encoding="utf-8") as file:
        towns = [row for row in csv.DictReader(file) if row["lat"]][::10]
    right = 0
    for town in towns:
        place = locate(e7(town["lat"]), e7(town["lng"]))
        right += town["ward_code"] == place.ward or town["ward_code"] in place.candidates
    assert len(towns) > 900
    assert right / len(towns) > 0.98
