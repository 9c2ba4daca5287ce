"""What all answers to the field app have in common."""

from datetime import UTC, datetime

from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from tracker.errors import Invalid
from tracker.fieldwork.kinds.values import Json, json_object


class AppView(APIView):
    """Never kept by a cache or by the phone, whoever asks."""

    def finalize_response(
        self, request: Request, response: Response, *args: object, **kwargs: object
    ) -> Response:
        answer = super().finalize_response(request, response, *args, **kwargs)
        answer["Cache-Control"] = "no-store"
        return answer


def body_of(request: Request, limit: int) -> bytes:
    """At most `limit` bytes as they were sent; Invalid where there are more."""
    # Read from the stream: the limit of settings is for forms, ours is this page's.
    data = request._request.read(limit + 1)
    if len(data) > limit:
        raise Invalid(_("This request is too large."), field="body")
    return data


def json_of(request: Request, limit: int) -> Json:
    """The JSON object that was sent."""
    return json_object(body_of(request, limit), "body")


def iso(moment: datetime) -> str:
    """UTC to the millisecond, as JavaScript writes it."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
