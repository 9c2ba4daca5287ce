"""An entry from a phone finds its place: a new visit, a mended one, or a place to wait.

Locks are taken in one order: the visit, then the head of the log. What others may have
written is asked for again while the head is ours, so that two halves that arrive at the same
moment cannot miss each other: the later one sees the earlier.
"""

import logging
from collections.abc import Sequence
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tracker.accounts.models import User
from tracker.accounts.permissions import Action, check_may
from tracker.audit import log
from tracker.errors import Conflict, TrackerError
from tracker.fieldwork import actions
from tracker.fieldwork.entry import PHOTO_LIMIT
from tracker.fieldwork.models import Visit
from tracker.fieldwork.parked import ParkedEntry, ParkedPhoto
from tracker.fieldwork.queries import (
    is_here,
    waiting_for_look,
    waiting_for_revision,
    waiting_for_shop,
)
from tracker.fieldwork.states import VisitState
from tracker.fieldwork.sync.entries import Came, NewShop, PhoneEntry, entry_from
from tracker.places.grid import degrees
from tracker.places.models import Shop
from tracker.workflows.entries.photos import OPEN_STATES, attach_photo
from tracker.workflows.entries.visits import edit_visit, resubmit_visit
from tracker.workflows.judging.screen import ask_screenings
from tracker.workflows.setup.shops import register_shop

logger = logging.getLogger(__name__)


class CameMeanwhile(Exception):
    """What an entry or a photo should wait for came at the same moment: look again."""


@transaction.atomic
def create_all(*, entries: Sequence[PhoneEntry], shops: dict[UUID, int], by: User) -> None:
    """Store new visits in one go; IntegrityError where one of them is known already.

    All came at one moment, and were judged when they were read. `shops` are the numbers of their
    shops.
    """
    check_may(by, Action.LOG_VISIT)
    at = entries[0].came.received_at
    placed = [entry.of_shop(shops[entry.shop]) for entry in entries]
    visits = actions.create_visits(entries=placed, by=by, at=at)
    ask_screenings(visits=visits, at=at)
    log.record_all(
        events=[
            log.Event(
                "visit_submitted", "visit", str(visit.uuid), {"revision": 1, "digest": visit.digest}
            )
            for visit in visits
        ],
        actor=by,
        at=at,
    )
    _join_what_waits(visits, by)


@transaction.atomic
def place(*, entry: PhoneEntry, by: User) -> bool:
    """Create, mend or send again; False where it has to wait.

    Raises Conflict, IntegrityError (sent at the same moment), CameMeanwhile.
    """
    waits_for = _put(entry, by) if by.upload_grace_until is None else waiting_for_look(by)
    if waits_for:
        _hold(entry, waits_for, by)
    return not waits_for


def place_parked(*, waits_for: str, by: User | None = None) -> None:
    """Place what waited for this; what cannot be placed any more stays where an admin sees it.

    With `by`, who stands for the worker where the worker's rights of today are not those that
    count, only what this worker sent. What follows comes after what it follows.
    """
    waiting = ParkedEntry.objects.filter(waits_for=waits_for).order_by("revision", "pk")
    if by is not None:
        waiting = waiting.filter(worker=by.pk)
    for parked in waiting.select_related("worker"):
        try:
            with transaction.atomic():
                now_for = _put(entry_in(parked), by or parked.worker)
                if now_for:
                    ParkedEntry.objects.filter(pk=parked.pk).update(waits_for=now_for)
                else:
                    parked.delete()
        except (TrackerError, IntegrityError) as error:
            logger.warning("%s stays: %s", parked, error)


def list_shop(entry: PhoneEntry, new: NewShop, *, by: User) -> Shop:
    """The shop that was added with an entry; the same again where it is listed already."""
    return register_shop(
        uuid=entry.shop,
        name=new.name,
        segment=new.segment,
        lat=degrees(new.lat_e7),
        lon=degrees(new.lon_e7),
        floor=new.floor,
        address=new.address,
        by=by,
        at=entry.came.received_at,
    )


def entry_in(parked: ParkedEntry) -> PhoneEntry:
    """A parked entry as it came."""
    came = Came(parked.sent_sha256, parked.received_at, parked.clock_offset_ms)
    return entry_from(parked.content, came)


def _put(entry: PhoneEntry, by: User) -> str:
    """Write the entry where it belongs; what it waits for where that cannot be yet."""
    shop_id = Shop.objects.filter(uuid=entry.shop).values_list("pk", flat=True).first()
    if shop_id is None:
        return waiting_for_shop(entry.shop)
    visit = Visit.objects.select_for_update().filter(uuid=entry.uuid).first()
    if visit is None and entry.revision == 1:
        create_all(entries=[entry], shops={entry.shop: shop_id}, by=by)
        return ""
    if visit is not None:
        check_is_open(visit, by)
    if visit is None or entry.revision > visit.revision + 1:
        return waiting_for_revision(entry.uuid, entry.revision - 1)
    if entry.revision <= visit.revision:
        raise Conflict(sent_before())
    act = resubmit_visit if visit.state == VisitState.RETURNED else edit_visit
    act(visit=visit, entry=entry.of_shop(shop_id), by=by, at=entry.came.received_at)
    _join_what_waits([visit], by)
    return ""


def check_is_open(visit: Visit, by: User) -> None:
    """Raise Conflict where an entry is somebody else's, decided or taken back."""
    if visit.worker_id != by.pk:
        raise Conflict(_("This entry was sent by somebody else."))
    if visit.state not in OPEN_STATES:
        raise Conflict(
            _("This entry was decided or withdrawn before this change arrived: “%(state)s”.")
            % {"state": VisitState(visit.state).label}
        )


def sent_before() -> str:
    return _("This entry was sent before with other answers. Open it under “My entries”.")


def _hold(entry: PhoneEntry, waits_for: str, by: User) -> None:
    """Keep an entry until what it follows has come."""
    ParkedEntry.objects.create(
        uuid=entry.uuid,
        revision=entry.revision,
        worker=by,
        waits_for=waits_for,
        content=entry.content,
        sent_sha256=entry.came.sha256,
        observed_at=entry.observed_at,
        clock_offset_ms=entry.clock_offset_ms,
        received_at=entry.came.received_at,
    )
    log.record(
        kind="entry_held",
        actor=by,
        subject_type="visit",
        subject_id=str(entry.uuid),
        at=entry.came.received_at,
        facts={"revision": entry.revision, "waits_for": waits_for},
    )
    if is_here(waits_for):
        raise CameMeanwhile


def _join_what_waits(visits: Sequence[Visit], by: User) -> None:
    """Photos that came before these visits, and the revisions that follow; theirs alone."""
    by_uuid = {visit.uuid: visit for visit in visits}
    for photo in ParkedPhoto.objects.filter(visit_uuid__in=by_uuid, worker=by).order_by("pk"):
        visit = by_uuid[photo.visit_uuid]
        if visit.photos.count() < PHOTO_LIMIT:
            attach_photo(
                visit=visit,
                sha256=photo.sha256,
                size_bytes=photo.size_bytes,
                by=by,
                at=photo.received_at,
            )
            photo.delete()
    waits = [waiting_for_revision(visit.uuid, visit.revision) for visit in visits]
    came = ParkedEntry.objects.filter(waits_for__in=waits, worker=by.pk)
    for waits_for in list(came.values_list("waits_for", flat=True)):
        place_parked(waits_for=waits_for, by=by)
