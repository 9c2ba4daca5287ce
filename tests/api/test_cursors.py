"""Pages of lists: nothing twice, nothing left out, never too much at once; CSV has all of it."""

import csv
from itertools import pairwise

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import add_count, make_shop
from tracker.accounts.models import User
from tracker.api.cursors import LARGEST, cursor_of, key_of
from tracker.errors import Invalid
from tracker.months import month_of
from tracker.places.models import Source
from tracker.places.squares import squares_of_wards

pytestmark = pytest.mark.django_db
AREAS = 61  # three cities and 58 wards


def pages_of(client: Client, address: str) -> list[list[dict[str, object]]]:
    """Every page, by following `next`."""
    found = []
    while address:
        answer = client.get(address).json()
        found.append(answer["results"])
        address = answer["next"]
    return found


@pytest.mark.parametrize("limit", [2, 7, 60, 61, 62, 1000])
def test_pages_hold_every_row_once_in_order(client: Client, limit: int) -> None:
    pages = pages_of(client, f"/api/v1/areas/?limit={limit}")
    codes = [row["code"] for page in pages for row in page]
    assert len(codes) == AREAS
    assert all(str(one) < str(other) for one, other in pairwise(codes))
    assert [len(page) for page in pages[:-1]] == [limit] * (len(pages) - 1)


def test_a_page_without_a_limit_is_bounded(client: Client) -> None:
    month = month_of(timezone.now())
    squares = squares_of_wards()["13102"][0][0] * 100
    for quarter in range(11, 45):
        add_count(
            level="grid250",
            area=squares + quarter,
            segment="all",
            measure="alipay",
            month=month,
            observed=20,
            yes=5,
        )
    answer = client.get("/api/v1/adoption/?level=grid250&limit=30").json()
    rest = client.get(answer["next"]).json()
    assert (len(answer["results"]), len(rest["results"]), rest["next"]) == (30, 4, None)
    assert len(client.get("/api/v1/adoption/?level=grid250").json()["results"]) == 34


def test_a_shop_that_comes_between_two_pages_moves_nothing(client: Client, dana: User) -> None:
    client.force_login(dana)
    shops = [make_shop(f"shop {number}") for number in range(4)]
    first = client.get("/api/v1/shops/?limit=2").json()
    make_shop("a new one")
    shops[0].delete()
    names = [row["name"] for page in pages_of(client, first["next"]) for row in page]
    assert names == ["shop 2", "shop 3", "a new one"]


@pytest.mark.parametrize(
    "wrong",
    ["limit=0", "limit=1001", "limit=-1", "limit=ten", "cursor=x", "cursor=AAAA", "cursor=%00"],
)
def test_a_wrong_page_is_a_problem(client: Client, wrong: str) -> None:
    answer = client.get(f"/api/v1/areas/?{wrong}")
    assert answer.status_code == 400
    assert answer.json()["field"] == wrong.partition("=")[0]


@pytest.mark.parametrize("key", [0, 1, -1, 13102, LARGEST, -LARGEST])
def test_a_cursor_holds_its_key(key: int) -> None:
    assert key_of(cursor_of(key)) == key


@pytest.mark.parametrize("key", [LARGEST + 1, -LARGEST - 1])
def test_a_key_that_no_database_holds_is_no_cursor(key: int) -> None:
    with pytest.raises(Invalid):
        key_of(cursor_of(key))


def lines_of(client: Client, address: str, **headers: str) -> list[list[str]]:
    answer = client.get(address, headers=headers)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.reader(answer.getvalue().decode().splitlines()))


def test_csv_has_all_rows_and_the_same_columns(client: Client) -> None:
    rows = client.get("/api/v1/areas/").json()["results"]
    lines = lines_of(client, "/api/v1/areas/?format=csv&limit=3")
    assert lines[0] == list(rows[0])
    assert lines[1:] == [[value or "" for value in row.values()] for row in rows]
    assert lines_of(client, "/api/v1/areas/", accept="text/csv") == lines


def test_csv_never_runs_as_a_formula(client: Client, dana: User) -> None:
    client.force_login(dana)
    make_shop('=HYPERLINK("http://evil")')
    lines = lines_of(client, "/api/v1/shops/?format=csv")
    assert lines[1][1] == '\'=HYPERLINK("http://evil")'


def test_invented_data_say_so_in_json_and_in_every_line(client: Client) -> None:
    shop = make_shop()
    Source.objects.create(
        shop=shop, dataset="demo", external_id="1", digest="0", imported_at=timezone.now()
    )
    assert client.get("/api/v1/segments/").json()["invented"] is True
    lines = lines_of(client, "/api/v1/adoption/?format=csv")
    assert lines[0][-1] == "note"
    assert {line[-1] for line in lines[1:]} == {"Demo data. Do not cite."}
