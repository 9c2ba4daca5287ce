"""What a fieldworker does with an entry: hand it in, hand it in again, take it back."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tracker.accounts.models import User
from tracker.accounts.permissions import Action, check_may
from tracker.audit import log
from tracker.errors import Conflict, Stale
from tracker.fieldwork import actions
from tracker.fieldwork.entry import VisitEntry, said_in
from tracker.fieldwork.models import Visit
from tracker.fieldwork.validators import check_entry
from tracker.moderation.actions import move_visit, stale_sentence
from tracker.moderation.transitions import Move
from tracker.workflows.entries.photos import add_photo
from tracker.workflows.judging.screen import ask_screening


def submit_visit(
    *, entry: VisitEntry, by: User, at: datetime, photos: Sequence[bytes] = ()
) -> Visit:
    """Store an entry once. The same UUID and content again gives the same visit.

    Raises Invalid, PhotoRejected, Refused; Conflict where the UUID was sent with other content.
    """
    check_may(by, Action.LOG_VISIT)
    check_entry(entry.said, at=at)
    try:
        with transaction.atomic():
            visit = actions.create_visit(entry=entry, by=by, at=at)
            for data in photos:
                add_photo(visit=visit, data=data, by=by, at=at)
            ask_screening(visit=visit, at=at)
            log.record(
                kind="visit_submitted",
                actor=by,
                subject_type="visit",
                subject_id=str(visit.uuid),
                at=at,
                facts={"revision": 1, "digest": visit.digest},
            )
            return visit
    except IntegrityError:
        known = Visit.objects.filter(uuid=entry.uuid).first()
        if known is None:
            raise  # some other rule of the database was broken
        return _replayed(known, entry, by)


def _replayed(known: Visit, entry: VisitEntry, by: User) -> Visit:
    """The visit that was stored before under this UUID, if it is the same one."""
    first = known.revisions.get(number=1).content
    is_same = (first["shop"], said_in(first)) == (entry.shop_id, entry.said)
    if known.worker_id != by.pk or not is_same:
        raise Conflict(
            _("This entry was sent before with other answers. Open it under “My entries”.")
        )
    return known


@transaction.atomic
def resubmit_visit(
    *, visit: Visit, entry: VisitEntry, by: User, at: datetime, photos: Sequence[bytes] = ()
) -> Visit:
    """Send a returned entry again as a new revision. Raises Stale if it is not returned."""
    check_may(by, Action.RESUBMIT_VISIT, owner_id=visit.worker_id)
    check_entry(entry.said, at=at)
    move_visit(visit=visit, revision=visit.revision, move=Move.RESUBMIT, by=by, at=at)
    _write_revision(kind="visit_resubmitted", visit=visit, entry=entry, by=by, at=at, photos=photos)
    return visit


@transaction.atomic
def edit_visit(*, visit: Visit, entry: VisitEntry, by: User, at: datetime) -> Visit:
    """Mend an own entry that still waits: a new revision, no decision; `at` is the receipt.

    Raises Stale where it was decided, taken back or mended since it was read.
    """
    check_may(by, Action.EDIT_VISIT, owner_id=visit.worker_id)
    check_entry(entry.said, at=at)
    if not actions.begin_revision(visit=visit):
        raise Stale(stale_sentence(visit, at=at))
    _write_revision(kind="visit_edited", visit=visit, entry=entry, by=by, at=at)
    return visit


def _write_revision(
    *,
    kind: str,
    visit: Visit,
    entry: VisitEntry,
    by: User,
    at: datetime,
    photos: Sequence[bytes] = (),
) -> None:
    """The new content, its photos, its screening and its row on the log."""
    actions.revise_visit(visit=visit, entry=entry, by=by, at=at)
    for data in photos:
        add_photo(visit=visit, data=data, by=by, at=at)
    ask_screening(visit=visit, at=at)
    log.record(
        kind=kind,
        actor=by,
        subject_type="visit",
        subject_id=str(visit.uuid),
        at=at,
        facts={"revision": visit.revision, "digest": visit.digest},
    )


@transaction.atomic
def withdraw_visit(*, visit: Visit, by: User, at: datetime) -> None:
    """Take an own entry back before it is judged, or after it was returned."""
    check_may(by, Action.WITHDRAW_VISIT, owner_id=visit.worker_id)
    move_visit(visit=visit, revision=visit.revision, move=Move.WITHDRAW, by=by, at=at)
    log.record(
        kind="visit_withdrawn",
        actor=by,
        subject_type="visit",
        subject_id=str(visit.uuid),
        at=at,
    )
