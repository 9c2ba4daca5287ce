"""Visits as the rules see them, read in one query."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from tracker.fieldwork.models import Photo, Visit
from tracker.fieldwork.states import PhotoState, VisitState
from tracker.moderation.triage.facts import EntryPlace, Record
from tracker.places.grid import Fix
from tracker.survey.specs import TRAITS

COUNTED_STATES = [state for state in VisitState if state != VisitState.WITHDRAWN]
LONGEST_FORM_S = 3600.0  # a form that lay open for longer tells nothing of its pace


class Row(NamedTuple):
    """What is read of a visit; the names are those of the columns."""

    pk: int
    worker_id: int
    counted_shop: int
    shop__lat_e7: int
    shop__lon_e7: int
    shop__ward_id: str | None
    shop__city_id: str
    shop__segment: str
    shop__brand: str
    observed_at: datetime
    received_at: datetime
    opened_at: datetime | None
    outcome: str
    evidence: str
    note: str
    lat_e7: int | None
    lon_e7: int | None
    accuracy_m: int | None
    open_lat_e7: int | None
    open_lon_e7: int | None
    open_accuracy_m: int | None
    device_time: datetime | None
    clock_offset_ms: int | None
    filled_ms: int | None
    no_photo: str
    photos_declared: int
    state: str
    has_photo: bool


FIELDS = Row._fields


def counted_visits() -> QuerySet[Visit]:
    """Everything that was not withdrawn.

    Said as what is left out: a list of states would lead the database through nearly every
    visit there is, past the indexes by worker and by shop.
    """
    return Visit.objects.exclude(state=VisitState.WITHDRAWN)


def records_of(visits: QuerySet[Visit]) -> list[Record]:
    """The visits as plain data; the shop is the one it was merged into."""
    ready = Photo.objects.filter(visit=OuterRef("pk"), state=PhotoState.READY)
    rows = visits.annotate(
        counted_shop=Coalesce("shop__merged_into_id", "shop_id"), has_photo=Exists(ready)
    ).values_list(*FIELDS, *TRAITS)
    return [_record(Row(*row[: len(FIELDS)]), row[len(FIELDS) :]) for row in rows.iterator()]


def _record(row: Row, answers: tuple[str, ...]) -> Record:
    ward = row.shop__ward_id or row.shop__city_id  # of a shop whose ward is not known
    place = (row.counted_shop, row.shop__lat_e7, row.shop__lon_e7, ward)
    return Record(
        key=row.pk,
        worker=row.worker_id,
        place=EntryPlace(*place, row.shop__segment, row.shop__brand),
        at=row.observed_at.timestamp(),
        received=row.received_at.timestamp(),
        outcome=row.outcome,
        answers=answers,
        evidence=row.evidence,
        fixes=_fixes(row),
        seconds=_seconds(row),
        offset_s=None if row.clock_offset_ms is None else row.clock_offset_ms / 1000,
        is_app=row.device_time is not None,
        has_note=bool(row.note),
        photos=int(row.has_photo),
        declared=row.photos_declared,
        no_photo=row.no_photo,
        state=row.state,
    )


def _fixes(row: Row) -> tuple[Fix, ...]:
    """The fix at saving first, then that at opening."""
    found = []
    if row.lat_e7 is not None and row.lon_e7 is not None:
        found.append(Fix(row.lat_e7, row.lon_e7, row.accuracy_m))
    if row.open_lat_e7 is not None and row.open_lon_e7 is not None:
        found.append(Fix(row.open_lat_e7, row.open_lon_e7, row.open_accuracy_m))
    return tuple(found)


def _seconds(row: Row) -> float | None:
    """By the phone's own stopwatch; of the form in the browser by our clock, at the receipt."""
    if row.filled_ms is not None:
        return row.filled_ms / 1000
    if row.device_time is not None or row.opened_at is None:
        return None
    seconds = (row.received_at - row.opened_at).total_seconds()
    return seconds if 0 <= seconds <= LONGEST_FORM_S else None
