"""An extract is noted; its workbook is begun, made and removed."""

from datetime import datetime
from typing import Any

from django.db.models import F

from tracker.accounts.models import User
from tracker.jobs.states import JobState
from tracker.publication.extracts.models import Extract
from tracker.publication.extracts.rows import ExtractFilter


def note_extract(*, wanted: ExtractFilter, by: User, at: datetime, **fields: Any) -> Extract:
    """Who takes what. `fields` are the kind, the purpose and, of a workbook, its UUID and job."""
    return Extract.objects.create(
        city_id=wanted.city or None,
        first_month=wanted.first_month,
        last_month=wanted.last_month,
        taken_by=by,
        taken_at=at,
        **fields,
    )


def begin_try(*, extract: Extract) -> int:
    """Count a try before it begins; its number, from 1."""
    Extract.objects.filter(pk=extract.pk).update(tries=F("tries") + 1)
    extract.refresh_from_db(fields=["tries"])
    return extract.tries


def mark_made(*, extract: Extract, at: datetime) -> bool:
    """False where another worker was quicker, or its job was given up."""
    waited_for = Extract.objects.filter(pk=extract.pk, job__state=JobState.RUNNING, made_at=None)
    return bool(waited_for.update(made_at=at))


def mark_removed(*, extract: Extract, at: datetime) -> None:
    Extract.objects.filter(pk=extract.pk, removed_at=None).update(removed_at=at)
