"""One entry on the desk: its flags, its place, its chain, its photo, and the letter keys."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import (
    GINZA,
    make_approved,
    make_entry,
    make_flag,
    make_photo,
    make_shop,
    make_visit,
)
from tracker.accounts.models import User
from tracker.places.grid import Fix
from tracker.survey.answers import Answer
from tracker.workflows.entries import visits

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


@pytest.fixture
def desk(client: Client, mori: User) -> Client:
    client.force_login(mori)
    return client


def test_the_panel_shows_flags_place_chain_and_day(desk: Client, aki: User, rin: User) -> None:
    shop = make_shop("さくら堂 銀座")
    chain = make_shop("さくら堂 築地", lat_e7=GINZA[0] + 50_000)
    other = make_shop("別の店", lat_e7=GINZA[0] + 20_000)
    for sister in (shop, chain):
        sister.brand = "さくら堂"
        sister.save()
    now = timezone.now().replace(hour=3)
    make_approved(chain, aki, rin, at=now - timedelta(days=40))
    make_visit(other, aki, at=now - timedelta(minutes=9))
    fix = Fix(GINZA[0] + 3_000, GINZA[1], 12)
    visit = visits.submit_visit(
        entry=make_entry(shop, observed_at=now, fix=fix), by=aki, at=now + timedelta(minutes=1)
    )
    make_flag(visit, number=140)
    page = desk.get(f"/desk/{visit.uuid}/panel").content.decode()
    assert "140" in page
    assert "33 m from the shop, accuracy 12 m" in page
    assert "さくら堂 築地" in page
    assert "556 m" in page
    assert "aki on the same day" in page
    assert "別の店" in page
    assert "<html" not in page


def test_the_glyph_says_the_answers(desk: Client, aki: User) -> None:
    visit = make_visit(make_shop(), aki, alipay=Answer.YES, wechat_pay=Answer.UNSURE)
    page = desk.get(f"/desk/{visit.uuid}/panel").content.decode()
    words = "Alipay: Yes · WeChat Pay: Unsure · Chinese-speaking staff: Not checked"
    assert f'aria-label="{words}"' in page
    assert page.count("<rect") == 2  # what was not checked has no panel


def test_the_photo_is_offered_small_and_large(desk: Client, aki: User) -> None:
    visit = make_visit(make_shop(), aki)
    photo = make_photo(visit)
    page = desk.get(f"/desk/{visit.uuid}/panel").content.decode()
    assert f"/field/photos/{photo.uuid}/large 1600w" in page


def test_the_letter_keys_are_switched_off_for_the_person(
    desk: Client, client: Client, aki: User, mori: User, rin: User
) -> None:
    make_visit(make_shop(), aki)
    assert 'data-keys="on"' in desk.get("/desk/").content.decode()
    desk.post("/desk/keys", {"are_on": "0"})
    assert 'data-keys="off"' in desk.get("/desk/").content.decode()
    client.force_login(rin)
    assert 'data-keys="on"' in client.get("/desk/").content.decode()
    client.force_login(mori)
    client.post("/desk/keys", {"are_on": "1"})
    assert 'data-keys="on"' in client.get("/desk/").content.decode()
