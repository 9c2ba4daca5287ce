"""Own work on the phone: what came back and why, the last days, the figures."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.factories import add_photo, add_visit, make_shop, make_visit
from tracker.accounts.models import User
from tracker.fieldwork.models import Visit
from tracker.fieldwork.states import PhotoState, VisitState
from tracker.moderation.transitions import Move
from tracker.months import day_of
from tracker.survey.answers import Answer
from tracker.survey.routes import Route
from tracker.workflows.judging import moderate

pytestmark = pytest.mark.django_db
WORK = "/api/v1/field/work"


@pytest.fixture
def phone(client: Client, aki: User) -> Client:
    cache.clear()
    client.force_login(aki)
    return client


def sent_back(
    visit: Visit, judge: User, *reasons: str, note: str = "", minutes_ago: int = 2
) -> None:
    moderate.decide(
        visit=visit,
        revision=visit.revision,
        move=Move.RETURN,
        reasons=list(reasons),
        note=note,
        by=judge,
        at=timezone.now() - timedelta(minutes=minutes_ago),
    )


def test_an_entry_that_came_back_is_told_with_its_reasons_and_photos(
    phone: Client, aki: User, mori: User
) -> None:
    now = timezone.now()
    visit = make_visit(
        make_shop(), aki, at=now - timedelta(hours=1), alipay=Answer.UNSURE,
        routes=(Route["PAYPAY_CODE"],),
    )  # fmt: skip
    photo = add_photo(visit, state=PhotoState.READY)
    add_photo(visit, state=PhotoState.REFUSED)
    sent_back(visit, mori, "sign_not_visible", "other", note="もう一度")
    answer = phone.get(WORK, headers={"accept-language": "en"})
    assert answer["Cache-Control"] == "no-store"
    assert answer.json()["returned"] == [
        {
            "uuid": str(visit.uuid),
            "revision": 1,
            "shop": {
                "uuid": str(visit.shop.uuid),
                "name": "千歳屋",
                "floor": "",
                "place": "中央区",
                "segment": "drugstore",
            },
            "observed_at": visit.observed_at.isoformat().replace("+00:00", "Z"),
            "outcome": "answered",
            "answers": {"alipay": "unsure", "wechat_pay": "no", "chinese_staff": "not_checked"},
            "routes": ["paypay_code"],
            "evidence": "",
            "note": "",
            "reasons": ["The sign is not in the photo", "Other reason (see note)"],
            "reason_note": "もう一度",
            "photos": [str(photo.uuid)],
        }
    ]


@pytest.mark.parametrize(
    ("language", "reason"),
    [
        ("ja", "表示が写真に写っていません"),
        ("zh-hans", "照片中没有标识"),
        ("en", "The sign is not in the photo"),
    ],
)
def test_reasons_are_in_the_language_of_the_request(
    phone: Client, aki: User, mori: User, language: str, reason: str
) -> None:
    sent_back(make_visit(make_shop(), aki), mori, "sign_not_visible")
    (entry,) = phone.get(WORK, headers={"accept-language": language}).json()["returned"]
    assert entry["reasons"] == [reason]


def test_a_return_of_this_moment_may_still_be_undone_and_is_not_told(
    phone: Client, aki: User, mori: User
) -> None:
    visit = make_visit(make_shop(), aki)
    sent_back(visit, mori, "incomplete", minutes_ago=0)
    assert phone.get(WORK).json()["returned"] == []


def test_only_own_entries_that_wait_to_be_mended_are_told(
    phone: Client, aki: User, ben: User, mori: User
) -> None:
    sent_back(make_visit(make_shop(), ben), mori, "incomplete")
    for state in (VisitState.SUBMITTED, VisitState.APPROVED, VisitState.WITHDRAWN):
        add_visit(make_shop(), aki, state=state)
    assert phone.get(WORK).json()["returned"] == []


def test_seven_days_and_every_figure_with_its_n(phone: Client, aki: User, ben: User) -> None:
    now = timezone.now()
    for number in range(25):
        add_visit(make_shop(), aki, at=now, alipay=Answer.UNSURE if number < 5 else Answer.YES)
    add_visit(make_shop(), ben, at=now)
    work = phone.get(WORK, headers={"accept-language": "en"}).json()
    assert work["days"][0] == {"on": day_of(now).isoformat(), "entries": 25}
    assert [day["entries"] for day in work["days"][1:]] == [0] * 6
    figures = {figure["key"]: figure for figure in work["quality"]}
    assert figures["entries"] | {"help": ""} == {
        "key": "entries", "label": "Entries", "help": "", "n": 25, "value": 25, "low": None,
        "high": None, "unit": "entries", "words": "25 entries",
    }  # fmt: skip
    unsure = figures["unsure_alipay"]
    assert (unsure["n"], unsure["value"], unsure["unit"]) == (25, 0.2, "share")
    assert unsure["low"] < 0.2 < unsure["high"]
    assert unsure["words"] == "5 of 25: 20 %, between 9 and 39 %"
    assert figures["far"]["words"] == "not enough data (n = 0, at least 20 needed)"
    assert [set(figure) for figure in work["quality"]] == [set(unsure)] * len(figures)


def test_nobody_is_compared_with_anybody(phone: Client, aki: User, ben: User) -> None:
    add_visit(make_shop(), aki, at=timezone.now())
    alone = phone.get(WORK).json()["quality"]
    for _visit in range(40):
        add_visit(make_shop(), ben, at=timezone.now(), alipay=Answer.YES)
    assert phone.get(WORK).json()["quality"] == alone


def test_the_number_of_statements_does_not_grow(
    phone: Client, aki: User, mori: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _entry in range(12):
        visit = make_visit(make_shop(), aki, at=timezone.now())
        sent_back(visit, mori, "incomplete")
        add_photo(visit, state=PhotoState.READY)
    # session, person; entries of the month, photos there; returned, photos, decisions, judges
    phone.get("/method")  # the first request of a session writes the device down
    with django_assert_num_queries(7):
        assert len(phone.get(WORK).json()["returned"]) == 12
