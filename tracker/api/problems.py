"""One place where our errors become an answer that a program can read (RFC 9457)."""

import logging
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import UnreadablePostError
from django.utils.translation import gettext as _
from rest_framework.response import Response
from rest_framework.views import exception_handler

from tracker.errors import Absent, Conflict, Invalid, PhotoRejected, Refused, Stale, TrackerError

STATUS: tuple[tuple[type[TrackerError], int], ...] = (
    (Refused, 403),
    (Absent, 404),
    (Stale, 409),
    (Conflict, 409),
    (PhotoRejected, 422),
    (TrackerError, 400),
)
RETRY_SECONDS = 5

logger = logging.getLogger(__name__)


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    """The answer to whatever a view raised; None lets Django answer with 500."""
    if isinstance(error, TrackerError):
        return problem(error)
    if isinstance(error, RequestDataTooBig):
        return _answer(413, _("This request is too large."))
    if isinstance(error, UnreadablePostError):  # an OSError too, but the phone's
        return _answer(400, _("The connection was lost while sending."))
    if isinstance(error, OperationalError | OSError):  # a database or disk is away, or full
        logger.error("the API could not write", exc_info=error)
        busy = _answer(503, _("The server is busy. What was not confirmed is still on the phone."))
        busy["Retry-After"] = str(RETRY_SECONDS)
        return busy
    found = exception_handler(error, context)
    if found is None:
        return None
    answer = _answer(found.status_code, str(getattr(error, "detail", found.status_text)))
    for name, value in found.headers.items():
        if name != "Content-Type":
            answer[name] = value
    return answer


def problem(error: TrackerError) -> Response:
    """What was wrong with the request, for a program and for a person."""
    status = next(code for kind, code in STATUS if isinstance(error, kind))
    answer = _answer(status, error.message)
    if isinstance(error, Invalid):
        answer.data["field"] = error.field
    return answer


def _answer(status: int, title: str) -> Response:
    # Whatever form was asked for: a problem is JSON.
    return Response(
        {"type": "about:blank", "title": title, "status": status},
        status=status,
        content_type="application/problem+json",
    )
