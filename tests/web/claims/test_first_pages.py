"""“Which shop accepted first?” as readers see it: a month and a kind of shop, never a name."""

import pytest
from django.test import Client

from tests.factories import NOON, make_approved, make_shop
from tracker.accounts.models import User
from tracker.survey.answers import Answer
from tracker.workflows import dispatch

pytestmark = pytest.mark.django_db
ASKED = "/claims/first/?ward=13102&measure=alipay"


def body(client: Client, path: str = ASKED) -> str:
    return client.get(path, headers={"accept-language": "en"}).content.decode()


def look(people: tuple[User, User], name: str, *answers: tuple[int, Answer]) -> None:
    shop = make_shop(name)
    for month, answer in answers:
        make_approved(shop, *people, alipay=answer, at=NOON.replace(month=month))


def test_a_change_that_was_observed_is_told_without_a_name(
    client: Client, aki: User, mori: User
) -> None:
    look((aki, mori), "千歳屋", (1, Answer.NO), (3, Answer.YES))
    look((aki, mori), "若葉薬局", (2, Answer.NO))
    dispatch.sweep(at=NOON.replace(month=4))
    page = body(client)
    assert '<strong class="verdict supported">Supported</strong>' in page
    assert "2 shops with an answer; 1 of them had a yes at some time." in page
    assert "March 2026, Drugstore: no before, so the change was observed." in page
    assert "千歳屋" not in page


def test_a_yes_at_the_first_visit_cannot_be_dated(client: Client, aki: User, mori: User) -> None:
    look((aki, mori), "千歳屋", (3, Answer.YES))
    dispatch.sweep(at=NOON.replace(month=4))
    page = body(client)
    assert '<strong class="verdict cannot_say">No verdict yet</strong>' in page
    assert "yes at the first visit; start unknown." in page
    assert "The shop was never observed with a no." in page


def test_two_in_one_month_have_no_order(client: Client, aki: User, mori: User) -> None:
    for name in ("一", "二"):
        look((aki, mori), name, (1, Answer.NO), (3, Answer.YES))
    dispatch.sweep(at=NOON.replace(month=4))
    page = body(client)
    assert "No verdict yet" in page
    assert "Several shops share the earliest month" in page


def test_an_empty_ward_says_so(client: Client) -> None:
    page = body(client)
    assert "No verdict yet" in page
    assert "No shop of this ward has had a yes yet." in page


def test_before_anything_is_asked_there_is_only_the_form(client: Client) -> None:
    page = body(client, "/claims/first/")
    assert "verdict" not in page
    assert "<select" in page
    assert 'href="/claims/first/"' in body(client, "/claims/")


@pytest.mark.parametrize("query", ["ward=99999&measure=alipay", "ward=13102&measure=cash"])
def test_an_unknown_ward_or_measure_is_refused(client: Client, query: str) -> None:
    answer = client.get(f"/claims/first/?{query}")
    assert answer.status_code == 400
    assert "verdict" not in answer.content.decode()
