"""Releases by the API: what is out, newest first; what is being made is not there."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.factories import NOON
from tracker.months import month_index
from tracker.publication.releases.models import Release
from tracker.publication.releases.states import ReleaseState

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/releases/"


def add(number: int, state: ReleaseState) -> Release:
    """A row of a release and nothing else."""
    times = {"counted_at": NOON, "checked_at": NOON, "published_at": NOON}
    if state == ReleaseState.WITHDRAWN:
        times["withdrawn_at"] = NOON + timedelta(days=1)
    return Release.objects.create(
        quarter="2026q1",
        number=number,
        state=state,
        last_month=month_index(2026, 3),
        begun_at=NOON,
        withdrawn_because="a wrong ward" if state == ReleaseState.WITHDRAWN else "",
        **({} if state == ReleaseState.PROVISIONAL else times),
    )


def names(client: Client, query: str = "") -> list[str]:
    return [row["release_id"] for row in client.get(f"{ADDRESS}{query}").json()["results"]]


def test_what_is_out_comes_newest_first(client: Client) -> None:
    add(1, ReleaseState.WITHDRAWN)
    add(2, ReleaseState.PUBLISHED)
    add(3, ReleaseState.PROVISIONAL)
    assert names(client) == ["2026q1-2", "2026q1-1"]
    assert names(client, "?state=withdrawn") == ["2026q1-1"]
    assert client.get(f"{ADDRESS}?state=provisional").status_code == 400


def test_releases_come_in_pages(client: Client) -> None:
    for number in (1, 2, 3):
        add(number, ReleaseState.PUBLISHED)
    first = client.get(f"{ADDRESS}?limit=2").json()
    assert [row["release_id"] for row in first["results"]] == ["2026q1-3", "2026q1-2"]
    rest = client.get(first["next"]).json()
    assert ([row["release_id"] for row in rest["results"]], rest["next"]) == (["2026q1-1"], None)


def test_a_release_tells_when_and_where_and_why_it_holds_no_more(client: Client) -> None:
    add(1, ReleaseState.WITHDRAWN)
    (row,) = client.get(ADDRESS).json()["results"]
    assert row == {
        "release_id": "2026q1-1",
        "state": "withdrawn",
        "last_month": "2026-03",
        "counted_at": "2026-03-14T03:00:00Z",
        "published_at": "2026-03-14T03:00:00Z",
        "withdrawn_at": "2026-03-15T03:00:00Z",
        "why": "",
        "withdrawn_because": "a wrong ward",
        "is_invented": False,
        "path": "/data/2026q1-1/",
    }
    assert client.get(f"{ADDRESS}?format=csv").getvalue().decode().splitlines()[1] == (
        "2026q1-1,withdrawn,2026-03,2026-03-14T03:00:00Z,2026-03-14T03:00:00Z,"
        "2026-03-15T03:00:00Z,,a wrong ward,false,/data/2026q1-1/"
    )
