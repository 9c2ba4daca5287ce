"""Write visits, their revisions, and what became of their photos."""

import hashlib
import json
from datetime import datetime

from django.db.models import F

from tracker.accounts.models import User
from tracker.fieldwork.entries import VisitEntry
from tracker.fieldwork.models import Photo, Visit, VisitRevision
from tracker.vocabulary import PhotoState

Content = dict[str, str | int | None]


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
    return content | {str(trait): str(answer) for trait, answer in entry.answers.items()}


def digest_of(content: Content) -> str:
    """SHA-256 of the content in a fixed JSON form: the same entry gives the same digest."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def create_visit(*, entry: VisitEntry, by: User, at: datetime) -> Visit:
    """Store a new visit and its first revision; IntegrityError if the UUID is known already."""
    visit = Visit(uuid=entry.uuid, worker=by, received_at=at)
    _fill(visit, entry)
    visit.save(force_insert=True)
    write_revision(visit=visit, content=content_of(entry), by=by, at=at)
    return visit


def revise_visit(*, visit: Visit, entry: VisitEntry, by: User, at: datetime) -> None:
    """Put new content into a visit whose revision number has just been raised."""
    visit.received_at = at
    _fill(visit, entry)
    visit.save()
    write_revision(visit=visit, content=content_of(entry), by=by, at=at)


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


def _fill(visit: Visit, entry: VisitEntry) -> None:
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
    visit.digest = digest_of(content)
