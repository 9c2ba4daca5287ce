"""Shops listed twice: found at night, merged by a person, told apart for good, undone."""

import pytest
from django.test import Client

from tests.factories import NOON, make_approved, make_shop
from tracker.accounts.models import User
from tracker.audit.models import AuditEvent
from tracker.errors import Refused, Stale
from tracker.places.models import DuplicatePair, Shop
from tracker.workflows.judging.duplicates import dismiss_duplicates, find_duplicates

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client, mori: User) -> Client:
    client.force_login(mori)
    return client


@pytest.fixture
def pair() -> DuplicatePair:
    make_shop("千歳屋銀座本館")
    make_shop("チトセヤ")
    make_shop("千歳屋銀座", lat_e7=356_717_900)
    assert find_duplicates(at=NOON) == 1
    return DuplicatePair.objects.get()


def test_looking_again_finds_nothing_new(pair: DuplicatePair) -> None:
    assert find_duplicates(at=NOON) == 0


def test_a_pair_stands_side_by_side_and_is_merged(desk: Client, aki: User, mori: User) -> None:
    one, other = make_shop("千歳屋銀座本館"), make_shop("千歳屋銀座")
    make_approved(other, aki, mori)
    find_duplicates(at=NOON)
    page = desk.get("/desk/shops/").content.decode()
    assert "1 possible duplicate" in page
    assert "1 visit" in page
    answer = desk.post("/desk/shops/merge", {"shop": one.pk, "into": other.pk}, follow=True)
    assert Shop.objects.get(pk=one.pk).merged_into == other
    page = answer.content.decode()
    assert "No pairs to check." in page
    desk.post("/desk/shops/split", {"shop": one.pk})
    assert Shop.objects.get(pk=one.pk).merged_into is None
    assert "1 possible duplicate" in desk.get("/desk/shops/").content.decode()


def test_two_shops_are_not_offered_again(desk: Client, mori: User, pair: DuplicatePair) -> None:
    desk.post("/desk/shops/two", {"shop": pair.pk})
    assert "No pairs to check." in desk.get("/desk/shops/").content.decode()
    assert find_duplicates(at=NOON) == 0
    assert AuditEvent.objects.get(kind="twins_dismissed").actor_name == "mori"
    with pytest.raises(Stale):
        dismiss_duplicates(pair=pair, by=mori, at=NOON)


def test_only_people_of_the_desk_tell_shops_apart(
    aki: User, dana: User, pair: DuplicatePair
) -> None:
    for person in (aki, dana):
        with pytest.raises(Refused):
            dismiss_duplicates(pair=pair, by=person, at=NOON)
    pair.refresh_from_db()
    assert pair.dismissed_at is None


@pytest.mark.parametrize(
    ("path", "form", "status"),
    [
        ("merge", {}, 400),
        ("merge", {"shop": "x"}, 400),
        ("merge", {"shop": 1_000_000, "into": 1_000_001}, 404),
        ("split", {"shop": 1_000_000}, 404),
        ("two", {"shop": 1_000_000}, 404),
    ],
)
def test_rubbish_is_refused(desk: Client, path: str, form: dict[str, str], status: int) -> None:
    assert desk.post(f"/desk/shops/{path}", form).status_code == status
    assert not Shop.objects.exclude(merged_into=None).exists()


def test_an_unknown_area_is_refused(desk: Client) -> None:
    assert desk.get("/desk/shops/", {"area": "99999"}).status_code == 400
