"""The day plan on the phone: near, found, compared, and never telling what was answered before."""

import hashlib
from typing import Any

import pytest

from tests.field.phone import Phone, entry
from tests.field.server import PhoneServer
from tracker.survey.specs import TRAITS

pytestmark = [pytest.mark.browser, pytest.mark.once]
HERE = {"lat_e7": 356717000, "lon_e7": 1397650000}
METRE = 90  # of latitude, in e7
SALT = "5a17"
COLUMNS = ["uuid", "name", "find", "segment", "floor", "place", "building", "lat_e7", "lon_e7",
           "last_on", "due", "photo", "checks"]  # fmt: skip


def uuid_of(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"


def check(shop: str, trait: str, answer: str) -> str:
    return hashlib.sha256(f"{SALT}|{shop}|{trait}|{answer}".encode()).hexdigest()[:8]


def row(number: int, name: str, metres: int, due: str = "due", floor: str = "") -> list[Any]:
    shop = uuid_of(number)
    checks = f"{check(shop, 'alipay', 'yes')},{check(shop, 'wechat_pay', 'no')},"
    lat_e7 = HERE["lat_e7"] + metres * METRE
    about = [shop, name, name, "drugstore", floor, "銀座", 0]
    return [*about, lat_e7, HERE["lon_e7"], "2026-08-14", due, 1, checks]


@pytest.fixture
def planned(phone: Phone, server: PhoneServer) -> Phone:
    server.plan = {
        "made_at": server.now(), "period": "2026q4", "salt": SALT, "columns": COLUMNS,
        "rows": [row(1, "若葉薬局", 5, "not_due"), row(2, "双葉薬局", 30),
                 row(3, "新葉薬局", 20, "never"),
                 row(4, "遠葉薬局", 900), row(5, "若葉薬局", 15, floor="2F")],
        "gone": [row(6, "朝顔薬局", 10, "due")],
        "chains": [["若葉薬局", "drugstore"]], "photo_days": 180, "due_days": 90,
    }  # fmt: skip
    phone.call("plan", "fetchPlan", {"lat": 35.67, "lon": 139.76})
    return phone


def names(shops: list[dict[str, Any]]) -> list[int]:
    return [int(shop["uuid"][-12:]) for shop in shops]


def test_due_shops_within_fifty_metres_come_first(planned: Phone) -> None:
    assert names(planned.call("plan", "near", HERE, "all")) == [5, 3, 2, 1, 4]
    assert names(planned.call("plan", "near", HERE, "due")) == [5, 3, 2, 4]
    assert names(planned.call("plan", "near", HERE, "new")) == [3]
    assert names(planned.call("plan", "near", HERE, "all", 2)) == [5, 3]
    [first] = planned.call("plan", "near", HERE, "all", 1)
    assert first["metres"] == pytest.approx(15, abs=0.1)


def test_the_plan_outlives_the_page_without_signal(planned: Phone) -> None:
    planned.restart()
    about = planned.call("plan", "plan")
    assert (about["shops"], about["period"]) == (5, "2026q4")
    assert names(planned.call("plan", "find", "双葉")) == [2]


def test_no_screen_is_given_what_was_answered(planned: Phone) -> None:
    told = [*planned.call("plan", "near", HERE, "all"), planned.call("plan", "shop", uuid_of(1))]
    assert {key for shop in told for key in shop} & {"checks", "find", "salt"} == set()


def test_a_difference_is_told_after_the_answers_only(planned: Phone) -> None:
    def differs(**answers: str) -> list[str]:
        found: list[str] = planned.call("plan", "differs", uuid_of(1), answers, list(TRAITS))
        return found

    assert differs(alipay="yes", wechat_pay="no", chinese_staff="yes") == []
    assert differs(alipay="no", wechat_pay="no", chinese_staff="no") == ["alipay"]
    assert differs(alipay="unsure", wechat_pay="yes") == ["wechat_pay"]


def test_a_shop_just_logged_is_not_due_until_it_is_taken_back(planned: Phone) -> None:
    uuid = planned.finish(shop=uuid_of(5))
    planned.page.wait_for_timeout(100)
    assert names(planned.call("plan", "near", HERE, "due")) == [3, 2, 4]
    planned.restart()
    assert planned.call("plan", "shop", uuid_of(5))["loggedHere"] is True
    planned.call("outbox", "takeBack", uuid)
    planned.page.wait_for_timeout(100)
    assert names(planned.call("plan", "near", HERE, "due")) == [5, 3, 2, 4]


def test_a_shop_added_here_is_in_the_lists(planned: Phone) -> None:
    new = {"name": "新店", "segment": "cafe", "floor": "3F", "address": "銀座1", **HERE}
    planned.call("outbox", "finish", entry(shop=uuid_of(9), new_shop=new), [])
    planned.page.wait_for_timeout(100)
    assert names(planned.call("plan", "near", HERE, "all"))[3:5] == [9, 1]
    assert names(planned.call("plan", "find", "新店")) == [9]
    assert planned.call("plan", "shop", uuid_of(9))["floor"] == "3F"


def test_duplicates_are_near_and_alike_the_same_floor_first(planned: Phone) -> None:
    assert names(planned.call("plan", "duplicates", "ﾜｶﾊﾞ薬局", HERE)) == []
    assert names(planned.call("plan", "duplicates", "若葉薬局 本店", HERE)) == [1, 5]
    assert names(planned.call("plan", "duplicates", "若葉薬局", HERE, "2F")) == [5, 1]
    assert names(planned.call("plan", "duplicates", "", HERE)) == [1, 5, 3]
    assert planned.call("plan", "duplicates", "若葉薬局", None) == []


def test_a_shop_that_is_gone_is_recognised_by_its_name_and_never_listed(planned: Phone) -> None:
    for tab in ("due", "all", "new"):
        assert 6 not in names(planned.call("plan", "near", HERE, tab))
    assert planned.call("plan", "find", "朝顔") == []
    assert names(planned.call("plan", "duplicates", "朝顔薬局 本店", HERE)) == [6]
    assert planned.call("plan", "shop", uuid_of(6))["name"] == "朝顔薬局"
    assert planned.call("plan", "plan")["shops"] == 5


def test_a_plan_that_is_none_changes_nothing(planned: Phone, server: PhoneServer) -> None:
    server.plan = {"ok": True}
    assert planned.fail("plan", "fetchPlan", {"area": "13102"}) == "away"
    assert planned.call("plan", "plan")["shops"] == 5
