"""The day plan as it is asked for: which shops, in how many statements and bytes, by whom."""

import csv
import gzip
import json
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import GINZA, add_photo, add_visit, make_shop
from tests.shared import shared_data
from tracker.accounts.models import User
from tracker.api.phone import plan_views
from tracker.api.phone.plan_rows import COLUMNS
from tracker.api.phone.plan_views import MOST_SHOPS
from tracker.fieldwork.models import Visit
from tracker.fieldwork.states import VisitState
from tracker.places.grid import e7
from tracker.places.kinds import Segment
from tracker.places.matching import fold
from tracker.places.models import Shop
from tracker.survey.answers import Answer
from tracker.survey.outcomes import Outcome
from tracker.survey.traits import Trait
from tracker.workflows.people.assignments import assign_area

pytestmark = pytest.mark.django_db
PLAN = "/api/v1/field/plan"
HERE, CHUO = f"{PLAN}?lat=35.6717&lon=139.765", f"{PLAN}?area=13102"


@pytest.fixture
def phone(client: Client, aki: User) -> Client:
    cache.clear()
    client.force_login(aki)
    return client


def names_in(client: Client, query: str) -> list[str]:
    """The names of the shops of a plan, in their order."""
    return [row[COLUMNS.index("name")] for row in client.get(query).json()["rows"]]


def test_an_area_gives_its_longest_due_shops(phone: Client, aki: User) -> None:
    seen, unseen, elsewhere = make_shop("見"), make_shop("未"), make_shop("外", ward="13101")
    add_visit(seen, aki, at=timezone.now())
    names = {code: names_in(phone, f"{PLAN}?area={code}") for code in ("13102", "13100", "27100")}
    assert names["13102"] == [unseen.name, seen.name]
    assert names["13100"] == [unseen.name, elsewhere.name, seen.name]
    assert names["27100"] == []


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("", "lat"),
        ("lat=35.67", "lat"),
        ("lon=139.76", "lat"),
        ("lat=here&lon=there", "lat"),
        ("lat=NaN&lon=139.76", "lat"),
        ("lat=1e999&lon=139.76", "lat"),
        ("lat=&lon=", "lat"),
        ("lat=139.76&lon=35.67", "lat"),
        ("lat=0&lon=0", "lat"),
        ("lat=35.67&lat=35.68&lon=139.76", "lat"),
        ("area=13102&lat=35.67&lon=139.76", "area"),
        ("area=", "area"),
        ("area=13", "area"),
        ("area=00000", "area"),
        ("area=13102&area=13103", "area"),
        ("area=%00", "area"),
        ("colour=red", "colour"),
    ],
)
def test_a_question_that_cannot_be_right_is_a_problem_with_a_sentence(
    phone: Client, query: str, field: str
) -> None:
    answer = phone.get(f"{PLAN}?{query}", headers={"accept-language": "en"})
    problem = answer.json()
    assert (answer.status_code, problem["status"], problem["field"]) == (400, 400, field)
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Cache-Control"] == "no-store"
    assert problem["title"].endswith(".")


def test_the_nearest_shops_of_the_own_areas_come_first(
    phone: Client, aki: User, ben: User, sora: User
) -> None:
    east = 9_000  # 1e-7 degrees, about 80 m
    shops = [("近", "13103"), ("中", "13102"), ("遠", "13103"), ("端", "13102")]
    for step, (name, ward) in enumerate(shops, start=1):
        make_shop(name, ward=ward, lon_e7=GINZA[1] + step * east)
    make_shop("京", city="26100", ward="26104", lat_e7=350_000_000, lon_e7=1_357_000_000)
    query = f"{PLAN}?lat=35.6717&lon=139.765"
    assert names_in(phone, query) == ["近", "中", "遠", "端"]
    assign_area(person=aki, code="13102", by=sora, at=timezone.now())
    assert names_in(phone, query) == ["中", "端", "近", "遠"]
    assign_area(person=aki, code="26100", by=sora, at=timezone.now())
    assert names_in(phone, query) == ["中", "端", "京", "近", "遠"]  # they can be loaded at home
    phone.force_login(ben)
    assert names_in(phone, query) == ["近", "中", "遠", "端"]


def test_own_wards_come_first_in_a_city_too(phone: Client, aki: User, sora: User) -> None:
    own, other = make_shop("自", ward="13104"), make_shop("他", ward="13101")
    for shop in (own, other):
        add_visit(shop, aki, at=timezone.now())
    make_shop("未", ward="13101")
    assign_area(person=aki, code="13104", by=sora, at=timezone.now())
    assert names_in(phone, f"{PLAN}?area=13100") == ["自", "未", "他"]
    assert names_in(phone, f"{PLAN}?area=13101") == ["未", "他"]


def test_own_areas_leave_room_for_the_shops_around(
    phone: Client, aki: User, sora: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan_views, "MOST_SHOPS", 5)
    monkeypatch.setattr(plan_views, "MOST_OWN", 3)
    for number in range(9):
        make_shop(f"自{number}", ward="13104", lat_e7=GINZA[0] + 400_000 + number * 9000)
        make_shop(f"近{number}", ward="13102", lat_e7=GINZA[0] + number * 9000)
    assign_area(person=aki, code="13104", by=sora, at=timezone.now())
    query = f"{PLAN}?lat=35.6717&lon=139.765"
    assert names_in(phone, query) == ["自0", "自1", "自2", "近0", "近1"]


@pytest.mark.parametrize("number", [1, 40])
@pytest.mark.parametrize(("query", "statements"), [(HERE, 13), (CHUO, 14)])
def test_the_number_of_statements_does_not_grow(
    phone: Client, aki: User, number: int, query: str, statements: int
) -> None:
    for _shop in range(number):
        add_photo(add_visit(make_shop(), aki, at=timezone.now(), alipay=Answer.YES))
    phone.get(query)  # fills the cache of chains
    # session and person; second visits; own areas; the shops in two; their rows; merged; visits;
    # photos; status; gone; chains. Of an area it is asked twice which are gone.
    with CaptureQueriesContext(connection) as asked:
        assert len(names_in(phone, query)) == number
    assert len(asked) == statements


@pytest.mark.slow(2)
def test_a_plan_of_real_shops_is_small_on_the_way(phone: Client, aki: User) -> None:
    first = make_shop()
    with shared_data("shops_osm_konbini_tokyo23_JGD2000.csv").open(encoding="utf-8") as file:
        Shop.objects.bulk_create(
            Shop(
                name=row["name"],
                name_en=row["name_en"],
                name_folded=fold(row["name"]),
                segment=Segment.CONVENIENCE,
                lat_e7=e7(row["lat"]),
                lon_e7=e7(row["lon"]),
                grid125=first.grid125,
                city_id=first.city_id,
                ward_id=first.ward_id,
                ward_source=first.ward_source,
                created_at=first.created_at,
            )
            for row in csv.DictReader(file)
        )
    now, yes = timezone.now(), dict.fromkeys(Trait.values, Answer.YES)
    Visit.objects.bulk_create(
        Visit(
            uuid=uuid4(),
            shop=shop,
            worker=aki,
            outcome=Outcome.ANSWERED,
            state=VisitState.APPROVED,
            observed_at=now,
            received_at=now,
            **yes,
        )
        for shop in Shop.objects.all()
    )
    answer = phone.get(HERE, headers={"accept-encoding": "gzip"})
    assert answer["Content-Encoding"] == "gzip"
    assert len(answer.content) < 150_000
    plan = json.loads(gzip.decompress(answer.content))
    assert len(plan["rows"]) == MOST_SHOPS
    assert ["セブン-イレブン", "convenience"] in plan["chains"]


def test_a_client_that_cannot_unpack_gets_it_plain(phone: Client) -> None:
    for _shop in range(20):
        make_shop()
    answer = phone.get(HERE, headers={"accept-encoding": "identity"})
    assert "Content-Encoding" not in answer
    assert len(answer.json()["rows"]) == 20


@pytest.mark.parametrize("path", [HERE, "/api/v1/field/work"])
def test_the_plan_and_the_work_are_for_fieldworkers_only(
    client: Client, mori: User, dana: User, sora: User, path: str
) -> None:
    make_shop()
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
    for person in (mori, dana, sora):
        client.force_login(person)
        answer = client.get(path)
        assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")
        assert "rows" not in answer.json()


@pytest.mark.parametrize("path", [HERE, "/api/v1/field/work"])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written_there(phone: Client, path: str, method: str) -> None:
    assert getattr(phone, method)(path).status_code == 405
