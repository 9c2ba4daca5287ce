"""What somebody handed in while leaving: set aside until an administrator lets it in."""

from datetime import datetime

from django.db import transaction

from tracker.accounts.models import User
from tracker.accounts.permissions import Action, check_may
from tracker.audit import log
from tracker.fieldwork.models import Visit
from tracker.fieldwork.parked import ParkedEntry, ParkedPhoto
from tracker.fieldwork.queries import set_aside_of, waiting_for_look
from tracker.workflows.entries.arrivals import entry_in, list_shop, place_parked
from tracker.workflows.entries.photos import OPEN_STATES, attach_photo


@transaction.atomic
def let_in(*, person: User, by: User, at: datetime) -> int:
    """Treat it as if it had come before the person left; each entry is judged like any other.

    Returns how many entries were let in; what cannot be placed stays where an admin sees it.
    """
    check_may(by, Action.MANAGE_PEOPLE)
    waiting = list(set_aside_of(person).select_related("worker"))
    worker = _as_they_were(person)
    for parked in waiting:
        entry = entry_in(parked)
        if entry.new_shop is not None:
            list_shop(entry, entry.new_shop, by=worker)
    place_parked(waits_for=waiting_for_look(person), by=worker)
    _attach_photos(worker)
    let = len(waiting) - ParkedEntry.objects.filter(pk__in=[one.pk for one in waiting]).count()
    log.record(
        kind="late_entries_let_in",
        actor=by,
        subject_type="person",
        subject_id=person.pk,
        at=at,
        facts={"entries": let},
    )
    return let


def _as_they_were(person: User) -> User:
    """The person with the rights of the day the entries were made; never saved."""
    worker = User.objects.get(pk=person.pk)
    worker.is_active, worker.upload_grace_until = True, None
    return worker


def _attach_photos(worker: User) -> None:
    """Photos of entries that had come before the person left."""
    for photo in ParkedPhoto.objects.filter(worker=worker).order_by("pk"):
        visit = Visit.objects.filter(uuid=photo.visit_uuid, worker=worker).first()
        if visit is not None and visit.state in OPEN_STATES:
            attach_photo(
                visit=visit,
                sha256=photo.sha256,
                size_bytes=photo.size_bytes,
                by=worker,
                at=photo.received_at,
            )
            photo.delete()
