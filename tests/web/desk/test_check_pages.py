"""re-reviews are blind, private and without consequence; agreement is shown with its n."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.factories import NOON, make_approved, make_shop, set_rate
from tracker.accounts.models import User
from tracker.rechecks.agreement import agreement_of
from tracker.rechecks.models import SpotCheck
from tracker.survey.answers import Answer
from tracker.web.entries.agreement import agreement_line
from tracker.workflows.judging import rechecks

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=2)


@pytest.fixture
def check(aki: User, mori: User, rin: User, sora: User) -> SpotCheck:
    set_rate("second_looks", 1.0, by=sora)
    make_approved(make_shop(), aki, rin, alipay=Answer.YES)
    found = rechecks.next_check(moderator=mori, at=LATER)
    assert found is not None
    return found


@pytest.fixture
def desk(client: Client, mori: User) -> Client:
    client.force_login(mori)
    return client


def test_a_re_review_does_not_tell_what_was_decided(desk: Client, check: SpotCheck) -> None:
    page = desk.get(f"/desk/checks/{check.pk}/").content.decode()
    assert "What would you decide?" in page
    assert "Approved" not in page
    assert "rin" not in page


def test_afterwards_it_tells_and_takes_an_objection(desk: Client, check: SpotCheck) -> None:
    answer = desk.post(f"/desk/checks/{check.pk}/", {"state": "rejected"}, follow=True)
    page = answer.content.decode()
    assert "You: Rejected · First decision: Approved — differs" in page
    desk.post(f"/desk/checks/{check.pk}/object", {"objection": "別の店の看板"})
    check.refresh_from_db()
    assert check.objection == "別の店の看板"
    assert "differs" in desk.get("/desk/checks/").content.decode()


def test_an_answer_that_is_none_is_asked_for_again(desk: Client, check: SpotCheck) -> None:
    assert desk.post(f"/desk/checks/{check.pk}/", {"state": "withdrawn"}).status_code == 400
    assert desk.post(f"/desk/checks/{check.pk}/object", {"objection": "早い"}).status_code == 400
    check.refresh_from_db()
    assert (check.answer, check.objection) == ("", "")


def test_nobody_else_sees_it(client: Client, check: SpotCheck, rin: User, sora: User) -> None:
    client.force_login(rin)
    assert client.get(f"/desk/checks/{check.pk}/").status_code == 404
    assert client.post(f"/desk/checks/{check.pk}/", {"state": "approved"}).status_code == 404
    client.force_login(sora)
    assert client.get(f"/desk/checks/{check.pk}/").status_code == 403


def test_under_twenty_pairs_nothing_is_said(desk: Client) -> None:
    page = desk.get("/desk/agreement/").content.decode()
    assert page.count("not enough data") == 4


def test_the_page_names_the_share_that_is_in_force(desk: Client, sora: User) -> None:
    assert "5 % of approved visits" in desk.get("/desk/agreement/").content.decode()
    set_rate("second_visits", 0.125, by=sora)
    assert "12.5 % of approved visits" in desk.get("/desk/agreement/").content.decode()


def test_figures_come_with_n_and_interval() -> None:
    line = agreement_line(
        "Alipay", agreement_of([("yes", "yes"), ("no", "no")] * 45 + [("yes", "no")] * 10)
    )
    assert (line.n, line.difference) == (100, "10 %, between 6 and 17")
    assert line.kappa == "0.80, between 0.69 and 0.92"
    same = agreement_line("Alipay", agreement_of([("yes", "yes")] * 30))
    assert same.kappa == "not defined: all answers are the same"
