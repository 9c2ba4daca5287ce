"""The page of a person's tokens: a token is shown once, listed without its text, and revoked."""

import re

import pytest
from django.test import Client

from tests.api.analysts import make_token
from tracker.accounts.models import TokenGrant, User
from tracker.accounts.roles import ApiScope

pytestmark = pytest.mark.django_db
PAGE = "/account/tokens/"
ASKED = {"name": "My <notebook>", "scopes": ["read:adoption", "read:shops"], "days": "7"}


@pytest.fixture
def analyst(client: Client, dana: User) -> Client:
    client.force_login(dana)
    return client


def test_a_token_is_shown_once_and_works(analyst: Client) -> None:
    text = analyst.post(PAGE, ASKED).content.decode()
    found = re.search(r"<code>(noren_[0-9a-f]{64})</code>", text)
    assert found
    listed = analyst.get(PAGE).content.decode()
    assert found[1] not in listed
    assert "My &lt;notebook&gt;" in listed
    assert "never used" in listed
    program = Client(headers={"authorization": f"Bearer {found[1]}"})
    assert program.get("/api/v1/shops/").status_code == 200
    assert "last used" in analyst.get(PAGE).content.decode()


def test_a_token_is_revoked(analyst: Client, dana: User) -> None:
    text = make_token(dana)
    program = Client(headers={"authorization": f"Bearer {text}"})
    assert program.get("/api/v1/areas/").status_code == 200
    grant = TokenGrant.objects.get()
    page = analyst.post(f"{PAGE}{grant.uuid}/end", follow=True).content.decode()
    assert "The token was revoked." in page
    assert "You have no token." in page
    assert program.get("/api/v1/areas/").status_code == 401
    assert analyst.post(f"{PAGE}{grant.uuid}/end").status_code == 404


def test_the_token_of_somebody_else_is_not_there(analyst: Client, sora: User) -> None:
    make_token(sora)
    grant = TokenGrant.objects.get()
    assert "notebook" not in analyst.get(PAGE).content.decode()
    assert analyst.post(f"{PAGE}{grant.uuid}/end").status_code == 404
    assert TokenGrant.objects.count() == 1


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"scopes": []}, {"scopes": ["read:jobs"]}, {"days": "8"}, {"days": "x"}]
)
def test_a_wrong_wish_keeps_what_was_typed(
    analyst: Client, wrong: dict[str, str | list[str]]
) -> None:
    answer = analyst.post(PAGE, {**ASKED, **wrong})
    text = answer.content.decode()
    assert answer.status_code == 400
    assert 'role="alert"' in text
    assert "My &lt;notebook&gt;" in text or "name" in wrong
    assert TokenGrant.objects.count() == 0


def test_the_scopes_on_offer_are_those_of_the_role(analyst: Client, mori: User) -> None:
    def offered() -> list[str]:
        return re.findall(r'name="scopes" value="([^"]+)"', analyst.get(PAGE).content.decode())

    assert offered() == [ApiScope.ADOPTION.value, ApiScope.SHOPS.value]
    analyst.force_login(mori)
    assert offered() == list(ApiScope.values)


@pytest.mark.parametrize("language", ["ja", "zh-hans", "en"])
def test_the_page_opens_in_every_language(analyst: Client, dana: User, language: str) -> None:
    make_token(dana)
    answer = analyst.get(PAGE, headers={"accept-language": language})
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"


def test_the_own_account_leads_there_where_the_role_has_tokens(
    analyst: Client, dana: User, aki: User
) -> None:
    assert f'href="{PAGE}"' in analyst.get(f"/team/{dana.pk}/").content.decode()
    analyst.force_login(aki)
    assert f'href="{PAGE}"' not in analyst.get(f"/team/{aki.pk}/").content.decode()
    assert analyst.get(PAGE).status_code == 403
