"""The page of a fieldworker's work: for the person, moderators and administrators; no ranks."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.factories import add_visit, make_shop, make_user
from tracker.accounts.models import User
from tracker.accounts.roles import Role
from tracker.fieldwork.funnel import FunnelPlace, GroupCount, compare, compare_all
from tracker.rechecks.models import Reinterview
from tracker.survey.answers import Answer
from tracker.web.team.funnel import funnel_svg, hours_svg
from tracker.web.team.presenters import remark_of, sentences_of

pytestmark = pytest.mark.django_db
YES, NO = Answer.YES, Answer.NO


def page_of(client: Client, viewer: User, person: User) -> str:
    client.force_login(viewer)
    return client.get(f"/team/{person.pk}/", headers={"accept-language": "en"}).content.decode()


def logged(worker: User, *, yes: int, n: int) -> None:
    """Today's entries in one ward, so many with Alipay."""
    now = timezone.now()
    for number in range(n):
        add_visit(make_shop(), worker, at=now, alipay=YES if number < yes else NO)


@pytest.mark.parametrize("viewer", ["aki", "mori", "sora"])
def test_the_person_moderators_and_admins_see_the_figures(
    client: Client, request: pytest.FixtureRequest, aki: User, viewer: str
) -> None:
    logged(aki, yes=20, n=25)
    page = page_of(client, request.getfixturevalue(viewer), aki)
    assert "<dt>Entries</dt><dd>25 entries" in page
    assert "Nobody is ranked" in page


@pytest.mark.parametrize("viewer", ["ben", "dana"])
def test_other_fieldworkers_and_analysts_see_nothing(
    client: Client, request: pytest.FixtureRequest, aki: User, viewer: str
) -> None:
    logged(aki, yes=20, n=25)
    client.force_login(request.getfixturevalue(viewer))
    answer = client.get(f"/team/{aki.pk}/")
    assert (answer.status_code, b"20 of 25" in answer.content) == (404, False)


def test_a_moderator_sees_work_but_no_devices_account_or_log(
    client: Client, aki: User, mori: User
) -> None:
    client.force_login(aki)
    client.get("/field/", headers={"user-agent": "Pixel 7"})
    page = page_of(client, mori, aki)
    for word in ("Pixel 7", "Devices signed in", "The account", "Actions of this person"):
        assert word not in page
    assert "Work of the last 30 days" in page
    assert client.post(f"/team/{aki.pk}/close").status_code == 403


def test_who_logs_nothing_has_no_figures(client: Client, mori: User, dana: User) -> None:
    for person in (mori, dana):
        assert "Work of the last 30 days" not in page_of(client, person, person)


def test_under_twenty_nothing_is_said_and_nothing_drawn(client: Client, aki: User) -> None:
    logged(aki, yes=10, n=19)
    page = page_of(client, aki, aki)
    assert "<svg" not in page
    assert page.count("Nothing to compare with") >= 3
    assert "not enough data (n = 19, at least 20 needed)" in page


def test_the_share_of_yes_stands_beside_that_of_others(
    client: Client, aki: User, ben: User
) -> None:
    logged(aki, yes=40, n=40)
    for person in (ben, make_user("chie", Role.FIELDWORKER)):
        logged(person, yes=12, n=30)
    page = page_of(client, aki, aki)
    assert "40 of 40: 100 %, between 91 and 100 %<" in page
    assert "Others in the same wards: 40 %." in page
    assert "Outside the outer limits: a reason to check, not a finding." in page
    row = re.search(r"<th scope=\"row\">Chuo.*?</tr>", page)
    assert row
    assert "24 of 60: 40 %, between 29 and 53 %" in row[0]
    assert "ben" not in page
    assert "chie" not in page
    assert 'style="' not in page
    assert page.count("<script") == 0


def test_one_other_worker_is_not_compared_with(client: Client, aki: User, ben: User) -> None:
    logged(aki, yes=40, n=40)
    logged(ben, yes=12, n=90)
    page = page_of(client, aki, aki)
    assert "of 90" not in page
    assert "by two others in the same ward are needed" in page


def test_the_hours_are_a_picture_and_a_table(client: Client, aki: User) -> None:
    at = timezone.now().replace(hour=3, minute=30) - timedelta(days=1)  # noon in Tokyo
    for _entry in range(20):
        add_visit(make_shop(), aki, at=at)
    page = page_of(client, aki, aki)
    assert "Entries by hour of the day" in page
    assert '<th scope="row">12:00</th><td>20 of 20: 100 %, between 84 and 100 %' in page


def test_second_visits_agree_or_not(client: Client, aki: User, ben: User) -> None:
    at = timezone.now() - timedelta(days=3)
    for number in range(20):
        shop = make_shop()
        first = add_visit(shop, aki, at=at, alipay=YES)
        second = add_visit(shop, ben, at=at + timedelta(days=1), alipay=NO if number < 5 else YES)
        Reinterview.objects.create(
            first=first, second=second, drawn_at=at, due_at=at + timedelta(days=7), closed_at=at
        )
    assert "<td>20</td><td>25 %, between 11 and 47</td>" in page_of(client, aki, aki)
    assert "<td>20</td>" not in page_of(client, ben, ben)  # his were the second ones


def test_every_place_of_a_share_has_its_sentence() -> None:
    assert len({remark_of(place) for place in FunnelPlace}) == len(FunnelPlace)
    few = compare(GroupCount(5, 10), GroupCount(20, 40, 2))
    assert sentences_of(few) == ["not enough data (n = 10, at least 20 needed)"]


def test_the_pictures_escape_their_title_and_carry_no_style() -> None:
    found = compare_all({"13102": GroupCount(30, 60)}, {"13102": GroupCount(50, 90, 3)})
    for svg in (funnel_svg(found, "<b>"), hours_svg([*range(24)], "<b>")):
        assert "<title>&lt;b&gt;</title>" in svg
        assert "style" not in svg
    assert funnel_svg(compare_all({}, {}), "none") == ""
    assert funnel_svg(found, "").count("<circle") == 1


def test_the_entry_on_the_desk_leads_to_the_work_of_its_worker(
    client: Client, aki: User, mori: User
) -> None:
    visit = add_visit(make_shop(), aki, at=timezone.now())
    client.force_login(mori)
    assert (
        f'<a href="/team/{aki.pk}/">aki</a>' in client.get(f"/desk/{visit.uuid}/").content.decode()
    )
