"""What is made from the atlas: the cities as choices, and the words that name them."""

import pytest
from django.utils import translation

from tracker.places.atlas.cities import (
    AREA_NAMES,
    City,
    cities_and_wards,
    cities_in_words,
    city_of,
    wards_of,
)


def test_a_city_is_its_code_its_slug_and_its_name() -> None:
    assert City.values == ["13100", "27100", "26100"]
    assert [city.slug for city in City] == ["tokyo", "osaka", "kyoto"]
    assert City("27100") is City["OSAKA"]
    assert City["OSAKA"] == "27100"


@pytest.mark.parametrize(
    ("language", "label", "words", "with_wards"),
    [
        ("en", "Osaka City", "Tokyo, Osaka and Kyoto", "Tokyo (23), Osaka (24) and Kyoto (11)"),
        ("ja", "大阪市", "東京・大阪・京都", "東京 (23)・大阪 (24)・京都 (11)"),
        ("zh-hans", "大阪市", "东京、大阪和京都", "东京 (23)、大阪 (24)和京都 (11)"),
    ],
)
def test_names_are_those_of_the_reader(
    language: str, label: str, words: str, with_wards: str
) -> None:
    with translation.override(language):
        assert str(City["OSAKA"].label) == label
        assert dict(City.choices)["27100"] == label
        assert cities_in_words() == words
        assert cities_and_wards() == with_wards


def test_every_ward_is_of_the_city_whose_file_lists_it() -> None:
    for city in City:
        assert {city_of(ward.code) for ward in wards_of(city)} == {city}
    assert len(AREA_NAMES) == 61
