"""Signing in: to one's own work, with plain refusals, and no signing up."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.phone import Phone, doc_of, item_of, sign
from tracker.accounts.models import User
from tracker.audit.models import AuditEvent

pytestmark = pytest.mark.django_db
HOMES = [("aki", "/field/app/"), ("mori", "/desk/"), ("dana", "/map"), ("sora", "/desk/")]


@pytest.mark.parametrize(("name", "home"), HOMES)
def test_everybody_arrives_at_their_own_work(
    client: Client, request: pytest.FixtureRequest, name: str, home: str
) -> None:
    request.getfixturevalue(name)
    answer = client.post("/accounts/login/", {"login": name, "password": "noren-noren"})
    assert (answer.status_code, answer["Location"]) == (302, home)


@pytest.mark.parametrize("name", ["aki", "nobody"])
def test_a_wrong_password_and_an_unknown_name_read_alike(
    client: Client, aki: User, name: str
) -> None:
    answer = client.post("/accounts/login/", {"login": name, "password": "wrong-wrong"})
    assert answer.status_code == 200
    assert "The username and/or password you specified are not correct" in answer.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_closed_account_stays_outside(client: Client, aki: User) -> None:
    aki.is_active = False
    aki.save()
    client.post("/accounts/login/", {"login": "aki", "password": "noren-noren"})
    assert client.get("/field/").status_code == 302


def test_a_page_asked_for_before_is_opened_after(client: Client, aki: User) -> None:
    asked = client.get("/field/entries/")
    answer = client.post(asked["Location"], {"login": "aki", "password": "noren-noren",
                                             "next": "/field/entries/"})  # fmt: skip
    assert answer["Location"] == "/field/entries/"


def test_nobody_signs_up() -> None:
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")


def test_signing_out_closes_the_pages(client: Client, aki: User) -> None:
    client.force_login(aki)
    client.post("/accounts/logout/")
    assert client.get("/field/").status_code == 302


def test_the_own_password_is_changed(client: Client, aki: User) -> None:
    client.force_login(aki)
    words = {"password1": "kumo-no-ito-1927", "password2": "kumo-no-ito-1927"}
    client.post("/accounts/password/", {"oldpassword": "wrong-wrong", **words})
    assert client.login(username="aki", password="kumo-no-ito-1927") is False
    client.post("/accounts/password/", {"oldpassword": "noren-noren", **words})
    assert client.login(username="aki", password="kumo-no-ito-1927") is True


def test_an_account_without_a_password_is_told_so(client: Client, aki: User) -> None:
    aki.set_unusable_password()
    aki.save()
    client.force_login(aki)
    answer = client.get("/accounts/password/")
    assert answer.status_code == 403
    assert "has no password" in answer.content.decode()


def test_the_language_is_kept(client: Client) -> None:
    client.post("/language/", {"language": "zh-hans", "next": "/"})
    page = client.get("/").content.decode()
    assert '<html lang="zh-Hans">' in page
    assert "支付宝" in page


def test_an_admin_gives_a_role_and_the_log_knows(client: Client, sora: User, aki: User) -> None:
    client.force_login(sora)
    form = {"role": "moderator", "is_active": "on"}
    assert client.post(f"/admin/tracker/user/{aki.pk}/change/", form).status_code == 302
    aki.refresh_from_db()
    assert aki.role == "moderator"
    assert AuditEvent.objects.latest("pk").facts == {"role": "moderator", "active": True}


def test_an_admin_cannot_change_the_own_role(client: Client, sora: User) -> None:
    client.force_login(sora)
    answer = client.post(f"/admin/tracker/user/{sora.pk}/change/", {"role": "analyst"})
    assert answer.status_code == 403
    sora.refresh_from_db()
    assert (sora.role, sora.is_active) == ("admin", True)


def test_shops_cannot_be_changed_behind_the_workflows(client: Client, sora: User) -> None:
    client.force_login(sora)
    assert client.get("/admin/tracker/shop/").status_code == 200
    assert client.get("/admin/tracker/shop/add/").status_code == 403


@pytest.mark.parametrize("name", ["parkedentry", "parkedphoto"])
def test_an_admin_sees_what_waits_and_changes_nothing(
    client: Client, sora: User, aki: User, name: str
) -> None:
    Phone(aki).send(item_of(doc_of(aki, uuid4())))
    Phone(aki).put_whole(str(uuid4()), sign())
    client.force_login(sora)
    page = client.get(f"/admin/tracker/{name}/")
    assert (page.status_code, "aki" in page.content.decode()) == (200, True)
    assert client.get(f"/admin/tracker/{name}/add/").status_code == 403
