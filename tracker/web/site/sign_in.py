"""Sign-in: accounts are made by an admin, never by signing up."""

from allauth.account import views as allauth
from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from tracker.accounts.models import User
from tracker.accounts.roles import Role
from tracker.errors import Refused

HOMES = {
    Role.FIELDWORKER: "field-app",
    Role.MODERATOR: "desk-queue",
    Role.ANALYST: "map",
    Role.ADMIN: "desk-queue",
}


def home_of(person: User) -> str:
    """The page on which a person's work begins."""
    return reverse(HOMES[Role(person.role)])


def change_password(request: HttpRequest) -> HttpResponse:
    """The own password. Those of the demonstration have none, and get none."""
    if isinstance(request.user, User) and not request.user.has_usable_password():
        raise Refused(_("This account has no password to change."))
    answer: HttpResponse = allauth.password_change(request)
    return answer


class ClosedSignUp(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Nobody signs up; after signing in everybody goes to their own work."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return home_of(request.user) if isinstance(request.user, User) else reverse("home")
