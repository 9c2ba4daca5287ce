"""Write visits, their revisions, what became of their photos, and who looks after which area."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime

from django.db.models import F

from tracker.accounts.models import User
from tracker.fieldwork.assignments import Assignment
from tracker.fieldwork.entry import PhoneFacts, VisitEntry
from tracker.fieldwork.models import Photo, Visit, VisitRevision
from tracker.fieldwork.states import PhotoState, VisitState
from tracker.places.models import Area

Content = dict[str, str | int | list[str] | None]


def content_of(entry: VisitEntry) -> Content:
    """The entry as plain JSON: kept per revision, and the base of its digest."""
    content: Content = {
        "shop": entry.shop_id,
        "outcome": str(entry.outcome),
        "evidence": entry.evidence,
        "note": entry.note,
        "observed_at": entry.observed_at.isoformat(),
        "opened_at": entry.opened_at.isoformat() if entry.opened_at else None,
        "lat_e7": entry.fix.lat_e7 if entry.fix else None,
        "lon_e7": entry.fix.lon_e7 if entry.fix else None,
        "accuracy_m": entry.fix.accuracy_m if entry.fix else None,
    }
    content |= {str(trait): str(answer) for trait, answer in entry.answers.items()}
    return content | (_content_of_phone(entry.phone) if entry.phone else {})


def _content_of_phone(phone: PhoneFacts) -> Content:
    return {
        "device_time": phone.device_time.isoformat() if phone.device_time else None,
        "clock_offset_ms": phone.clock_offset_ms,
        "filled_ms": phone.filled_ms,
        "open_lat_e7": phone.open_fix.lat_e7 if phone.open_fix else None,
        "open_lon_e7": phone.open_fix.lon_e7 if phone.open_fix else None,
        "open_accuracy_m": phone.open_fix.accuracy_m if phone.open_fix else None,
        "notice": phone.notice,
        "no_photo": phone.no_photo,
        "photos": list(phone.photos),
    }


def content_digest(content: Content) -> str:
    """SHA-256 of the content in a fixed JSON form: the same entry gives the same digest."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


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
    content = content_of(entry)
    visit.shop_id = entry.shop_id
    visit.outcome = entry.outcome
    for trait, answer in entry.answers.items():
        setattr(visit, trait.value, answer.value)
    visit.evidence = entry.evidence
    visit.note = entry.note
    visit.observed_at = min(entry.observed_at, visit.received_at)  # never after the receipt
    visit.opened_at = entry.opened_at
    visit.lat_e7 = entry.fix.lat_e7 if entry.fix else None
    visit.lon_e7 = entry.fix.lon_e7 if entry.fix else None
    visit.accuracy_m = entry.fix.accuracy_m if entry.fix else None
    if entry.phone:
        _fill_from_phone(visit, entry.phone)
    visit.digest = content_digest(content)
    return VisitRevision(
        visit_id=visit.pk,
        number=visit.revision,
        content=content,
        sent_sha256=entry.phone.sent_sha256 if entry.phone else "",
        made_at=visit.received_at,
        made_by_id=by.pk,
    )


def _fill_from_phone(visit: Visit, phone: PhoneFacts) -> None:
    visit.device_time = phone.device_time
    visit.clock_offset_ms = phone.clock_offset_ms
    visit.filled_ms = phone.filled_ms
    visit.open_lat_e7 = phone.open_fix.lat_e7 if phone.open_fix else None
    visit.open_lon_e7 = phone.open_fix.lon_e7 if phone.open_fix else None
    visit.open_accuracy_m = phone.open_fix.accuracy_m if phone.open_fix else None
    visit.notice = phone.notice
    visit.no_photo = phone.no_photo
    visit.photos_declared = len(phone.photos)


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
