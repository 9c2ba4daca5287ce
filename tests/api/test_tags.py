"""Tags of answers: what has not changed is not counted and not sent again."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import NOON, add_count, make_approved, make_shop
from tracker.accounts.models import User
from tracker.adoption.models import CountSnapshot
from tracker.adoption.queries import state_of_counts
from tracker.adoption.states import SnapshotState
from tracker.jobs import actions as jobs
from tracker.months import month_of
from tracker.workflows.counting.counts import refresh_shops

pytestmark = pytest.mark.django_db
COUNTED = [
    "/api/v1/adoption/",
    "/api/v1/adoption/?format=csv",
    "/api/v1/adoption/series/?area=13102",
]
OTHERS = ["/api/v1/", "/api/v1/areas/", "/api/v1/segments/", "/api/v1/schema/"]


def again(client: Client, address: str, tag: str, **headers: str) -> int:
    return client.get(address, headers={"if-none-match": tag, **headers}).status_code


@pytest.mark.parametrize("address", [*COUNTED, *OTHERS])
def test_what_is_known_is_not_sent_again(client: Client, address: str) -> None:
    first = client.get(address)
    tag = first["ETag"]
    assert first["Cache-Control"] == "public, no-cache"
    assert {"Accept", "Accept-Language", "Authorization"} <= set(first["Vary"].split(", "))
    known = client.get(address, headers={"if-none-match": f'"other", W/{tag}'})
    assert (known.status_code, known.content, known["ETag"]) == (304, b"", tag)
    assert known["Cache-Control"] == "public, no-cache"
    assert again(client, address, '"other"') == 200


@pytest.mark.parametrize("address", COUNTED)
def test_to_say_so_nothing_is_counted(client: Client, address: str) -> None:
    tag = client.get(address)["ETag"]
    with CaptureQueriesContext(connection) as made:
        assert again(client, address, tag) == 304
    assert [query["sql"] for query in made if "adoptioncount" in query["sql"]] == []
    assert len(made) <= 8  # the snapshot, the invented shops, and the throttle's in the cache


@pytest.mark.parametrize("address", COUNTED)
def test_a_fold_makes_every_figure_new(client: Client, address: str, aki: User, mori: User) -> None:
    tag = client.get(address)["ETag"]
    shop = make_shop()
    make_approved(shop, aki, mori)
    refresh_shops(shop_ids=[shop.pk], at=NOON)
    assert again(client, address, tag) == 200


def test_another_snapshot_is_another_state() -> None:
    states = [state_of_counts()]
    refresh_shops(shop_ids=[], at=NOON)
    states.append(state_of_counts())
    CountSnapshot.objects.update(state=SnapshotState.PAST)
    CountSnapshot.objects.create(state=SnapshotState.CURRENT, begun_at=NOON, made_current_at=NOON)
    assert len({*states, state_of_counts()}) == 3


def test_a_tag_is_of_one_query_one_form_and_one_language(client: Client) -> None:
    add_count(
        level="ward",
        area=13102,
        segment="all",
        measure="alipay",
        month=month_of(timezone.now()),
        observed=50,
        yes=5,
    )
    answers = [
        client.get("/api/v1/adoption/"),
        client.get("/api/v1/adoption/?measure=wechat_pay"),
        client.get("/api/v1/adoption/?limit=5"),
        client.get("/api/v1/adoption/?format=csv"),
        client.get("/api/v1/adoption/", headers={"accept": "text/csv"}),
        client.get("/api/v1/adoption/", headers={"accept-language": "ja"}),
        client.get("/api/v1/adoption/", headers={"host": "127.0.0.1"}),
    ]
    assert len({answer["ETag"] for answer in answers}) == len(answers)


def test_the_order_of_parameters_does_not_matter(client: Client) -> None:
    tags = {
        client.get(f"/api/v1/adoption/?{query}")["ETag"]
        for query in ("city=osaka&limit=5", "limit=5&city=osaka")
    }
    assert len(tags) == 1


def test_a_problem_has_no_tag_and_is_not_kept(client: Client) -> None:
    answer = client.get("/api/v1/adoption/?city=nagoya")
    assert "ETag" not in answer
    assert answer["Cache-Control"] == "no-store"


def test_what_not_everybody_may_read_stays_out_of_shared_caches(client: Client, mori: User) -> None:
    client.force_login(mori)
    tags = {}
    for address in ("/api/v1/shops/", "/api/v1/jobs/"):
        answer = client.get(address)
        tags[address] = answer["ETag"]
        assert answer["Cache-Control"] == "private, no-cache"
        assert again(client, address, tags[address]) == 304
    make_shop()
    jobs.begin(kind="rebuild", about="", total=1, by=None, at=NOON)
    assert [again(client, address, tag) for address, tag in tags.items()] == [200, 200]
