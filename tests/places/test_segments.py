"""Which segment a shop belongs to, by its tags and by its industry."""

import csv

import pytest

from tests.shared import shared_data
from tracker.places.kinds import Segment
from tracker.places.segments import segment_of_jsic, segment_of_tags


@pytest.mark.parametrize(
    ("tags", "segment"),
    [
        ({"shop": "chemist"}, Segment.DRUGSTORE),
        ({"amenity": "cafe", "cuisine": "coffee_shop"}, Segment.CAFE),
        ({"shop": "bakery", "amenity": "cafe"}, Segment.FOOD_SOUVENIR),  # shop comes first
        ({"shop": "bicycle"}, Segment.OTHER),
        ({"amenity": "bank"}, None),
        ({}, None),
    ],
)
def test_tags_tell_the_segment(tags: dict[str, str], segment: Segment | None) -> None:
    assert segment_of_tags(tags) == segment


@pytest.mark.parametrize(
    ("code", "segment"),
    [
        ("76", Segment.RESTAURANT),
        ("767", Segment.CAFE),
        ("7671", Segment.CAFE),
        ("5891", Segment.CONVENIENCE),
        ("589", Segment.FOOD_SOUVENIR),
        ("6034", Segment.COSMETICS),
        ("01", None),
        ("", None),
    ],
)
def test_the_longest_industry_code_wins(code: str, segment: Segment | None) -> None:
    assert segment_of_jsic(code) == segment


@pytest.mark.once
def test_presets_named_like_a_segment_fall_into_it() -> None:
    with shared_data("shop_categories_presets.csv").open(encoding="utf-8") as file:
        presets = list(csv.DictReader(file))
    named = [row for row in presets if row["suggested_category"] in Segment.values]
    told = [
        segment_of_tags(dict(tag.split("=") for tag in row["osm_tags"].split(";"))) for row in named
    ]
    assert len(named) > 10
    assert told == [Segment(row["suggested_category"]) for row in named]
