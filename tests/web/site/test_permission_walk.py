"""Every route of the resolver, as every role: the table decides; a route without a row fails."""

from collections.abc import Iterator
from copy import deepcopy
from http.cookies import SimpleCookie
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.factories import make_shop, make_user, make_visit
from tests.tiers import drawn
from tracker.accounts.models import User
from tracker.accounts.permissions import ANYBODY, PERMISSIONS, Action, Scope, may
from tracker.accounts.roles import Role
from tracker.accounts.routes import NAMESPACES, ROUTES, action_of
from tracker.fieldwork.models import Visit
from tracker.moderation.models import Decision

pytestmark = pytest.mark.django_db
ABSENT = UUID("00000000-0000-4000-8000-000000000000")
PEOPLE = {"walker": Role.FIELDWORKER, "other": Role.FIELDWORKER, "judge": Role.MODERATOR,
          "reader": Role.ANALYST, "chief": Role.ADMIN}  # fmt: skip
# In `make test` one of the seldom ones, another in every run.
METHODS = ["get", "post", *drawn(("head", "put", "patch", "delete", "options"))]


def routes(
    patterns: list[URLPattern | URLResolver] | None = None, namespace: str = ""
) -> Iterator[tuple[str, str]]:
    """Full name and path pattern of every route that Django knows."""
    for pattern in patterns or get_resolver().url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            for name, path in routes(pattern.url_patterns, inner):
                yield name, f"{pattern.pattern}{path}"
        else:
            yield f"{namespace}{pattern.name}", str(pattern.pattern)


def paths_of(path: str, visit: Visit) -> str:
    """A real path for a pattern, about somebody's visit."""
    for slot, value in (
        ("<uuid:uuid>", str(visit.uuid)),
        ("<int:shop_id>", str(visit.shop_id)),
        ("<int:check_id>", "1"),
        ("<int:rule_id>", "999999"),
        ("<int:person_id>", str(visit.worker_id)),
        ("<int:device_id>", "1"),
        ("<str:token>", "none"),
        ("<str:code>", "13101"),
        ("<str:sha256>", "0" * 64),
        ("<str:size>", "small"),
        ("<sha256:sha256>", "0" * 64),
        ("<str:language>", "ja"),
        ("<path:object_id>", "1"),
        ("<int:content_type_id>", "1"),
        ("<path:object_id>", "1"),
        ("<release:name>", "2026q3-1"),
        ("<str:name>", "adoption.csv"),
        ("<str:file>", "adoption.csv"),
        ("<str:act>", "check"),
        ("<slug:slug>", "none"),
        ("<id>", "1"),
        ("<app_label>", "tracker"),
    ):
        path = path.replace(slot, value)
    return "/" + path.replace("^", "").split("(?P")[0].replace("$", "")


ALL = sorted(set(routes()))


def test_every_route_has_a_row() -> None:
    assert [name for name, _path in ALL if action_of(name) is None] == []


def test_every_row_has_a_route() -> None:
    known = {name for name, _path in ALL}
    assert sorted(set(ROUTES) - known) == []
    assert {name.rpartition(":")[0] for name in known} - {""} == set(NAMESPACES)


class Cast(NamedTuple):
    """Somebody's visit, and who comes to look, each with the cookies of a signed-in browser."""

    visit: Visit
    people: list[tuple[User | AnonymousUser, SimpleCookie]]


@pytest.fixture(scope="module")
def cast(made_once: Path) -> Cast:
    people = [make_user(name, role) for name, role in PEOPLE.items()]
    found: list[tuple[User | AnonymousUser, SimpleCookie]] = [(AnonymousUser(), SimpleCookie())]
    for person in people:
        client = Client()
        client.force_login(person)
        found.append((person, client.cookies))
    return Cast(make_visit(make_shop(), people[0]), found)


@pytest.mark.slow(40)
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(("name", "path"), ALL, ids=[name for name, _path in ALL])
def test_a_route_opens_for_the_roles_of_its_row_only(
    cast: Cast, name: str, path: str, method: str
) -> None:
    action = action_of(name)
    assert action is not None
    url = paths_of(path, cast.visit)
    for person, cookies in cast.people:
        client = Client()
        client.cookies = deepcopy(cookies)
        answer = getattr(client, method)(url)
        if may(person, action):
            assert answer.status_code != 403 or name.startswith(("admin:", "desk-decide")), url
            assert "/accounts/login/" not in answer.get("Location", "") or name == "account_logout"
        elif isinstance(person, User):
            assert answer.status_code == 403, (url, person)
        elif name.startswith("api-"):
            assert answer.status_code == 401, url
            assert answer["Content-Type"] == "application/problem+json"
        else:
            assert answer.status_code == 302, url
            assert answer["Location"].startswith("/accounts/login/"), url
    assert Decision.objects.count() in (0, 1)


def test_the_entry_of_somebody_else_is_not_there(client: Client, aki: User, ben: User) -> None:
    visit = make_visit(make_shop(), aki)
    client.force_login(ben)
    for path in (f"/field/entries/{visit.uuid}/", f"/field/entries/{ABSENT}/"):
        assert client.get(path).status_code == 404
    assert client.post(f"/field/entries/{visit.uuid}/withdraw").status_code == 404
    visit.refresh_from_db()
    assert visit.state == "submitted"


@pytest.mark.parametrize("action", Action)
def test_a_closed_account_may_do_what_anybody_may_and_no_more(sora: User, action: Action) -> None:
    sora.is_active = False
    assert may(sora, action) == (ANYBODY in PERMISSIONS[action])


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("role", Role)
def test_own_means_own(aki: User, action: Action, role: Role) -> None:
    aki.role = role
    scope = PERMISSIONS[action].get(role) or PERMISSIONS[action].get(ANYBODY)
    assert may(aki, action, owner_id=aki.pk) == (scope is not None)
    assert may(aki, action, owner_id=aki.pk + 1) == (scope is Scope.ANY)


def test_answers_to_signed_in_people_stay_out_of_caches(client: Client, aki: User) -> None:
    client.force_login(aki)
    answer = client.get("/field/")
    assert answer["Cache-Control"] == "no-store"
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
