"""One place where our errors become an answer that a person can read."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from tracker.errors import Absent, Busy, Conflict, Refused, Stale, TrackerError

STATUS: tuple[tuple[type[TrackerError], int], ...] = (
    (Refused, 403),
    (Stale, 409),
    (Conflict, 409),
    (Absent, 404),
    (Busy, 503),
    (TrackerError, 400),
)
RETRY_SECONDS = "60"


class RefusalMiddleware:
    """Turns a TrackerError that no view caught into a page with its sentence."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, TrackerError):
            page = {"message": error.message}
            answer = render(request, "refusal.html", page, status=status_of(error))
            if isinstance(error, Busy):
                answer["Retry-After"] = RETRY_SECONDS
            return answer
        return None


def status_of(error: TrackerError) -> int:
    """The HTTP status that says the same as the error."""
    return next(status for kind, status in STATUS if isinstance(error, kind))
