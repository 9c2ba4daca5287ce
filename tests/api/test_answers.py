"""The API for programs: the same figures, problems that a program can read, and no writing."""

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import add_count
from tracker.api.views import LINKS
from tracker.months import month_of
from tracker.places.atlas.cities import AREA_NAMES, City
from tracker.publication.files.columns import COLUMNS

pytestmark = pytest.mark.django_db
PATHS = ["/api/v1/", "/api/v1/adoption/", "/api/v1/areas/", "/api/v1/segments/", "/api/v1/schema/"]


def test_the_root_leads_to_the_rest(client: Client) -> None:
    links = client.get("/api/v1/").json()
    assert sorted(links) == sorted(LINKS)
    assert links["adoption_series"] == "http://testserver/api/v1/adoption/series/"
    answers = {name: client.get(link).status_code for name, link in links.items()}
    needs_more = {"shops": 401, "jobs": 401, "adoption_series": 400}  # a person; an area
    assert answers == dict.fromkeys(links, 200) | needs_more


def test_figures_have_every_column_and_nothing_is_zero_that_is_unknown(client: Client) -> None:
    add_count(
        level="ward",
        area=26101,
        segment="hotel",
        measure="chinese_staff",
        month=month_of(timezone.now()),
        observed=7,
        yes=7,
    )
    query = "?city=kyoto&measure=chinese_staff&segment=hotel"
    answer = client.get(f"/api/v1/adoption/{query}").json()
    rows = {row["geo_code"]: row for row in answer["results"]}
    assert answer["invented"] is False
    assert len(rows) == 11
    assert [list(row) for row in rows.values()] == [[column.name for column in COLUMNS]] * 11
    assert (rows["26101"]["n_observed"], rows["26101"]["obs_status"]) == (7, "Q")
    hidden = ("n_yes", "estimate", "ci_low", "ci_high")
    assert [rows[code][name] for code in ("26101", "26102") for name in hidden] == [None] * 8


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("city=nagoya", "city"),
        ("measure=paypay", "measure"),
        ("level=city", "level"),
        ("segment=bank", "segment"),
        ("month=2026-13", "month"),
        ("colour=red", "colour"),
        ("city=tokyo&city=osaka", "city"),
    ],
)
def test_a_wrong_filter_is_a_problem_that_names_its_field(
    client: Client, query: str, field: str
) -> None:
    answer = client.get(f"/api/v1/adoption/?{query}", headers={"accept-language": "en"})
    problem = answer.json()
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert sorted(problem) == ["field", "status", "title", "type"]
    assert (problem["status"], problem["field"]) == (400, field)


def test_areas_carry_their_codes_and_three_names(client: Client) -> None:
    results = client.get("/api/v1/areas/").json()["results"]
    names = {(row["code"], row["name_ja"], row["name_en"], row["name_zh_hans"]) for row in results}
    languages = ("ja", "en", "zh-hans")
    assert names == {
        (area, *(words[code] for code in languages)) for area, words in AREA_NAMES.items()
    }
    assert {row["city_id"] for row in results} == {None, *City.values}


def test_codes_of_figures_and_of_areas_can_be_joined(client: Client) -> None:
    areas = client.get("/api/v1/areas/").json()["results"]
    figures = client.get("/api/v1/adoption/?city=osaka").json()["results"]
    wards = {row["code"] for row in areas if row["city_id"] == "27100"}
    assert {row["geo_code"] for row in figures} == wards


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(client: Client, path: str, method: str) -> None:
    assert getattr(client, method)(path).status_code == 405
