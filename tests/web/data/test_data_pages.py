"""What readers find under /data/, and the desk from which it is published."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from tests.factories import NOON
from tests.workflows.publishing.made import APRIL, made, published
from tests.workflows.publishing.test_releases import (
    all_files,  # noqa: F401  # two fixtures
    few_files,  # noqa: F401
)
from tracker.accounts.models import User
from tracker.publication.files.columns import NAMES
from tracker.publication.releases.models import Release
from tracker.publication.releases.states import ReleaseState
from tracker.workflows.publishing import releases

pytestmark = [pytest.mark.django_db, pytest.mark.slow(8)]


@pytest.fixture(autouse=True)
def root(settings: LazySettings, tmp_path: Path) -> Path:
    settings.RELEASE_ROOT = tmp_path / "releases"
    return tmp_path / "releases"


def test_before_the_first_release_it_says_so(client: Client) -> None:
    assert "No releases yet." in client.get("/data/").content.decode()
    assert client.get("/data/latest/").status_code == 404
    assert client.get("/data/latest/adoption.csv").status_code == 404
    assert client.get("/data/releases.atom").status_code == 200


@pytest.mark.usefixtures("all_files")
def test_a_release_has_its_page_and_its_files(client: Client, root: Path) -> None:
    release = published()
    page = client.get("/data/2026q1-1/").content.decode()
    for file in release.files.all():
        assert file.sha256 in page
        answer = client.get(f"/data/2026q1-1/{file.name}")
        data = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
        assert data == (root / "2026q1-1" / file.name).read_bytes()
        assert answer["ETag"] == f'"{file.sha256}"'
        assert "immutable" in answer["Cache-Control"]
        assert "noren-2026q1-1" in answer["Content-Disposition"]


def test_who_has_a_file_is_not_sent_it_again(client: Client) -> None:
    file = published().files.get(name="adoption.csv")
    path = "/data/2026q1-1/adoption.csv"
    again = client.get(path, headers={"If-None-Match": f'"{file.sha256}"'})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_the_latest_leads_to_the_newest_number(client: Client) -> None:
    published()
    assert client.get("/data/latest/")["Location"] == "/data/2026q1-1/"
    published(at=APRIL + timedelta(days=1))
    answer = client.get("/data/latest/adoption.csv")
    assert (answer.status_code, answer["Location"]) == (302, "/data/2026q1-2/adoption.csv")
    assert client.get("/data/latest/noren.zip")["Location"].endswith("/noren-2026q1-2.zip")
    assert client.get("/data/latest/none.csv").status_code == 404


def test_a_withdrawn_release_says_why_and_keeps_its_files(client: Client, sora: User) -> None:
    release = published()
    releases.withdraw_release(release=release, because="A wrong ward.", by=sora, at=APRIL)
    page = client.get("/data/2026q1-1/").content.decode()
    assert "Withdrawn on 2026-04-13" in page
    assert "A wrong ward." in page
    assert client.get("/data/2026q1-1/adoption.csv").status_code == 200
    assert client.get("/data/latest/").status_code == 404
    assert "(withdrawn)" in client.get("/data/releases.atom").content.decode()


def test_nobody_sees_what_is_not_published(client: Client) -> None:
    made()
    assert client.get("/data/2026q1-1/").status_code == 404
    assert client.get("/data/2026q1-1/adoption.csv").status_code == 404
    assert "2026q1-1" not in client.get("/data/").content.decode()


@pytest.mark.parametrize("name", ["../secret_key", "%2e%2e/secret_key", "adoption.csv%00", "none"])
def test_no_other_file_can_be_reached(client: Client, name: str) -> None:
    published()
    assert client.get(f"/data/2026q1-1/{name}").status_code == 404


def test_the_page_describes_itself_to_search_engines(client: Client) -> None:
    published()
    page = client.get("/data/2026q1-1/").content.decode()
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert block is not None
    found = json.loads(block[1])
    assert (found["@type"], found["version"]) == ("Dataset", "2026q1-1")
    assert len(found["distribution"]) == Release.objects.get().files.count()


def test_the_citation_stands_in_three_languages(client: Client) -> None:
    published()
    page = client.get("/data/2026q1-1/").content.decode()
    for language in ("ja", "zh-Hans", "en"):
        assert re.search(rf'<p lang="{language}">[^<]*2026q1-1[^<]*</p>', page)
    assert "@misc{noren2026q1_1" in page


def test_the_dictionary_has_every_column(client: Client) -> None:
    page = client.get("/data/dictionary/").content.decode()
    assert [name for name in NAMES if f"<code>{name}</code>" not in page] == []


def test_an_administrator_makes_checks_and_publishes(client: Client, sora: User) -> None:
    client.force_login(sora)
    wrong = client.post("/data/manage/", {"quarter": "soon", "why": "typed"})
    assert wrong.status_code == 400
    assert "typed" in wrong.content.decode()
    assert client.post("/data/manage/", {"quarter": "2026q1"}).status_code == 302
    release = Release.objects.get()
    page = client.get("/data/manage/").content.decode()
    assert "being prepared" in page
    assert "<progress" in page
    assert client.post("/data/manage/2026q1-1/publish", follow=True).status_code == 200
    release.refresh_from_db()
    assert release.state == ReleaseState.PROVISIONAL
    assert client.post("/data/manage/2026q1-1/eat").status_code == 404
    assert client.post("/data/manage/2026q1-1/drop").status_code == 302
    assert not Release.objects.exists()


def test_withdrawing_without_a_reason_is_explained(client: Client, sora: User) -> None:
    published()
    client.force_login(sora)
    page = client.post("/data/manage/2026q1-1/withdraw", {"because": ""}, follow=True)
    assert "Give the reason for withdrawing" in page.content.decode()
    client.post("/data/manage/2026q1-1/withdraw", {"because": "Wrong."})
    assert Release.objects.get().state == ReleaseState.WITHDRAWN


def test_the_moment_of_a_test_release_is_in_april() -> None:
    assert (NOON.month, APRIL.month) == (3, 4)
