"""A photo comes from a phone in pieces; once whole it is checked, kept, and given to its entry."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tracker.accounts.models import User
from tracker.accounts.permissions import Action, check_may
from tracker.audit import log
from tracker.errors import Absent, Invalid, PhotoRejected
from tracker.fieldwork.models import Photo, Visit
from tracker.fieldwork.parked import ParkedPhoto
from tracker.fieldwork.pictures import parts, photos, store
from tracker.fieldwork.pictures.parts import OpenPart, PhotoPart
from tracker.fieldwork.seal_keys import opening_keys
from tracker.fieldwork.sealing import OVERHEAD_BYTES, SealBroken, open_sealed
from tracker.workflows.entries.arrivals import CameMeanwhile
from tracker.workflows.entries.photos import attach_photo, check_room, check_takes_photos

PIECE_BYTES = 1_048_576
TRIES = 3


@dataclass(frozen=True)
class Upload:
    """Where a photo is: `none`, `partial`, `parked` (no entry yet) or `kept`.

    `is_new` where this request made it whole, `fits` where its piece followed what was here.
    """

    state: str
    received: int
    is_new: bool = False
    fits: bool = True

    @property
    def is_whole(self) -> bool:
        return self.state in ("held", "kept")


def state_of(*, visit_uuid: UUID, sha256: str, by: User) -> Upload:
    """How far an own photo has come. Raises Absent for an entry of somebody else."""
    check_may(by, Action.SYNC)
    _own_visit(visit_uuid, by)
    found = _whole(visit_uuid, sha256, by)
    if found is not None:
        return found
    size = parts.received(by.pk, visit_uuid, sha256)
    return Upload("partial" if size else "none", size)


def add_piece(*, part: PhotoPart, offset: int, piece: bytes, by: User, at: datetime) -> Upload:
    """Add a piece that begins at `offset`; the last one makes the photo whole.

    Raises PhotoRejected, Stale (decided, or no room), Absent, Invalid (impossible sizes).
    """
    check_may(by, Action.SYNC)
    _check_sizes(part, offset, piece)
    parts.remove_stale(by.pk)
    with parts.locked(part) as file:
        found = _whole(part.visit_uuid, part.sha256, by)
        if found is not None:
            part.path.unlink(missing_ok=True)
            return found
        _check_may_take(part, by)
        if offset != file.size:
            return Upload("partial", file.size, fits=False)
        file.append(piece)
        if file.size < part.length:
            return Upload("partial", file.size)
        return _finish(part, file, by, at)


def _finish(part: PhotoPart, file: OpenPart, by: User, at: datetime) -> Upload:
    """The file first, then its row; the part goes last, or at once where it is no photo."""
    try:
        data = _opened(part, file.read())
        photos.check_upload(data)
    except PhotoRejected:
        part.path.unlink(missing_ok=True)
        raise
    store.keep(data)
    state = _give(part, len(data), by, at)
    part.path.unlink(missing_ok=True)
    return Upload(state, part.length, is_new=True)


def _opened(part: PhotoPart, data: bytes) -> bytes:
    if part.is_sealed:
        context = f"photo:{part.visit_uuid}:{part.sha256}:{part.worker_id}"
        try:
            data = open_sealed(data, context, opening_keys())
        except SealBroken:
            raise PhotoRejected(
                _("This photo cannot be opened: it was sealed for something else, or damaged.")
            ) from None
    if hashlib.sha256(data).hexdigest() != part.sha256:
        raise PhotoRejected(_("The photo that arrived is not the one announced. Send it again."))
    return data


def _give(part: PhotoPart, size_bytes: int, by: User, at: datetime) -> str:
    """To its entry, or into the waiting room; `kept` or `parked`."""
    for _try in range(TRIES):
        visit = _visit_to_join(part.visit_uuid, by)
        if visit is not None:
            attach_photo(visit=visit, sha256=part.sha256, size_bytes=size_bytes, by=by, at=at)
            return "kept"
        try:
            _hold(part, size_bytes, by, at)
        except (CameMeanwhile, IntegrityError):
            continue  # the entry came at this moment
        return "held"
    raise Absent(absent())


@transaction.atomic
def _hold(part: PhotoPart, size_bytes: int, by: User, at: datetime) -> None:
    ParkedPhoto.objects.create(
        visit_uuid=part.visit_uuid,
        worker=by,
        sha256=part.sha256,
        size_bytes=size_bytes,
        received_at=at,
    )
    log.record(
        kind="photo_held",
        actor=by,
        subject_type="visit",
        subject_id=str(part.visit_uuid),
        at=at,
        facts={"sha256": part.sha256},
    )
    # Asked while the head of the log is ours: nobody else adds one in between.
    others = ParkedPhoto.objects.filter(visit_uuid=part.visit_uuid, worker=by)
    check_room(others.exclude(sha256=part.sha256).count())
    if _visit_to_join(part.visit_uuid, by) is not None:
        raise CameMeanwhile


def _check_sizes(part: PhotoPart, offset: int, piece: bytes) -> None:
    most = settings.PHOTO_MAX_BYTES + (OVERHEAD_BYTES if part.is_sealed else 0)
    if part.length > most:
        raise PhotoRejected(
            _("This photo is larger than %(limit)s MB. Take it at a lower resolution.")
            % {"limit": settings.PHOTO_MAX_BYTES // 1_000_000}
        )
    if len(piece) > PIECE_BYTES or offset + len(piece) > part.length:
        raise Invalid(_("A part holds at most 1 MB and no more than the photo."), field="piece")


def _check_may_take(part: PhotoPart, by: User) -> None:
    """Refuse before the bytes are sent: decided entries, and those with eight photos."""
    visit = _visit_to_join(part.visit_uuid, by)
    if visit is None:
        check_room(ParkedPhoto.objects.filter(visit_uuid=part.visit_uuid, worker=by).count())
        return
    check_takes_photos(visit.state)
    check_room(visit.photos.count())


def _whole(visit_uuid: UUID, sha256: str, by: User) -> Upload | None:
    """The photo where it came before; None where it is not whole yet."""
    kept = Photo.objects.filter(visit__uuid=visit_uuid, visit__worker=by, sha256=sha256).first()
    if kept is not None:
        return Upload("kept", kept.size_bytes)
    parked = ParkedPhoto.objects.filter(visit_uuid=visit_uuid, worker=by, sha256=sha256).first()
    return None if parked is None else Upload("held", parked.size_bytes)


def _own_visit(uuid: UUID, by: User) -> Visit | None:
    """The entry of a photo, where it has come; Absent where it is somebody else's."""
    visit = Visit.objects.filter(uuid=uuid).first()
    if visit is not None and visit.worker_id != by.pk:
        raise Absent(absent())
    return visit


def _visit_to_join(uuid: UUID, by: User) -> Visit | None:
    """The entry that takes the photo now; what somebody offboarded uploads waits to be seen."""
    visit = _own_visit(uuid, by)
    return visit if by.upload_grace_until is None else None


def absent() -> str:
    return _("Entry not found, or it is not yours.")
