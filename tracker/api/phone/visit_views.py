"""The field app sends its entries and their photos here. docs/field-app.md is the contract."""

from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.accounts.queries import person_of
from tracker.api.phone.app_view import AppView, body_of, iso, json_of
from tracker.errors import Invalid
from tracker.fieldwork.pictures.parts import PhotoPart
from tracker.fieldwork.sync.batches import BATCH_BYTES, read_batch
from tracker.workflows.entries import sync, uploads, withdrawals


class VisitBatch(AppView):
    """Up to 200 entries; each is answered for itself."""

    def post(self, request: Request) -> Response:
        now = timezone.now()
        batch = read_batch(json_of(request, BATCH_BYTES), at=now)
        answers = sync.receive(batch=batch, by=person_of(request), at=now)
        return Response(
            {
                "server_time": iso(now),
                "offset_ms": batch.offset_ms,
                "items": [answer.as_json() for answer in answers],
            }
        )


class VisitPhoto(AppView):
    """One photo, in pieces; SHA256 is of the photo itself, never of its envelope."""

    def get(self, request: Request, uuid: UUID, sha256: str) -> Response:
        found = uploads.state_of(visit_uuid=uuid, sha256=sha256, by=person_of(request))
        return Response({"state": found.state, "received": found.received})

    def put(self, request: Request, uuid: UUID, sha256: str) -> Response:
        person = person_of(request)
        part = PhotoPart(
            worker_id=person.pk,
            visit_uuid=uuid,
            sha256=sha256,
            is_sealed=_number(request, "Upload-Sealed", most=1) == 1,
            length=_number(request, "Upload-Length", least=1),
        )
        found = uploads.add_piece(
            part=part,
            offset=_number(request, "Upload-Offset"),
            piece=body_of(request, uploads.PIECE_BYTES),
            by=person,
            at=timezone.now(),
        )
        if not found.is_whole:
            body = {"state": found.state, "received": found.received}
            return Response(body, status=200 if found.fits else 409)
        receipt = {"uuid": str(uuid), "sha256": sha256}
        status = 201 if found.is_new else 200
        return Response({"receipt": receipt, "state": found.state}, status=status)


class Withdraw(AppView):
    """An own entry that was not decided yet is taken back."""

    def post(self, request: Request, uuid: UUID) -> Response:
        withdrawals.take_back(uuid=uuid, by=person_of(request), at=timezone.now())
        return Response({"state": "withdrawn"})


def _number(request: Request, name: str, *, least: int = 0, most: int = 10**9) -> int:
    """A header that holds a whole number."""
    raw = request.headers.get(name, "")
    number = int(raw) if raw.isascii() and raw.isdecimal() and len(raw) <= 10 else -1
    if not least <= number <= most:
        raise Invalid(
            _("“%(name)s” must be a whole number from %(low)s to %(high)s.")
            % {"name": name, "low": least, "high": most},
            field=name,
        )
    return number
