"""Who is signed in, and what the field app must know before it can seal."""

import base64

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.accounts.models import User
from tracker.accounts.permissions import Action, may
from tracker.accounts.queries import person_of
from tracker.api.phone.app_view import AppView, iso, json_of
from tracker.fieldwork.kinds.values import text
from tracker.fieldwork.seal_keys import phones_key
from tracker.fieldwork.sealing import key_id_of, point_of
from tracker.fieldwork.shell import shell_version
from tracker.fieldwork.sync.batches import from_base64
from tracker.workflows.setup.seals import open_for_owner

OPEN_BYTES = 20_000_000  # a draft may hold eight photos


class Session(AppView):
    """Open to all: tells nobody anything about somebody else."""

    def get(self, request: Request) -> Response:
        user = request.user if isinstance(request.user, User) else None
        django_request: HttpRequest = request._request
        return Response(
            {
                "signed_in": user is not None,
                "person": None if user is None else {"id": user.pk, "name": user.username},
                "may_log": may(request.user, Action.SYNC),
                "csrf": get_token(django_request),
                "server_time": iso(timezone.now()),
                "version": shell_version(),
                "key": _phones_key(),
            }
        )


class Open(AppView):
    """Hands what was sealed back to its owner."""

    def post(self, request: Request) -> Response:
        doc = json_of(request, OPEN_BYTES)
        data = open_for_owner(
            context=text(doc.get("context"), "context", 200),
            envelope=from_base64(doc.get("sealed"), "sealed"),
            by=person_of(request),
        )
        return Response({"data": base64.b64encode(data).decode()})


def _phones_key() -> dict[str, str] | None:
    key = phones_key()
    if key is None:
        return None
    point = point_of(key)
    return {"id": key_id_of(point).hex(), "point": base64.b64encode(point).decode()}
