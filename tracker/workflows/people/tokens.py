"""Keys for programs: made by the person they belong to, shown once, ended by a click."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from tracker.accounts import actions
from tracker.accounts.models import TokenGrant, User
from tracker.accounts.permissions import Action, check_may
from tracker.accounts.queries import tokens_of
from tracker.accounts.roles import ApiScope
from tracker.accounts.routes import scopes_for
from tracker.audit import log
from tracker.errors import Invalid, Refused

DAYS = (7, 30, 90, 365)  # how long a token may be good
MOST = 20  # tokens of one person
SEEN_EVERY = timedelta(minutes=15)  # a use is written down so often, and no oftener


@transaction.atomic
def make_token(*, name: str, scopes: list[ApiScope], days: int, by: User, at: datetime) -> str:
    """The text of a new token. It is shown now and never again. Raises Refused, Invalid."""
    check_may(by, Action.KEEP_TOKENS)
    if not set(scopes) <= set(scopes_for(by)):
        raise Refused(_("Your role does not allow this."))
    if not scopes:
        raise Invalid(_("Choose what the token may read."), field="scopes")
    if days not in DAYS:
        raise Invalid(_("Choose how long the token is valid."), field="days")
    if tokens_of(by).count() >= MOST:
        raise Invalid(
            _("You already have %(number)s tokens. Revoke one first.") % {"number": MOST},
            field="name",
        )
    grant, secret = actions.make_token(
        person=by, name=name, scopes=scopes, at=at, until=at + timedelta(days=days)
    )
    log.record(
        kind="token_made",
        actor=by,
        subject_type="person",
        subject_id=by.pk,
        at=at,
        facts={"token": str(grant.uuid), "scopes": list(grant.scopes), "days": days},
    )
    return secret


@transaction.atomic
def end_token(*, grant: TokenGrant, by: User, at: datetime) -> None:
    """Revoke an own token: its next request is that of a stranger."""
    check_may(by, Action.KEEP_TOKENS, owner_id=grant.person_id)
    actions.end_tokens(grants=[grant])
    log.record(
        kind="token_revoked",
        actor=by,
        subject_type="person",
        subject_id=grant.person_id,
        at=at,
        facts={"token": str(grant.uuid)},
    )


def see_token(*, grant: TokenGrant, at: datetime) -> None:
    """Remember the use of a token; no log: it is no act."""
    if grant.last_used_at is None or at - grant.last_used_at >= SEEN_EVERY:
        actions.see_token(grant=grant, at=at)
