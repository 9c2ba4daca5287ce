"""Claims as readers see them, and the page where they are added."""

from dataclasses import asdict

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import add_count
from tests.workflows.publishing.test_public_claims import ENTRY
from tracker.accounts.models import User
from tracker.months import month_of
from tracker.places.atlas.cities import City
from tracker.publication.claims.models import PublicClaim
from tracker.workflows.publishing.public_claims import add_claim

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def only_this_one(sora: User) -> PublicClaim:
    PublicClaim.objects.all().delete()
    return add_claim(entry=ENTRY, by=sora, at=timezone.now())


def observe(city: City, yes: int, observed: int) -> None:
    add_count(
        level="city", area=int(city), segment="cafe", measure="alipay",
        month=month_of(timezone.now()), observed=observed, yes=yes,
    )  # fmt: skip


def text(client: Client, path: str, language: str = "en") -> str:
    return client.get(path, headers={"accept-language": language}).content.decode()


def test_before_anything_is_observed_nothing_can_be_said(client: Client) -> None:
    page = text(client, "/claims/half-of-all-cafes/")
    assert "No verdict yet" in page
    assert page.count("No shop has been observed here yet.") == 3


def test_a_claim_fails_where_it_fails_in_one_city(client: Client) -> None:
    observe(City["TOKYO"], 90, 100)
    observe(City["OSAKA"], 90, 100)
    observe(City["KYOTO"], 10, 100)
    page = text(client, "/claims/half-of-all-cafes/")
    assert '<strong class="verdict not_supported">Not supported</strong>' in page
    assert "90%, between 83% and 94%, 100 shops" in page
    assert page.count("<td>Supported</td>") == 2
    assert "/explore?view=trend&amp;city=kyoto&amp;measure=alipay&amp;segment=cafe" in page


def test_a_claim_holds_where_it_holds_everywhere(client: Client) -> None:
    for city in City:
        observe(city, 90, 100)
    assert '<strong class="verdict supported">' in text(client, "/claims/")


def test_what_would_settle_it_is_said(client: Client) -> None:
    for city in City:
        observe(city, 55, 100)
    page = text(client, "/claims/half-of-all-cafes/")
    assert page.count("in total would be enough.") == 3


@pytest.mark.parametrize(
    ("language", "words"), [("ja", ENTRY.text_ja), ("zh-hans", ENTRY.text_zh_hans)]
)
def test_a_claim_is_read_in_the_readers_language(client: Client, language: str, words: str) -> None:
    assert f"<h1>{words}</h1>" in text(client, "/claims/half-of-all-cafes/", language)


def test_an_administrator_adds_one_and_takes_it_off(client: Client, sora: User) -> None:
    client.force_login(sora)
    typed = asdict(ENTRY) | {"slug": "another"}
    wrong = client.post("/claims/manage/", typed | {"at_least": "0"})
    assert wrong.status_code == 400
    assert ENTRY.text_ja in wrong.content.decode()  # nothing that was typed is lost
    taken = client.post("/claims/manage/", asdict(ENTRY))
    assert "This short name is already used by a claim." in taken.content.decode()
    assert client.post("/claims/manage/", typed)["Location"] == "/claims/another/"
    assert client.get("/claims/another/").status_code == 200
    assert client.post("/claims/manage/another/end").status_code == 302
    assert client.get("/claims/another/").status_code == 404
    again = client.post("/claims/manage/another/end", follow=True)
    assert "This claim has already been removed." in again.content.decode()


def test_without_claims_the_page_says_so(client: Client) -> None:
    PublicClaim.objects.all().delete()
    assert "No claim is being checked." in text(client, "/claims/")
