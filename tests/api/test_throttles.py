"""How often strangers and tokens may ask; phones that hand in are never held up."""

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client

from tests.api.analysts import program_of
from tracker.accounts.models import User
from tracker.accounts.routes import SCOPES
from tracker.api.read_view import ReadView
from tracker.api.urls import urlpatterns

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/segments/"


@pytest.fixture(autouse=True)
def _few(settings: LazySettings) -> None:
    settings.API_RATE_ADDRESS, settings.API_RATE_TOKEN = 3, 5
    cache.clear()


def asked(client: Client, times: int, address: str = ADDRESS, **extra: str) -> list[int]:
    return [client.get(address, **extra).status_code for _ in range(times)]  # type: ignore[arg-type]


def test_an_address_that_asks_too_often_is_told_when_to_come_back(client: Client) -> None:
    assert asked(client, 4) == [200, 200, 200, 429]
    answer = client.get(ADDRESS)
    assert 0 < int(answer["Retry-After"]) <= 60
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Cache-Control"] == "no-store"


def test_the_limit_is_one_for_all_lists_and_for_answers_that_are_known(client: Client) -> None:
    tag = client.get(ADDRESS)["ETag"]
    assert client.get(ADDRESS, headers={"if-none-match": tag}).status_code == 304
    assert asked(client, 2, "/api/v1/areas/") == [200, 429]


def test_another_address_has_a_limit_of_its_own(client: Client) -> None:
    assert asked(client, 4, REMOTE_ADDR="192.0.2.1")[-1] == 429
    assert asked(client, 1, REMOTE_ADDR="192.0.2.2") == [200]


def test_one_network_of_ipv6_is_one_address(client: Client) -> None:
    assert asked(client, 3, REMOTE_ADDR="2001:db8::1") == [200] * 3
    assert asked(client, 1, REMOTE_ADDR="2001:db8::2") == [429]
    assert asked(client, 1, REMOTE_ADDR="2001:db8:0:1::1") == [200]


def test_a_forwarded_address_that_nobody_vouches_for_changes_nothing(client: Client) -> None:
    assert asked(client, 3) == [200] * 3
    assert asked(client, 1, HTTP_X_FORWARDED_FOR="192.0.2.9") == [429]


def test_a_token_may_ask_more_often_and_counts_by_itself(client: Client, dana: User) -> None:
    asked(client, 4)
    program, other = program_of(dana), program_of(dana)
    assert asked(program, 6) == [200] * 5 + [429]
    assert asked(other, 1) == [200]


def test_a_signed_in_person_counts_like_a_token(client: Client, dana: User) -> None:
    client.force_login(dana)
    assert asked(client, 6) == [200] * 5 + [429]


def test_phones_are_never_held_up(client: Client, aki: User) -> None:
    client.force_login(aki)
    assert asked(client, 12, "/api/v1/field/work") == [200] * 12
    assert asked(client, 12, "/api/v1/field/session") == [200] * 12


def test_every_route_with_a_limit_is_a_read() -> None:
    views = view_classes()
    throttled = {name for name, view in views.items() if getattr(view, "throttle_classes", None)}
    reads = {name for name, view in views.items() if issubclass(view, ReadView)}
    assert throttled == reads == set(SCOPES)


def view_classes() -> dict[str, type]:
    """Route name → class of the view, of everything below /api/v1/ that has one."""
    return {
        pattern.name: pattern.callback.cls
        for pattern in urlpatterns
        if pattern.name and hasattr(pattern.callback, "cls")
    }
