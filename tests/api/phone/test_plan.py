"""The day plan: what a phone takes along, and no earlier answer with it."""

import json
import re
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from tests.factories import GINZA, add_photo, add_visit, make_shop
from tracker.accounts.models import User
from tracker.api.phone.plan_rows import COLUMNS, day_plan, findable
from tracker.fieldwork.draw import key_of
from tracker.fieldwork.due import is_drawn
from tracker.fieldwork.states import VisitState
from tracker.places.models import Shop
from tracker.places.shortlist import listed_shops
from tracker.survey.answers import Answer
from tracker.survey.outcomes import Outcome
from tracker.survey.traits import Trait

pytestmark = pytest.mark.django_db
PLAN = "/api/v1/field/plan"
HERE = f"{PLAN}?lat=35.6717&lon=139.765"
NOW = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
ANSWERS = {
    Trait["ALIPAY"]: Answer.YES,
    Trait["WECHAT_PAY"]: Answer.NO,
    Trait["CHINESE_STAFF"]: Answer.YES,
}


@pytest.fixture
def phone(client: Client, aki: User) -> Client:
    cache.clear()
    client.force_login(aki)
    return client


def rows_of(plan: dict[str, object]) -> list[dict[str, object]]:
    rows = plan["rows"]
    assert isinstance(rows, list)
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows]


def row_of(shop: Shop, at: datetime = NOW) -> dict[str, object]:
    (row,) = rows_of(day_plan([shop.pk], at=at))
    return row


def test_the_plan_has_the_shape_that_was_agreed(phone: Client) -> None:
    shop = make_shop()
    answer = phone.get(HERE)
    plan = answer.json()
    assert list(plan) == [
        "made_at", "period", "salt", "columns", "rows", "gone", "chains", "photo_days", "due_days",
    ]  # fmt: skip
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ", plan["made_at"])
    assert re.fullmatch(r"20\d\dq[1-4]", plan["period"])
    assert re.fullmatch(r"[0-9a-f]{16}", plan["salt"])
    assert (plan["photo_days"], plan["due_days"]) == (180, 90)
    assert plan["columns"] == list(COLUMNS)
    assert plan["rows"] == [
        [
            str(shop.uuid),
            "千歳屋",
            "千歳屋",
            "drugstore",
            "",
            "中央区",
            0,
            *GINZA,
            "",
            "never",
            1,
            ",,",
        ]
    ]
    assert answer["Cache-Control"] == "no-store"


def test_the_columns_are_those_of_the_document() -> None:
    page = (Path(settings.BASE_DIR) / "docs" / "field-app.md").read_text(encoding="utf-8")
    section = page.split("### `GET /api/v1/field/plan")[1].split("### ")[0]
    described = re.sub(r"\([^)]*\)", "", section.split("Columns:")[1])
    assert tuple(re.findall(r"`(\w+)`", described)) == COLUMNS


def test_no_answer_stands_in_the_plan_and_the_digest_knows_the_right_one_only(
    phone: Client, aki: User
) -> None:
    shop = make_shop()
    answers = {trait.value: answer for trait, answer in ANSWERS.items()}
    add_visit(shop, aki, at=timezone.now(), note="yes", **answers)  # type: ignore[arg-type]
    body = phone.get(HERE).content.decode()
    assert re.findall(r"\b(yes|no|unsure|true|false)\b", body) == []
    plan = json.loads(body)
    checks = str(rows_of(plan)[0]["checks"]).split(",")
    assert [len(check) for check in checks] == [8, 8, 8]
    for (trait, right), check in zip(ANSWERS.items(), checks, strict=True):
        matches = [
            answer
            for answer in Answer.values
            if check
            == sha256(f"{plan['salt']}|{shop.uuid}|{trait}|{answer}".encode()).hexdigest()[:8]
        ]
        assert matches == [right]


def test_a_changed_answer_changes_the_checks_and_nothing_else(aki: User) -> None:
    shop = make_shop()
    add_photo(visit := add_visit(shop, aki, at=NOW, alipay=Answer.YES))
    before = row_of(shop)
    type(visit).objects.update(alipay=Answer.NO, wechat_pay=Answer.YES)
    after = row_of(shop)
    assert before.pop("checks") != after.pop("checks")
    assert before == after


def test_two_plans_have_two_salts(aki: User) -> None:
    shop = make_shop()
    add_visit(shop, aki, at=NOW, alipay=Answer.YES)
    one, other = (day_plan([shop.pk], at=NOW) for _plan in range(2))
    assert one["salt"] != other["salt"]
    assert rows_of(one)[0]["checks"] != rows_of(other)[0]["checks"]


@pytest.mark.parametrize(
    "values",
    [
        {"state": VisitState.SUBMITTED, "alipay": Answer.YES},
        {"state": VisitState.APPROVED, "alipay": Answer.UNSURE},
        {"state": VisitState.APPROVED, "outcome": Outcome.NOT_FOUND},
    ],
)
def test_what_gives_no_status_gives_no_check(aki: User, values: dict[str, object]) -> None:
    shop = make_shop()
    add_visit(shop, aki, at=NOW, **values)  # type: ignore[arg-type]
    assert (row_of(shop)["checks"], row_of(shop)["due"]) == (",,", "not_due")


@pytest.mark.parametrize("outcome", [Outcome.CLOSED_FOR_GOOD, Outcome.REPLACED])
def test_a_shop_that_is_gone_is_not_among_those_to_visit(
    phone: Client, aki: User, outcome: Outcome
) -> None:
    there, gone = make_shop(), make_shop("水鳥珈琲")
    add_visit(gone, aki, at=timezone.now() - timedelta(days=400), outcome=outcome)
    for where in (HERE, f"{PLAN}?area=13102"):
        plan = phone.get(where).json()
        assert [row["uuid"] for row in rows_of(plan)] == [str(there.uuid)]
        assert [row[0] for row in plan["gone"]] == [str(gone.uuid)]


def test_a_shop_that_opened_again_is_visited_again(aki: User) -> None:
    shop = make_shop()
    for days, outcome in ((200, Outcome.CLOSED_FOR_GOOD), (100, Outcome.ANSWERED)):
        add_visit(shop, aki, at=NOW - timedelta(days=days), outcome=outcome)
    assert row_of(shop)["due"] == "due"
    assert day_plan([shop.pk], at=NOW)["gone"] == []


@pytest.mark.parametrize(("days", "due"), [(0, "not_due"), (90, "not_due"), (91, "due")])
def test_the_last_visit_by_anybody_says_what_is_due(ben: User, days: int, due: str) -> None:
    shop = make_shop()
    add_visit(shop, ben, at=NOW - timedelta(days=days), state=VisitState.SUBMITTED)
    row = row_of(shop)
    assert (row["due"], row["last_on"]) == (due, (NOW - timedelta(days=days)).date().isoformat())


def test_a_day_is_one_of_tokyo(ben: User) -> None:
    shop = make_shop()
    add_visit(shop, ben, at=datetime(2026, 11, 24, 15, 0, tzinfo=UTC))
    assert row_of(shop)["last_on"] == "2026-11-25"


def test_a_photographed_shop_is_asked_for_a_photo_only_by_random_draw(aki: User) -> None:
    shops = [make_shop(f"店{number}") for number in range(60)]
    for shop in shops:
        add_photo(add_visit(shop, aki, at=NOW))
    rows = rows_of(day_plan([shop.pk for shop in shops], at=NOW))
    drawn = [int(is_drawn(shop.uuid, key=key_of("2026q4"))) for shop in shops]
    assert [row["photo"] for row in rows] == drawn
    assert 0 < sum(drawn) < 60
    later = rows_of(day_plan([shop.pk for shop in shops], at=NOW + timedelta(days=180)))
    assert [row["photo"] for row in later] == [1] * 60


def test_every_worker_gets_the_same_plan_but_for_the_salt(
    phone: Client, aki: User, ben: User
) -> None:
    for _number in range(30):
        add_photo(add_visit(make_shop(), aki, at=timezone.now()))
    first = rows_of(phone.get(HERE).json())
    phone.force_login(ben)
    assert rows_of(phone.get(HERE).json()) == first


def test_everything_a_shop_is_called_can_be_found() -> None:
    shop = make_shop("ﾄﾞﾄｰﾙ 銀座店")
    names = {"name_en": "DOUTOR Ginza", "name_zh_hans": "罗多伦", "address": "銀座４－５－６"}
    Shop.objects.filter(pk=shop.pk).update(**names)
    (listed,) = listed_shops([shop.pk])
    assert findable(listed) == "どとる銀座 doutorginza 罗多伦 銀座456"
    assert row_of(shop)["place"] == "銀座４－５－６"


def test_neighbours_on_floors_share_a_building_and_brands_are_proposed(phone: Client) -> None:
    for _shop in range(2):
        make_shop()
    Shop.objects.update(floor="2F", brand="千歳屋")
    plan = phone.get(HERE).json()
    assert [row["building"] for row in rows_of(plan)] == [1, 1]
    assert plan["chains"] == [["千歳屋", "drugstore"]]
