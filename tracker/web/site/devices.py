"""Remembers in which browsers a person is signed in, so that a lost one can be signed out."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from tracker.accounts.models import User
from tracker.workflows.people import membership

SEEN = "device_seen"  # in the session: when it was last written down, seconds since 1970
EVERY_SECONDS = 900


class DeviceMiddleware:
    """Writes a device down at the first request of a session, and then every 15 minutes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        user, session = getattr(request, "user", None), getattr(request, "session", None)
        if not isinstance(user, User) or session is None or not session.session_key:
            return response
        now = timezone.now()
        if now.timestamp() - float(session.get(SEEN, 0)) >= EVERY_SECONDS:
            session[SEEN] = now.timestamp()
            label = request.headers.get("User-Agent", "")
            membership.see_device(person=user, session_key=session.session_key, label=label, at=now)
        return response
