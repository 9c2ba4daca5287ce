"""Shops for analysts: present answers, the square and not the door; nobody's name."""

import json

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import GINZA, make_approved, make_shop
from tracker.accounts.models import User
from tracker.jobs import actions as jobs
from tracker.places.grid import grid125, parent
from tracker.places.kinds import Segment
from tracker.places.models import Shop
from tracker.survey.answers import Answer

pytestmark = pytest.mark.django_db
CODE = grid125(*GINZA)


def row_of(client: Client, person: User, query: str = "") -> dict[str, object]:
    client.force_login(person)
    (row,) = client.get(f"/api/v1/shops/{query}").json()["results"]
    assert isinstance(row, dict)
    return row


@pytest.fixture
def shop(aki: User, mori: User) -> Shop:
    found = make_shop(grid125=CODE)
    Shop.objects.filter(pk=found.pk).update(address="銀座4-1-1")
    make_approved(found, aki, mori, at=timezone.now(), chinese_staff=Answer.UNSURE)
    return found


def test_an_analyst_is_given_the_middle_of_the_square(
    client: Client, dana: User, shop: Shop
) -> None:
    row = row_of(client, dana)
    assert (row["position"], row["address"]) == ("grid250", None)
    lat, lon = float(str(row["lat"])), float(str(row["lon"]))
    assert (lat, lon) != (GINZA[0] / 1e7, GINZA[1] / 1e7)
    assert abs(lat - GINZA[0] / 1e7) <= 1 / 960
    assert abs(lon - GINZA[1] / 1e7) <= 1 / 640
    again = grid125(round(lat * 1e7), round(lon * 1e7))
    assert str(parent(again, "grid250")) == row["grid250"] == str(CODE // 10)


def test_two_shops_of_a_square_have_the_same_place(client: Client, dana: User, shop: Shop) -> None:
    make_shop("another", lat_e7=GINZA[0] + 1000, grid125=grid125(GINZA[0] + 1000, GINZA[1]))
    client.force_login(dana)
    rows = client.get("/api/v1/shops/").json()["results"]
    assert len({(row["lat"], row["lon"]) for row in rows}) == 1


def test_a_moderator_and_an_admin_are_given_the_place(
    client: Client, mori: User, sora: User, shop: Shop
) -> None:
    for person in (mori, sora):
        row = row_of(client, person)
        assert (row["lat"], row["lon"]) == (GINZA[0] / 1e7, GINZA[1] / 1e7)
        assert (row["position"], row["address"]) == ("exact", "銀座4-1-1")


def test_a_shop_has_its_present_answers_and_not_those_that_nobody_knows(
    client: Client, dana: User, shop: Shop
) -> None:
    row = row_of(client, dana)
    assert [row[trait] for trait in ("alipay", "wechat_pay", "chinese_staff")] == [
        "yes",
        "no",
        None,
    ]


def test_nobody_is_told_who_visited(client: Client, sora: User, shop: Shop) -> None:
    text = json.dumps(row_of(client, sora))
    assert "aki" not in text
    assert "photo" not in text


def test_a_merged_shop_is_left_out_and_its_visit_counts_for_the_other(
    client: Client, dana: User, shop: Shop
) -> None:
    survivor = make_shop("the other")
    Shop.objects.filter(pk=shop.pk).update(merged_into=survivor)
    row = row_of(client, dana)
    assert (row["name"], row["alipay"]) == ("the other", "yes")


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("city=tokyo", 1),
        ("city=osaka", 0),
        ("ward=13102", 1),
        ("ward=13101", 0),
        (f"segment={Segment.DRUGSTORE}", 1),
        (f"segment={Segment.HOTEL}", 0),
        ("city=tokyo&ward=13102&segment=drugstore", 1),
    ],
)
def test_shops_are_filtered(
    client: Client, dana: User, shop: Shop, query: str, number: int
) -> None:
    client.force_login(dana)
    assert len(client.get(f"/api/v1/shops/?{query}").json()["results"]) == number


def test_csv_gives_more_shops_than_are_read_at_once(
    client: Client, dana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.api.read_view.CSV_CHUNK", 2)
    names = [f"shop {number}" for number in range(5)]
    for name in names:
        make_shop(name)
    client.force_login(dana)
    answer = client.get("/api/v1/shops/?format=csv")
    lines = answer.getvalue().decode().splitlines()
    assert [line.split(",")[1] for line in lines[1:]] == names


def test_jobs_come_newest_first_and_by_state(client: Client, mori: User) -> None:
    client.force_login(mori)
    for about in ("a", "b", "c"):
        jobs.begin(kind="rebuild", about=about, total=4, by=mori, at=timezone.now())
    jobs.finish(kind="rebuild", about="b", at=timezone.now())
    first = client.get("/api/v1/jobs/?limit=2").json()
    rest = client.get(first["next"]).json()
    assert [row["about"] for row in (*first["results"], *rest["results"])] == ["c", "b", "a"]
    (done,) = client.get("/api/v1/jobs/?state=done").json()["results"]
    assert (done["about"], done["done"], done["total"]) == ("b", 4, 4)
    assert "mori" not in json.dumps(first)
