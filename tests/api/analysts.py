"""Tokens, and clients that bring one."""

from datetime import datetime

from django.test import Client
from django.utils import timezone

from tracker.accounts.models import User
from tracker.accounts.roles import ApiScope
from tracker.accounts.routes import scopes_for
from tracker.workflows.people import tokens


def make_token(person: User, *scopes: ApiScope, days: int = 30, at: datetime | None = None) -> str:
    """The text of a token; without scopes it has all that the person may give it."""
    return tokens.make_token(
        name="notebook",
        scopes=list(scopes) or scopes_for(person),
        days=days,
        by=person,
        at=at or timezone.now(),
    )


def program_of(person: User, *scopes: ApiScope) -> Client:
    """A client without a session that sends a token."""
    return Client(headers={"authorization": f"Bearer {make_token(person, *scopes)}"})
