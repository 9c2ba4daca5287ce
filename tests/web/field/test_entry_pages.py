"""My entries: figures for myself, also without JavaScript."""

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import add_visit, make_shop
from tracker.accounts.models import User
from tracker.survey.answers import Answer

pytestmark = pytest.mark.django_db


def page_of(client: Client, person: User) -> str:
    client.force_login(person)
    return client.get("/field/entries/", headers={"accept-language": "en"}).content.decode()


def test_my_figures_stand_below_my_entries(client: Client, aki: User) -> None:
    for number in range(25):
        answer = Answer.UNSURE if number < 5 else Answer.YES
        add_visit(make_shop(), aki, at=timezone.now(), alipay=answer)
    page = page_of(client, aki)
    assert "<dt>Unsure: Alipay</dt><dd>5 of 25: 20 %, between 9 and 39 %" in page
    assert "<dt>Entries</dt><dd>25 entries" in page


def test_who_has_logged_little_is_told_that_it_is_too_little(
    client: Client, aki: User, ben: User
) -> None:
    for _entry in range(30):
        add_visit(make_shop(), ben, at=timezone.now())
    page = page_of(client, aki)
    assert "<dt>Entries</dt><dd>0 entries" in page
    assert page.count("not enough data (n = 0, at least 20 needed)") == 9


def test_a_moderator_has_no_such_page(client: Client, mori: User) -> None:
    client.force_login(mori)
    assert client.get("/field/entries/").status_code == 403
