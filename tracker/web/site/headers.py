"""The content policy, no-store on every answer to a signed-in person, a challenge with a 401."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

CHALLENGE = "Bearer"  # RFC 9110 §15.5.2: a 401 says how to sign in


class ContentPolicyMiddleware:
    """Adds Content-Security-Policy; keeps signed-in pages out of caches and the back button."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", settings.CONTENT_POLICY)
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        if response.status_code == HTTPStatus.UNAUTHORIZED:
            response.headers.setdefault("WWW-Authenticate", CHALLENGE)
        return response
