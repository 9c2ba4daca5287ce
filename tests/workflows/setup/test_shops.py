"""A fieldworker registers a shop."""

from functools import partial
from uuid import UUID, uuid4

import pytest

from tests.factories import NOON
from tests.workflows.entries.test_races import race
from tracker.accounts.models import User
from tracker.audit.models import AuditEvent
from tracker.errors import Invalid, Refused
from tracker.places.kinds import Segment
from tracker.places.models import Shop
from tracker.workflows.setup.shops import register_shop

pytestmark = [pytest.mark.django_db, pytest.mark.both]
NAME = "若葉薬局"


def registered(
    by: User, lat: str = "35.6717", lon: str = "139.765", uuid: UUID | None = None
) -> Shop:
    return register_shop(
        uuid=uuid or uuid4(),
        name=NAME,
        segment=Segment.DRUGSTORE,
        lat=lat,
        lon=lon,
        floor="1F",
        address="",
        by=by,
        at=NOON,
    )


def test_a_new_shop_knows_its_ward_and_its_square(aki: User) -> None:
    shop = registered(aki)
    assert (shop.city_id, shop.ward_id, shop.grid125 // 1000) == ("13100", "13102", 53394601)
    assert (shop.created_by, shop.created_at) == (aki, NOON)
    assert AuditEvent.objects.get().kind == "shop_registered"


def test_the_same_uuid_again_is_the_same_shop(aki: User) -> None:
    uuid = uuid4()
    assert registered(aki, uuid=uuid) == registered(aki, uuid=uuid)
    assert (Shop.objects.count(), AuditEvent.objects.count()) == (1, 1)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_the_same_shop_sent_twice_at_once_is_one_shop(aki: User) -> None:
    for _ in range(20):
        first, second = race(*[partial(registered, aki, uuid=uuid4())] * 2)
        assert first == second
    assert Shop.objects.count() == AuditEvent.objects.count() == 20


@pytest.mark.parametrize(
    ("lat", "lon", "sentence"),
    [
        ("43.06", "141.35", "not in Tokyo"),  # Sapporo
        ("139.765", "35.6717", "look swapped"),
        ("51.5", "0.1", "not in Japan"),
        ("here", "there", "not a number"),
        ("", "", "not a number"),
        ("NaN", "139.765", "not a number"),
    ],
)
def test_a_shop_elsewhere_is_refused(aki: User, lat: str, lon: str, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence) as refusal:
        registered(aki, lat, lon)
    assert refusal.value.field == "lat"
    assert Shop.objects.count() == 0


def test_others_do_not_register_shops(mori: User, dana: User, sora: User) -> None:
    for person in (mori, dana, sora):
        with pytest.raises(Refused):
            registered(person)
    assert Shop.objects.count() == 0
