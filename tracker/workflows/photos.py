"""A photo comes in, and is made ready by the worker."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tracker.accounts.models import User
from tracker.accounts.permissions import Action, check_may
from tracker.audit import trail
from tracker.errors import PhotoRejected, Stale
from tracker.fieldwork import photos, store
from tracker.fieldwork.models import Photo, Visit
from tracker.fieldwork.validators import PHOTO_LIMIT
from tracker.outbox import actions as outbox
from tracker.vocabulary import PhotoState, VisitState

OPEN_STATES = (VisitState.SUBMITTED, VisitState.RETURNED)


@transaction.atomic
def add_photo(*, visit: Visit, data: bytes, by: User, at: datetime) -> Photo:
    """Keep a photo of an own, undecided visit; the same bytes again give the same photo.

    The file first, then its row. Raises PhotoRejected, Refused, Stale.
    """
    check_may(by, Action.LOG_VISIT, owner_id=visit.worker_id)
    check_takes_photos(visit.state)
    photos.check_upload(data)
    return attach_photo(visit=visit, sha256=store.keep(data), size_bytes=len(data), by=by, at=at)


def check_takes_photos(state: str) -> None:
    """Raise Stale where the entry was decided or taken back."""
    if state not in OPEN_STATES:
        raise Stale(_("This entry was decided already: it takes no more photos."))


@transaction.atomic
def attach_photo(*, visit: Visit, sha256: str, size_bytes: int, by: User, at: datetime) -> Photo:
    """Give a kept file to an own, undecided visit; Stale where it has eight others already.

    `at` is when the file came.
    """
    check_may(by, Action.LOG_VISIT, owner_id=visit.worker_id)
    # Locked: neither a decision nor another photo comes in between.
    now = Visit.objects.select_for_update().get(pk=visit.pk)
    check_takes_photos(now.state)
    check_room(now.photos.exclude(sha256=sha256).count())
    photo, is_new = Photo.objects.get_or_create(
        visit=visit, sha256=sha256, defaults={"size_bytes": size_bytes, "received_at": at}
    )
    if is_new:
        outbox.put(handler="prepare_photo", about=photo.pk, at=at)
        trail.record(
            kind="photo_added",
            actor=by,
            subject_type="photo",
            subject_id=str(photo.uuid),
            at=at,
            facts={"visit": str(visit.uuid), "sha256": sha256},
        )
    return photo


def check_room(others: int) -> None:
    """Raise Stale where an entry has no room for one more photo."""
    if others >= PHOTO_LIMIT:
        raise Stale(_("An entry takes at most %(limit)s photos.") % {"limit": PHOTO_LIMIT})


def prepare_photo(*, photo_id: int, at: datetime) -> None:
    """Make the two sizes, or set the photo aside; the entry stays whatever happens.

    Decoding runs outside any transaction: other writers need not wait for it.
    """
    photo = Photo.objects.get(pk=photo_id)
    if photo.state != PhotoState.WAITING:
        return
    try:
        prepared = photos.prepare(store.read_kept(photo.sha256))
    except PhotoRejected as refusal:
        _settle(photo, state=PhotoState.REFUSED, refusal=refusal.message)
        return
    _settle(
        photo,
        state=PhotoState.READY,
        large_sha256=store.keep(prepared.large),
        small_sha256=store.keep(prepared.small),
        width=prepared.width,
        height=prepared.height,
    )


def _settle(photo: Photo, **values: str | int) -> None:
    Photo.objects.filter(pk=photo.pk, state=PhotoState.WAITING).update(**values)
