"""The desk at work: filters, leases, skip, undo, and what a script is answered."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import (
    make_approved,
    make_flag,
    make_screening,
    make_shop,
    make_visit,
)
from tracker.accounts.models import User
from tracker.fieldwork.models import Visit
from tracker.fieldwork.states import VisitState
from tracker.moderation.kinds import Priority
from tracker.moderation.models import Decision, Lease, Skip
from tracker.places.kinds import Segment

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


@pytest.fixture
def desk(client: Client, mori: User) -> Client:
    client.force_login(mori)
    return client


def approve(desk: Client, visit: Visit, **more: object) -> dict[str, object]:
    form = {"revision": visit.revision, "move": "approve", **more}
    answer = desk.post(f"/desk/{visit.uuid}/decide", form, headers=JSON)
    return {"status": answer.status_code, **answer.json()}


def names(desk: Client, query: str) -> list[str]:
    """Shops of the list, in their order."""
    answer = desk.get(f"/desk/list{query}")
    return [line.name for line in answer.context["listing"].lines]


@pytest.fixture
def four(aki: User, ben: User) -> dict[str, Visit]:
    """One old and flagged, one of Osaka, one of another worker and kind, one new."""
    now = timezone.now()
    osaka = make_shop("大阪", city="27100", ward="27128")
    cafe = make_shop("喫茶", segment=Segment.CAFE)
    four = {
        "旧": make_visit(make_shop("旧"), aki, at=now - timedelta(hours=80)),
        "大阪": make_visit(osaka, aki, at=now - timedelta(hours=30)),
        "喫茶": make_visit(cafe, ben, at=now - timedelta(hours=2)),
        "新": make_visit(make_shop("新"), aki, at=now),
    }
    make_screening(four["旧"], priority=Priority.LOW)
    make_flag(four["旧"])
    make_screening(four["新"], priority=Priority.HIGH)
    return four


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["新", "大阪", "喫茶", "旧"]),
        ("?leases=all", ["新", "大阪", "喫茶", "旧"]),
        ("?priority=high", ["新"]),
        ("?band=high", ["新"]),  # as it stood in links that were kept
        ("?priority=medium", ["大阪", "喫茶"]),
        ("?priority=low", ["旧"]),
        ("?flag=far", ["旧"]),
        ("?age=24", ["大阪", "旧"]),
        ("?age=72", ["旧"]),
        ("?city=27100", ["大阪"]),
        ("?ward=27128", ["大阪"]),
        ("?segment=cafe", ["喫茶"]),
        ("?worker=ben", ["喫茶"]),
        ("?q=喫", ["喫茶"]),
        ("?state=approved", []),
        ("?city=27100&worker=ben", []),
    ],
)
def test_filters_narrow_the_queue(
    desk: Client, four: dict[str, Visit], query: str, found: list[str]
) -> None:
    assert names(desk, query) == found


@pytest.mark.parametrize(
    "query", ["?priority=top", "?flag=no_such", "?ward=1", "?age=1", "?leases=x"]
)
def test_a_filter_that_is_not_on_the_list_is_refused(desk: Client, query: str) -> None:
    assert desk.get(f"/desk/list{query}").status_code == 400
    assert desk.get(f"/desk/{query}").status_code == 400


def test_what_waits_longer_than_three_days_is_marked(desk: Client, four: dict[str, Visit]) -> None:
    page = desk.get("/desk/").content.decode()
    assert page.count("waiting for more than 72 hours") == 1
    assert '<span class="is-old">oldest 3 days</span>' in page


def test_the_tally_counts_what_i_did_today(desk: Client, four: dict[str, Visit]) -> None:
    approve(desk, four["喫茶"])
    page = desk.get("/desk/list").content.decode()
    assert "<b>3</b> waiting" in page
    assert "your decisions today: 1" in page


def test_a_moderator_is_not_offered_what_another_has(
    desk: Client, client: Client, four: dict[str, Visit], rin: User
) -> None:
    assert len(names(desk, "")) == 4
    client.force_login(rin)
    assert names(client, "") == []
    assert "assigned to other moderators" in client.get("/desk/").content.decode()
    assert names(client, "?leases=all") == ["新", "大阪", "喫茶", "旧"]


def test_by_link_it_says_who_has_it_and_blocks_nothing(
    desk: Client, client: Client, four: dict[str, Visit], rin: User
) -> None:
    desk.get("/desk/")
    client.force_login(rin)
    page = client.get(f"/desk/{four['新'].uuid}/").content.decode()
    assert "Assigned to mori until" in page
    assert approve(client, four["新"])["status"] == 200
    client.force_login(User.objects.get(username="mori"))
    late = approve(client, four["新"])
    assert (late["status"], "rin decided first" in str(late["message"])) == (409, True)
    assert late["again"] == f"/desk/{four['新'].uuid}/?"


def test_looking_by_head_or_as_an_admin_takes_nothing(
    desk: Client, client: Client, four: dict[str, Visit], sora: User
) -> None:
    desk.head("/desk/")
    client.force_login(sora)
    assert names(client, "") == ["新", "大阪", "喫茶", "旧"]
    assert Lease.objects.count() == 0


def test_leaving_gives_the_desk_back(desk: Client, four: dict[str, Visit]) -> None:
    desk.get("/desk/")
    until = desk.post("/desk/renew").json()["until"]
    assert desk.post("/desk/leave", {"until": "2020-01-01T00:00:00Z"}).json() == {"released": 0}
    assert desk.post("/desk/leave", {"until": "today"}, headers=JSON).status_code == 400
    assert Lease.objects.count() == 4
    assert desk.post("/desk/leave", {"until": until}).json() == {"released": 4}
    desk.get("/desk/")
    assert desk.post("/desk/leave").status_code == 302
    assert Lease.objects.count() == 0


def test_a_skipped_entry_comes_last_for_me_only(
    desk: Client, client: Client, four: dict[str, Visit], rin: User
) -> None:
    answer = desk.post(f"/desk/{four['新'].uuid}/skip")
    assert answer["Location"] == f"/desk/{four['大阪'].uuid}/"
    desk.post(f"/desk/{four['大阪'].uuid}/skip")
    assert names(desk, "") == ["喫茶", "旧", "新", "大阪"]
    desk.post("/desk/leave")
    client.force_login(rin)
    assert names(client, "") == ["新", "大阪", "喫茶", "旧"]


def test_an_own_entry_is_not_skipped(client: Client, aki: User) -> None:
    visit = make_visit(make_shop(), aki)
    aki.role = "moderator"
    aki.save()
    client.force_login(aki)
    assert client.post(f"/desk/{visit.uuid}/skip", headers=JSON).status_code == 403
    assert Skip.objects.count() == 0


def test_z_takes_the_newest_decision_back_and_opens_it(
    desk: Client, four: dict[str, Visit]
) -> None:
    approve(desk, four["新"])
    approve(desk, four["旧"])
    answer = desk.post("/desk/undo", headers=JSON)
    assert answer.json()["uuid"] == str(four["旧"].uuid)
    page = desk.post("/desk/undo")
    assert page["Location"] == f"/desk/{four['新'].uuid}/"
    assert desk.post("/desk/undo", headers=JSON).status_code == 404
    assert set(Visit.objects.values_list("state", flat=True)) == {"submitted"}


def test_any_of_the_last_twenty_is_undone_from_its_page(
    desk: Client, four: dict[str, Visit]
) -> None:
    first = approve(desk, four["新"])["decision"]
    approve(desk, four["旧"])
    assert desk.get("/desk/mine/").content.decode().count('name="decision"') == 2
    desk.post("/desk/undo", {"decision": first})
    assert desk.get("/desk/mine/").content.decode().count('name="decision"') == 1
    assert desk.post("/desk/undo", {"decision": first}, headers=JSON).status_code == 409
    assert desk.post("/desk/undo", {"decision": "x"}, headers=JSON).status_code == 404


def test_the_decision_of_somebody_else_is_not_there_to_undo(
    desk: Client, aki: User, rin: User
) -> None:
    make_approved(make_shop(), aki, rin)
    decision = Decision.objects.get()
    assert desk.post("/desk/undo", {"decision": decision.pk}, headers=JSON).status_code == 404
    assert Visit.objects.get().state == VisitState.APPROVED


def test_a_script_is_told_what_is_missing(desk: Client, four: dict[str, Visit]) -> None:
    answer = approve(desk, four["新"], move="reject")
    assert (answer["status"], answer["message"]) == (
        400,
        "Choose at least one reason. The worker will see it.",
    )


@pytest.mark.parametrize(
    ("said", "kept"), [({"seconds": "7"}, 7), ({"seconds": "99999999"}, 86_400), ({}, None)]
)
def test_the_seconds_on_the_screen_are_kept(
    desk: Client, four: dict[str, Visit], said: dict[str, str], kept: int | None
) -> None:
    approve(desk, four["新"], **said)
    assert Decision.objects.get().seconds == kept


def test_without_a_script_the_seconds_count_from_the_page(
    desk: Client, four: dict[str, Visit]
) -> None:
    shown_at = (timezone.now() - timedelta(seconds=90)).isoformat()
    approve(desk, four["新"], shown_at=shown_at)
    assert Decision.objects.get().seconds in (90, 91)


def test_filters_go_along_from_entry_to_entry(desk: Client, four: dict[str, Visit]) -> None:
    form = {"revision": 1, "move": "approve"}
    answer = desk.post(f"/desk/{four['新'].uuid}/decide?worker=ben", form)
    assert answer["Location"] == f"/desk/{four['喫茶'].uuid}/?worker=ben"
    answer = desk.post(f"/desk/{four['喫茶'].uuid}/decide?worker=ben", form)
    assert answer["Location"] == "/desk/?worker=ben"
    assert "No entries match these filters." in desk.get("/desk/?worker=ben").content.decode()
