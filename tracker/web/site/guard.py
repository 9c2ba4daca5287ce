"""Deny by default: no view runs before the table has allowed its route."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from tracker.accounts.permissions import may
from tracker.accounts.routes import SCOPES, action_of


class PermissionMiddleware:
    """Asks the permission table about the resolved route; people not signed in are sent to it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        match = request.resolver_match
        name = match.view_name if match else ""
        action = action_of(name)
        if action is None:
            raise PermissionDenied
        if may(request.user, action):
            return None
        if name in SCOPES and "Authorization" in request.headers:
            return None  # a token: the API knows its person, and asks the same table
        is_known = request.user.is_authenticated
        if name.startswith("api-"):
            return _problem(403 if is_known else 401)  # a program cannot follow to a sign-in page
        if not is_known:
            return redirect_to_login(request.get_full_path())
        raise PermissionDenied


def _problem(status: int) -> JsonResponse:
    """RFC 9457, in the words of the person's language."""
    title = _("Sign in first.") if status == 401 else _("Your role does not allow this.")
    return JsonResponse(
        {"type": "about:blank", "title": title, "status": status},
        status=status,
        content_type="application/problem+json",
        headers={"Cache-Control": "no-store"},
    )
