"""Shows a prepared photo to those who may see it; originals are never served."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from tracker.accounts.permissions import Action, may
from tracker.fieldwork.pictures.store import read_kept
from tracker.fieldwork.queries import photos_by_uuid
from tracker.fieldwork.states import PhotoState

# A picture, whatever a browser takes it for: no script, no frame, nobody else's page.
PICTURE_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"


@require_safe
def photo(request: HttpRequest, uuid: UUID, size: str) -> HttpResponse:
    """`size` is large or small. Somebody else's photo is not there."""
    found = get_object_or_404(photos_by_uuid(), uuid=uuid)
    owner_id = found.visit.worker_id
    if not may(request.user, Action.SEE_PHOTO, owner_id=owner_id):
        raise Http404
    if found.state != PhotoState.READY or size not in ("large", "small"):
        raise Http404
    try:
        data = read_kept(found.large_sha256 if size == "large" else found.small_sha256)
    except FileNotFoundError:  # `manage.py verify` names it
        raise Http404 from None
    is_own = request.user.pk == owner_id  # on a phone, which may be lost
    response = HttpResponse(data, content_type="image/jpeg")
    response["Cache-Control"] = "no-store" if is_own else "private, max-age=86400, immutable"
    response["Content-Disposition"] = f'inline; filename="{uuid}.jpg"'
    response["Content-Security-Policy"] = PICTURE_POLICY
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["X-Content-Type-Options"] = "nosniff"
    return response
