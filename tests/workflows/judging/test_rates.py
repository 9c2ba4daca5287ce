"""An administrator sets how much is looked at; everybody else is refused."""

import pytest
from django.db import IntegrityError
from django.test import Client

from tests.factories import NOON
from tracker.accounts.models import User
from tracker.audit.models import AuditEvent
from tracker.errors import Invalid, Refused
from tracker.moderation.rates import Rate, current_rates
from tracker.moderation.sampling import RATES
from tracker.workflows.judging.rates import change_rate

pytestmark = pytest.mark.django_db


def test_a_rate_is_changed_and_the_log_says_from_what(sora: User) -> None:
    change_rate(key="share", value=0.2, by=sora, at=NOON)
    change_rate(key="share", value=0.3, by=sora, at=NOON)
    assert current_rates().share == 0.3
    assert Rate.objects.get().changed_by == sora
    facts = [event.facts for event in AuditEvent.objects.filter(kind="rate_changed").order_by("pk")]
    assert facts == [{"from": "0.1", "to": "0.2"}, {"from": "0.2", "to": "0.3"}]


@pytest.mark.parametrize(("key", "value"), [("share", 1.5), ("share", -0.1), ("moon", 0.1)])
def test_an_unknown_rate_or_one_out_of_range_is_refused(sora: User, key: str, value: float) -> None:
    with pytest.raises(Invalid):
        change_rate(key=key, value=value, by=sora, at=NOON)
    assert (Rate.objects.count(), AuditEvent.objects.count()) == (0, 0)


def test_rates_of_second_visits_and_looks_stand_in_the_same_table(sora: User) -> None:
    assert (current_rates().second_visits, current_rates().re_reviews) == (0.05, 0.02)
    change_rate(key="second_visits", value=0.1, by=sora, at=NOON)
    change_rate(key="second_looks", value=0.0, by=sora, at=NOON)
    assert (current_rates().second_visits, current_rates().re_reviews) == (0.1, 0.0)


@pytest.mark.parametrize(
    ("key", "value"),
    [("second_visits", 1.01), ("second_looks", -0.01), ("first_entries", 1001), ("moon", 0.1)],
)
def test_the_database_holds_the_bounds_too(sora: User, key: str, value: float) -> None:
    with pytest.raises(IntegrityError, match="a_rate_is_known_and_within_its_bounds"):
        Rate.objects.create(key=key, value=value, changed_at=NOON, changed_by=sora)


@pytest.mark.parametrize("key", RATES)
def test_every_rate_may_have_its_default_and_both_ends(sora: User, key: str) -> None:
    for value in (RATES[key].default, RATES[key].low, RATES[key].high):
        change_rate(key=key, value=value, by=sora, at=NOON)
        assert Rate.objects.get(key=key).value == value


def test_a_moderator_sets_no_rates(mori: User) -> None:
    with pytest.raises(Refused):
        change_rate(key="share", value=0.2, by=mori, at=NOON)
    assert Rate.objects.count() == 0


def test_the_admin_page_sets_a_rate_and_refuses_one_out_of_range(
    client: Client, sora: User
) -> None:
    client.force_login(sora)
    form = {"key": "first_entries", "value": "12"}
    assert client.post("/admin/tracker/rate/add/", form).status_code == 302
    assert current_rates().first_entries == 12
    wrong = client.post("/admin/tracker/rate/add/", {"key": "share", "value": "7"})
    assert "between 0 and 1" in wrong.content.decode()
    assert AuditEvent.objects.filter(kind="rate_changed").count() == 1


def test_the_admin_page_is_closed_to_moderators(client: Client, mori: User) -> None:
    client.force_login(mori)
    answer = client.post("/admin/tracker/rate/add/", {"key": "share", "value": "0.2"})
    assert answer.status_code in (302, 403)
    assert Rate.objects.count() == 0
