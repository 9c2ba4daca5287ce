"""Visits as the rules see them, read in one query."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from tracker.fieldwork.entry import COLUMNS
from tracker.fieldwork.kinds.several import fix_in
from tracker.fieldwork.models import Photo, Visit
from tracker.fieldwork.states import PhotoState, VisitState
from tracker.moderation.triage.facts import EntryPlace, Record
from tracker.survey.specs import TRAITS

COUNTED_STATES = [state for state in VisitState if state != VisitState.WITHDRAWN]
LONGEST_FORM_S = 3600.0  # a form that lay open for longer tells nothing of its pace


class Row(NamedTuple):
    """What is read of a visit besides what was said; the names are those of the columns."""

    pk: int
    worker_id: int
    counted_shop: int
    shop__lat_e7: int
    shop__lon_e7: int
    shop__ward_id: str | None
    shop__city_id: str
    shop__segment: str
    shop__brand: str
    received_at: datetime
    state: str
    has_photo: bool


FIELDS = Row._fields
Said = Mapping[str, Any]  # the columns of an entry


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
    ).values_list(*FIELDS, *COLUMNS)
    return [
        _record(Row(*row[: len(FIELDS)]), dict(zip(COLUMNS, row[len(FIELDS) :], strict=True)))
        for row in rows.iterator()
    ]


def _record(row: Row, said: Said) -> Record:
    ward = row.shop__ward_id or row.shop__city_id  # of a shop whose ward is not known
    place = (row.counted_shop, row.shop__lat_e7, row.shop__lon_e7, ward)
    offset_ms = said["clock_offset_ms"]
    return Record(
        key=row.pk,
        worker=row.worker_id,
        place=EntryPlace(*place, row.shop__segment, row.shop__brand),
        at=said["observed_at"].timestamp(),
        received=row.received_at.timestamp(),
        outcome=said["outcome"],
        answers=tuple([said[trait] for trait in TRAITS]),
        evidence=said["evidence"],
        # The fix at saving first, then that at opening.
        fixes=tuple(filter(None, (fix_in(said, "fix"), fix_in(said, "open_fix")))),
        seconds=_seconds(row, said),
        offset_s=None if offset_ms is None else offset_ms / 1000,
        is_app=said["device_time"] is not None,
        has_note=bool(said["note"]),
        photos=int(row.has_photo),
        declared=said["photos_declared"],
        no_photo=said["no_photo"],
        state=row.state,
    )


def _seconds(row: Row, said: Said) -> float | None:
    """By the phone's own stopwatch; of the form in the browser by our clock, at the receipt."""
    if said["filled_ms"] is not None:
        return float(said["filled_ms"] / 1000)
    if said["device_time"] is not None or said["opened_at"] is None:
        return None
    seconds = float((row.received_at - said["opened_at"]).total_seconds())
    return seconds if 0 <= seconds <= LONGEST_FORM_S else None
