"""Tokens: each opens what its scopes name, as the person it belongs to, and nothing else."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.api.analysts import make_token, program_of
from tests.factories import make_shop, make_visit
from tests.web.site.test_permission_walk import ALL, paths_of
from tracker.accounts.models import TokenGrant, User
from tracker.accounts.permissions import may
from tracker.accounts.roles import ApiScope, Role
from tracker.accounts.routes import ROUTES, SCOPES
from tracker.workflows.people import membership

pytestmark = pytest.mark.django_db
SHOPS, JOBS, AREAS = "/api/v1/shops/", "/api/v1/jobs/", "/api/v1/areas/"
METHODS = ("get", "post", "put", "patch", "delete")


@pytest.mark.parametrize(
    ("scope", "opened"),
    [(ApiScope.ADOPTION, AREAS), (ApiScope.SHOPS, SHOPS), (ApiScope.JOBS, JOBS)],
)
def test_a_token_opens_what_its_scope_names(mori: User, scope: ApiScope, opened: str) -> None:
    program = program_of(mori, scope)
    answers = {address: program.get(address).status_code for address in (AREAS, SHOPS, JOBS)}
    assert answers == {AREAS: 403, SHOPS: 403, JOBS: 403} | {opened: 200}


def test_a_token_is_no_more_than_its_person(dana: User) -> None:
    program = program_of(dana, ApiScope.SHOPS)
    assert program.get(SHOPS).status_code == 200
    TokenGrant.objects.update(scopes=[ApiScope.SHOPS, ApiScope.JOBS])
    assert program.get(JOBS).status_code == 403
    dana.role = Role.FIELDWORKER
    dana.save()
    assert program.get(SHOPS).status_code == 403


@pytest.mark.slow(3)
def test_a_token_opens_no_other_route_whoever_it_belongs_to(
    mori: User, sora: User, aki: User
) -> None:
    visit = make_visit(make_shop(), aki)
    opened = set()
    for person in (mori, sora):
        program = program_of(person)
        for name, path in ALL:
            for method in METHODS if name not in SCOPES else ():
                answer = getattr(program, method)(paths_of(path, visit))
                if name in ROUTES and not may_anybody(name) and answer.status_code < 300:
                    opened.add((name, method))
    assert opened == set()
    visit.refresh_from_db()
    assert visit.state == "submitted"


def may_anybody(name: str) -> bool:
    """Whether a route is open to people who are not signed in."""
    from django.contrib.auth.models import AnonymousUser

    return may(AnonymousUser(), ROUTES[name])


def test_the_token_of_a_worker_on_leave_opens_nothing(dana: User, sora: User) -> None:
    program = program_of(dana)
    membership.close_account(person=dana, may_upload=False, by=sora, at=timezone.now())
    assert TokenGrant.objects.count() == 0
    assert program.get(SHOPS).status_code == 401


def test_a_closed_account_opens_nothing_with_a_token_that_was_left(dana: User) -> None:
    program = program_of(dana)
    User.objects.filter(pk=dana.pk).update(is_active=False)
    assert program.get(SHOPS).status_code == 403


def test_a_token_ends_by_itself(dana: User) -> None:
    long_ago = timezone.now() - timedelta(days=8)
    text = make_token(dana, days=7, at=long_ago)
    program = Client(headers={"authorization": f"Bearer {text}"})
    answer = program.get(SHOPS)
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")
    assert TokenGrant.objects.count() == 1  # a read deletes nothing


@pytest.mark.parametrize(
    "header",
    [
        "Bearer",
        "Bearer ",
        "Bearer x",
        "Bearer x y",
        "Bearer \u00ff\u00fe",
        "Bearer noren_" + "0" * 64,
        "bearer " + "a" * 9000,
    ],
)
@pytest.mark.parametrize("address", [AREAS, SHOPS])
def test_what_is_no_token_is_refused_even_where_none_is_needed(
    client: Client, address: str, header: str
) -> None:
    answer = client.get(address, headers={"authorization": header})
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
    assert answer["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("header", ["Basic YTpi", "Token x", ""])
def test_other_ways_of_signing_in_are_not_known(client: Client, header: str) -> None:
    assert client.get(AREAS, headers={"authorization": header}).status_code == 200
    assert client.get(SHOPS, headers={"authorization": header}).status_code == 401


def test_the_end_of_a_token_does_not_match(dana: User) -> None:
    text = make_token(dana)
    wrong = text[:-1] + ("0" if text[-1] != "0" else "1")
    answer = Client(headers={"authorization": f"Bearer {wrong}"}).get(SHOPS)
    assert answer.status_code == 401


def test_the_token_counts_and_not_the_session(client: Client, mori: User, dana: User) -> None:
    client.force_login(mori)
    text = make_token(dana, ApiScope.SHOPS)
    make_shop()
    (row,) = client.get(SHOPS, headers={"authorization": f"Bearer {text}"}).json()["results"]
    assert row["position"] == "grid250"


def test_a_use_is_written_down_once_in_a_while(dana: User) -> None:
    program = program_of(dana)
    assert TokenGrant.objects.get().last_used_at is None
    program.get(SHOPS)
    used = TokenGrant.objects.get().last_used_at
    program.get(SHOPS)
    assert used is not None
    assert TokenGrant.objects.get().last_used_at == used
