"""Making and ending tokens: who may, for what, how long, and what the log keeps of it."""

from datetime import timedelta

import pytest
from knox.crypto import hash_token
from knox.models import AuthToken

from tests.factories import NOON
from tracker.accounts.models import TokenGrant, User
from tracker.accounts.roles import ApiScope
from tracker.audit.models import AuditEvent
from tracker.errors import Invalid, Refused
from tracker.workflows.people import tokens

pytestmark = pytest.mark.django_db


def make(by: User, *scopes: ApiScope, days: int = 30) -> str:
    return tokens.make_token(
        name="notebook", scopes=list(scopes) or [ApiScope.ADOPTION], days=days, by=by, at=NOON
    )


def test_only_a_digest_of_the_token_is_kept(dana: User) -> None:
    text = make(dana, ApiScope.SHOPS)
    grant = TokenGrant.objects.get()
    assert text.startswith("noren_")
    assert grant.token_id == hash_token(text)
    assert (grant.scopes, grant.made_at, grant.ends_at) == (
        ["read:shops"],
        NOON,
        NOON + timedelta(days=30),
    )
    event = AuditEvent.objects.get(kind="token_made")
    assert event.subject_id == str(dana.pk)
    assert event.facts == {"token": str(grant.uuid), "scopes": ["read:shops"], "days": 30}
    assert text not in str(AuditEvent.objects.values())


@pytest.mark.parametrize("scope", [ApiScope.JOBS, *ApiScope])
def test_nobody_gives_a_token_more_than_the_role_has(
    dana: User, mori: User, scope: ApiScope
) -> None:
    make(mori, scope)
    if scope is ApiScope.JOBS:
        with pytest.raises(Refused):
            make(dana, scope)
    else:
        make(dana, scope)
    assert TokenGrant.objects.filter(person=dana).count() == (scope is not ApiScope.JOBS)


def test_a_fieldworker_has_no_tokens(aki: User) -> None:
    with pytest.raises(Refused):
        make(aki)
    assert AuthToken.objects.count() == 0


@pytest.mark.parametrize("days", [0, 1, 366, -7])
def test_a_token_is_good_for_one_of_the_offered_times(dana: User, days: int) -> None:
    with pytest.raises(Invalid) as caught:
        make(dana, days=days)
    assert caught.value.field == "days"


def test_a_token_without_a_scope_is_not_made(dana: User) -> None:
    with pytest.raises(Invalid) as caught:
        tokens.make_token(name="", scopes=[], days=7, by=dana, at=NOON)
    assert caught.value.field == "scopes"


def test_a_person_keeps_twenty_tokens_at_most(dana: User, mori: User) -> None:
    for _ in range(tokens.MOST):
        make(dana)
    with pytest.raises(Invalid):
        make(dana)
    make(mori)
    assert TokenGrant.objects.count() == tokens.MOST + 1


def test_an_own_token_is_ended_and_the_log_says_so(dana: User) -> None:
    make(dana)
    grant = TokenGrant.objects.get()
    tokens.end_token(grant=grant, by=dana, at=NOON)
    assert (TokenGrant.objects.count(), AuthToken.objects.count()) == (0, 0)
    assert AuditEvent.objects.get(kind="token_revoked").facts == {"token": str(grant.uuid)}


def test_the_token_of_somebody_else_is_not_ended(dana: User, sora: User) -> None:
    make(dana)
    with pytest.raises(Refused):
        tokens.end_token(grant=TokenGrant.objects.get(), by=sora, at=NOON)
    assert TokenGrant.objects.count() == 1
