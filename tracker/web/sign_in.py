"""Sign-in: accounts are made by an admin, never by signing up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedSignUp(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Nobody signs up; an admin makes the account."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
