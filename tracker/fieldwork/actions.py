"""Write visits, their revisions, what became of their photos, and who looks after which area."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F

from tracker.accounts.models import User
from tracker.fieldwork.assignments import Assignment
from tracker.fieldwork.entry import VisitEntry, content_digest
from tracker.fieldwork.kinds.single import Content
from tracker.fieldwork.models import Photo, Visit, VisitRevision
from tracker.fieldwork.states import PhotoState, VisitState
from tracker.places.models import Area


def create_visit(*, entry: VisitEntry, by: User, at: datetime) -> Visit:
    """Store a new visit and its first revision; IntegrityError if the UUID is known already."""
    return create_visits(entries=[entry], by=by, at=at)[0]


def create_visits(*, entries: Sequence[VisitEntry], by: User, at: datetime) -> list[Visit]:
    """Store new visits of one worker, all or none; IntegrityError if a UUID is known already."""
    visits = [Visit(uuid=entry.uuid, worker_id=by.pk, received_at=at) for entry in entries]
    revisions = [_fill(visit, entry, by) for visit, entry in zip(visits, entries, strict=True)]
    Visit.objects.bulk_create(visits)
    for visit, revision in zip(visits, revisions, strict=True):
        revision.visit_id = visit.pk
    VisitRevision.objects.bulk_create(revisions)
    return visits


def begin_revision(*, visit: Visit) -> bool:
    """Raise the revision number of a visit that still waits as it was seen; False if it moved."""
    changed = Visit.objects.filter(
        pk=visit.pk, state=VisitState.SUBMITTED, revision=visit.revision
    ).update(revision=F("revision") + 1)
    visit.refresh_from_db(fields=["state", "revision"])
    return changed == 1


def revise_visit(*, visit: Visit, entry: VisitEntry, by: User, at: datetime) -> None:
    """Put new content into a visit whose revision number has just been raised."""
    visit.received_at = at
    revision = _fill(visit, entry, by)
    visit.save()
    revision.save(force_insert=True)


def write_revision(*, visit: Visit, content: Content, by: User, at: datetime) -> VisitRevision:
    """Keep the content of the present revision for ever."""
    return VisitRevision.objects.create(
        visit=visit, number=visit.revision, content=content, made_at=at, made_by=by
    )


def begin_decoding(*, photo_id: int, most: int) -> bool:
    """Count an attempt before it is made; False where so many were made, or none is needed."""
    waiting = Photo.objects.filter(pk=photo_id, state=PhotoState.WAITING, attempts__lt=most)
    return waiting.update(attempts=F("attempts") + 1) == 1


def settle_photo(*, photo_id: int, **values: str | int) -> bool:
    """Write what became of a waiting photo; False where another worker was quicker."""
    return Photo.objects.filter(pk=photo_id, state=PhotoState.WAITING).update(**values) == 1


def await_photo(*, photo_id: int) -> bool:
    """A photo whose file was lost waits once more; False where it was not lost."""
    lost = Photo.objects.filter(pk=photo_id, state=PhotoState.REFUSED, refusal="lost")
    return lost.update(state=PhotoState.WAITING, refusal="", attempts=0) == 1


def _fill(visit: Visit, entry: VisitEntry, by: User) -> VisitRevision:
    """Put the entry into the visit; its content as the present revision. Neither is saved."""
    content = entry.content()
    visit.shop_id = entry.shop_id
    for column, value in entry.said.columns().items():
        setattr(visit, column, value)
    visit.observed_at = min(visit.observed_at, visit.received_at)  # never after the receipt
    visit.digest = content_digest(content)
    return VisitRevision(
        visit_id=visit.pk,
        number=visit.revision,
        content=content,
        sent_sha256=entry.sent_sha256,
        made_at=visit.received_at,
        made_by_id=by.pk,
    )


def assign_area(*, person: User, area: Area, by: User, at: datetime) -> bool:
    """The person looks after the area from now on; False where that was so before."""
    _row, is_new = Assignment.objects.get_or_create(
        person=person, area=area, defaults={"assigned_at": at, "assigned_by": by}
    )
    return is_new


def unassign_area(*, person: User, area: Area) -> bool:
    """The person looks after it no longer; False where that was so before."""
    removed, _models = Assignment.objects.filter(person=person, area=area).delete()
    return removed == 1
