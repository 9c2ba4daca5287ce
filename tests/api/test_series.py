"""One area over months, and the same figures as on the map."""

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import add_count
from tracker.months import month_of, month_text
from tracker.places.kinds import Segment
from tracker.places.squares import squares_of_wards

pytestmark = pytest.mark.django_db
NOW = month_of(timezone.now())
SQUARE = next(square for squares in squares_of_wards()["27102"] for square in squares)


def count(level: str, area: int, *, yes: int, months_ago: int, city: int = 13100) -> None:
    """So many yes of 50, and a shop of an area is one of its city too."""
    for name, code in ((level, area), ("city", city)):
        add_count(
            level=name,
            area=code,
            segment="all",
            measure="alipay",
            month=NOW - months_ago,
            observed=50,
            yes=yes,
        )


def series(client: Client, query: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = client.get(f"/api/v1/adoption/series/?{query}").json()[
        "results"
    ]
    return found


def test_a_series_has_every_month_and_ends_with_the_figure_of_the_map(client: Client) -> None:
    count("ward", 13102, yes=20, months_ago=3)
    count("ward", 13102, yes=30, months_ago=1)
    rows = series(client, "area=13102")
    assert [row["period"] for row in rows] == [month_text(NOW - ago) for ago in (3, 2, 1, 0)]
    assert [row["n_yes"] for row in rows] == [20, 20, 50, 50]
    on_map = client.get("/api/v1/adoption/?city=tokyo").json()["results"]
    assert rows[-1] == next(row for row in on_map if row["geo_code"] == "13102")


@pytest.mark.parametrize(
    ("level", "area"),
    [("grid1000", SQUARE), ("grid500", SQUARE * 10 + 1), ("grid250", SQUARE * 100 + 11)],
)
def test_squares_have_a_series_too(client: Client, level: str, area: int) -> None:
    count(level, area, yes=10, months_ago=0, city=27100)
    (row,) = series(client, f"area={area}")
    assert (row["geo_level"], row["geo_code"], row["n_yes"]) == (level, str(area), 10)


def test_a_city_is_an_area(client: Client) -> None:
    count("ward", 13102, yes=20, months_ago=0)
    (row,) = series(client, "area=13100")
    assert (row["geo_level"], row["geo_name_en"]) == ("city", "Tokyo (23 wards)")


def test_months_can_be_chosen_and_come_in_pages(client: Client) -> None:
    count("ward", 13102, yes=20, months_ago=5)
    first, last = month_text(NOW - 4), month_text(NOW - 2)
    assert [row["period"] for row in series(client, f"area=13102&first={first}&last={last}")] == [
        first,
        month_text(NOW - 3),
        last,
    ]
    page = client.get(f"/api/v1/adoption/series/?area=13102&first={first}&limit=2").json()
    assert len(page["results"]) == 2
    assert client.get(page["next"]).json()["results"][0]["period"] == month_text(NOW - 2)


def test_a_segment_and_a_measure_can_be_chosen(client: Client) -> None:
    rows = series(client, f"area=13102&segment={Segment.HOTEL}&measure=chinese_staff")
    assert [(row["segment"], row["measure"]) for row in rows] == [("hotel", "chinese_staff")]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("", "area"),
        ("area=14100", "area"),  # Yokohama
        ("area=131", "area"),
        ("area=60000000", "area"),
        (f"area={SQUARE}5", "area"),
        ("area=13102&first=2026-13", "first"),
        ("area=13102&first=9999-01", "first"),
        ("area=13102&last=1999-01", "last"),
        ("area=13102&month=2026-01", "month"),
        ("area=13102&level=ward", "level"),
    ],
)
def test_a_wrong_series_is_a_problem(client: Client, query: str, field: str) -> None:
    answer = client.get(f"/api/v1/adoption/series/?{query}")
    assert (answer.status_code, answer.json()["field"]) == (400, field)
