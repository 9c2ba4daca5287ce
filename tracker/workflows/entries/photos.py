"""A photo comes in, and is made ready by the worker."""

import logging
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tracker.accounts.models import User
from tracker.accounts.permissions import Action, check_may
from tracker.audit import log
from tracker.errors import PhotoRejected, Stale
from tracker.fieldwork import actions
from tracker.fieldwork.entry import PHOTO_LIMIT
from tracker.fieldwork.models import Photo, Visit
from tracker.fieldwork.pictures import photos, store
from tracker.fieldwork.states import PhotoState, VisitState
from tracker.outbox import actions as outbox
from tracker.workflows.counting.checks import photos_without_work

OPEN_STATES = (VisitState.SUBMITTED, VisitState.RETURNED)
MOST_ATTEMPTS = 3  # a photo that takes its reader down so often is set aside

logger = logging.getLogger(__name__)


@transaction.atomic
def add_photo(*, visit: Visit, data: bytes, by: User, at: datetime) -> Photo:
    """Keep a photo of an own, undecided visit; the same bytes again give the same photo.

    The file first, then its row. Raises PhotoRejected, Refused, Stale.
    """
    check_may(by, Action.LOG_VISIT, owner_id=visit.worker_id)
    check_takes_photos(visit.state)
    photos.check_upload(data)
    return attach_photo(visit=visit, sha256=_kept(data), size_bytes=len(data), by=by, at=at)


def check_takes_photos(state: str) -> None:
    """Raise Stale where the entry was decided or taken back."""
    if state not in OPEN_STATES:
        raise Stale(_("This entry has already been decided; no more photos can be added."))


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
        log.record(
            kind="photo_added",
            actor=by,
            subject_type="photo",
            subject_id=str(photo.uuid),
            at=at,
            facts={"visit": str(visit.uuid), "sha256": sha256},
        )
    elif actions.await_photo(photo_id=photo.pk):  # its file is here again
        outbox.put(handler="prepare_photo", about=photo.pk, at=at)
    return photo


def check_room(others: int) -> None:
    """Raise Stale where an entry has no room for one more photo."""
    if others >= PHOTO_LIMIT:
        raise Stale(_("An entry takes at most %(limit)s photos.") % {"limit": PHOTO_LIMIT})


def prepare_photo(*, photo_id: int, at: datetime) -> None:
    """Make the two sizes, or set the photo aside; the entry stays whatever happens.

    Decoding runs outside any transaction: other writers need not wait for it, and the attempt
    is on record before it begins. PhotoRejected or OSError where it is worth another try.
    """
    if not actions.begin_decoding(photo_id=photo_id, most=MOST_ATTEMPTS):
        _give_up(photo_id)  # where the worker itself died, again and again
        return
    photo = Photo.objects.get(pk=photo_id)
    try:
        _decode(photo)
    except OSError:  # a disk that is full or away says nothing about the photo
        actions.settle_photo(photo_id=photo_id, attempts=photo.attempts - 1)
        raise
    except PhotoRejected as refusal:
        if not refusal.retryable:
            _refuse(photo_id, refusal.message)
        elif photo.attempts < MOST_ATTEMPTS:
            raise
        else:
            _give_up(photo_id)


def put_back(*, at: datetime) -> int:
    """Queue the waiting photos that nobody works on any more; how many there were."""
    stuck = photos_without_work()
    for photo in stuck:
        outbox.put(handler="prepare_photo", about=photo.pk, at=at)
    return len(stuck)


def _decode(photo: Photo) -> None:
    """Files first, then the row. OSError where the store cannot be read or written."""
    if not store.is_kept(photo.sha256):
        if store.is_reachable():
            raise PhotoRejected("lost")
        raise OSError("the folder of photos is empty or away")
    made = photos.prepare(store.path_of(photo.sha256))
    actions.settle_photo(
        photo_id=photo.pk,
        large_sha256=store.keep(made.large),
        small_sha256=store.keep(made.small),
        state=PhotoState.READY,
        width=made.width,
        height=made.height,
        perceptual_hash=made.perceptual_hash,
    )


def _kept(data: bytes) -> str:
    """The digest under which the bytes lie; a sentence where there is no room for them."""
    try:
        return store.keep(data)
    except OSError as error:
        logger.exception("a photo could not be kept")
        raise PhotoRejected(
            _("The server has no space for this photo now. Send without it, or try again later."),
            retryable=True,
        ) from error


def _give_up(photo_id: int) -> None:
    if _refuse(photo_id, "gave_up"):
        logger.error("photo %s is set aside: it took its reader down", photo_id)


def _refuse(photo_id: int, code: str) -> bool:
    return actions.settle_photo(photo_id=photo_id, state=PhotoState.REFUSED, refusal=code)
