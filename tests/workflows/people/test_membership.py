"""Coming into the team and leaving it: each act once, on the log, by those who may."""

from datetime import timedelta
from functools import partial

import pytest

from tests.factories import NOON, make_shop, make_user
from tests.workflows.entries.test_races import race
from tracker.accounts.models import Invitation, User
from tracker.accounts.permissions import Action, may
from tracker.accounts.roles import Role
from tracker.audit.models import AuditEvent
from tracker.errors import Invalid, Refused, Stale
from tracker.workflows.people.membership import (
    accept_invitation,
    close_account,
    end_upload_graces,
    invite,
    open_account,
)

pytestmark = [pytest.mark.django_db, pytest.mark.both]
HOUR = timedelta(hours=1)
PASSWORD = "kumo-no-ito-1927"


def test_an_invitation_makes_one_account_once(sora: User) -> None:
    token = invite(username="nao", role=Role.MODERATOR, by=sora, at=NOON)
    assert token not in str(Invitation.objects.values())
    person = accept_invitation(token=token, password=PASSWORD, at=NOON + HOUR)
    assert (person.username, person.role, person.check_password(PASSWORD)) == (
        "nao", Role.MODERATOR, True,
    )  # fmt: skip
    with pytest.raises(Stale):
        accept_invitation(token=token, password=PASSWORD, at=NOON + HOUR)
    kinds = AuditEvent.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["person_invited", "person_created"]


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_who_use_one_link_at_once_make_one_account(sora: User) -> None:
    for number in range(20):
        token = invite(username=f"nao{number}", role=Role.ANALYST, by=sora, at=NOON)
        accept = partial(accept_invitation, token=token, password=PASSWORD, at=NOON)
        results = race(accept, accept)
        assert sorted(type(result).__name__ for result in results) == ["Stale", "User"]
    assert User.objects.filter(username__startswith="nao").count() == 20


@pytest.mark.parametrize(
    ("token", "password", "after", "error"),
    [("", PASSWORD, 73 * HOUR, Stale), ("x", PASSWORD, HOUR, Stale), ("", "short", HOUR, Invalid)],
    ids=["too late", "another link", "weak password"],
)
def test_an_invitation_that_does_not_hold_makes_nobody(
    sora: User, token: str, password: str, after: timedelta, error: type[Exception]
) -> None:
    real = invite(username="nao", role=Role.ANALYST, by=sora, at=NOON)
    with pytest.raises(error):
        accept_invitation(token=token or real, password=password, at=NOON + after)
    assert not User.objects.filter(username="nao").exists()


def test_a_name_is_given_once(sora: User, aki: User) -> None:
    with pytest.raises(Invalid):
        invite(username="AKI", role=Role.ANALYST, by=sora, at=NOON)


def test_only_admins_invite_and_close(aki: User, mori: User, dana: User) -> None:
    for person in (aki, mori, dana):
        with pytest.raises(Refused):
            invite(username="nao", role=Role.ADMIN, by=person, at=NOON)
        with pytest.raises(Refused):
            close_account(person=aki, may_upload=False, by=person, at=NOON)
    assert aki.is_active
    assert not AuditEvent.objects.exists()


def test_a_closed_account_may_nothing_and_can_be_opened_again(sora: User, aki: User) -> None:
    close_account(person=aki, may_upload=False, by=sora, at=NOON)
    assert not may(aki, Action.LOG_VISIT)
    open_account(person=aki, by=sora, at=NOON + HOUR)
    assert may(aki, Action.LOG_VISIT)
    with pytest.raises(Stale):
        open_account(person=aki, by=sora, at=NOON + HOUR)


def test_who_leaves_may_hand_in_for_two_weeks_and_nothing_else(sora: User, aki: User) -> None:
    close_account(person=aki, may_upload=True, by=sora, at=NOON)
    assert may(aki, Action.SYNC)
    assert not may(aki, Action.LOG_VISIT)
    assert not may(aki, Action.FIND_SHOP)
    assert not may(aki, Action.READ_VISIT, owner_id=aki.pk)
    assert end_upload_graces(at=NOON + timedelta(days=13)) == 0
    assert end_upload_graces(at=NOON + timedelta(days=14)) == 1
    assert end_upload_graces(at=NOON + timedelta(days=14)) == 0
    aki.refresh_from_db()
    assert not may(aki, Action.SYNC)


def test_nobody_closes_the_own_account_or_the_last_admin(sora: User) -> None:
    other = make_user("tomo", Role.ADMIN)
    with pytest.raises(Refused):
        close_account(person=sora, may_upload=False, by=sora, at=NOON)
    close_account(person=other, may_upload=False, by=sora, at=NOON)
    with pytest.raises(Refused, match="only administrator"):
        close_account(person=sora, may_upload=False, by=_acting_admin(other), at=NOON)
    sora.refresh_from_db()
    assert sora.is_active
    make_shop()  # the site goes on


def _acting_admin(person: User) -> User:
    """An administrator whose account was closed in another window a moment ago."""
    person.is_active = True
    return person
