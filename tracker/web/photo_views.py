"""Shows a prepared photo to those who may see it; originals are never served."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from tracker.accounts.permissions import Action, may
from tracker.fieldwork.queries import photos_by_uuid
from tracker.fieldwork.store import read_kept
from tracker.vocabulary import PhotoState


@require_safe
def photo(request: HttpRequest, uuid: UUID, size: str) -> HttpResponse:
    """`size` is large or small. Somebody else's photo is not there."""
    found = get_object_or_404(photos_by_uuid(), uuid=uuid)
    owner_id = found.visit.worker_id
    if not may(request.user, Action.SEE_PHOTO, owner_id=owner_id):
        raise Http404
    if found.state != PhotoState.READY or size not in ("large", "small"):
        raise Http404
    sha256 = found.large_sha256 if size == "large" else found.small_sha256
    response = HttpResponse(read_kept(sha256), content_type="image/jpeg")
    response["Cache-Control"] = "private, max-age=86400, immutable"
    response["Content-Disposition"] = f'inline; filename="{uuid}.jpg"'
    return response
