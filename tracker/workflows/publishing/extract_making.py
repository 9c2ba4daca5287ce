"""A workbook of single visits is made by a worker, and removed a week later.

The message in the outbox is the truth: whoever is killed leaves it, and the next worker begins
anew. After three tries, or where no message is left, the job ends as failed.
"""

from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from tracker.audit import log
from tracker.jobs import actions as jobs
from tracker.outbox import actions as outbox
from tracker.outbox.queries import open_messages
from tracker.publication.extracts.actions import begin_try, mark_made, mark_removed
from tracker.publication.extracts.files import (
    folder_for_making,
    path_of,
    put_in_place,
    remove_older,
)
from tracker.publication.extracts.models import Extract
from tracker.publication.extracts.notes import NOTES
from tracker.publication.extracts.queries import unmade_workbooks, workbooks_made_before
from tracker.publication.extracts.rows import ExtractFilter, csv_pieces
from tracker.publication.extracts.workbook import TooManyRows, write_workbook
from tracker.publication.files.languages import in_languages
from tracker.workflows.publishing.extracts import JOB, new_salt

MOST_TRIES = 3
KEPT = timedelta(days=7)
TOO_MANY = "too many rows"  # on the job; the page has a sentence for it
GIVEN_UP = "given up"


def make_workbook(*, uuid: str, at: datetime) -> None:
    """Write the file of a workbook that is waited for; a second call finds nothing to do."""
    extract = unmade_workbooks().filter(uuid=uuid).first()
    if extract is None:
        return
    if begin_try(extract=extract) > MOST_TRIES:
        jobs.fail(kind=JOB, about=uuid, at=at, error=GIVEN_UP)
        return
    wanted = ExtractFilter(extract.city_id or "", extract.first_month, extract.last_month)
    with folder_for_making(extract) as folder:
        made = folder / "visits.xlsx"
        try:
            write_workbook(
                made,
                csv_pieces(wanted, salt=new_salt()),
                notes=[words for line in NOTES for words in in_languages(line).values()],
                tell=lambda rows: _tell(uuid, rows),
            )
        except TooManyRows:
            jobs.fail(kind=JOB, about=uuid, at=at, error=TOO_MANY)
            return
        _keep(extract, made, at)


def _keep(extract: Extract, made: Path, at: datetime) -> None:
    """Give the file its place and write the rows, unless somebody was quicker."""
    with transaction.atomic():
        if not mark_made(extract=extract, at=at):
            return
        put_in_place(made, extract)
        jobs.finish(kind=JOB, about=str(extract.uuid), at=at)
        log.record(kind="extract_made", actor=None, subject_type="extract",
                     subject_id=str(extract.uuid), at=at)  # fmt: skip


def _tell(uuid: str, rows: int) -> None:
    """How far it is; and that the worker lives."""
    jobs.reach(kind=JOB, about=uuid, steps=rows)
    outbox.hold(handler="make_extract", about=uuid, at=timezone.now())


def tidy_extracts(*, at: datetime) -> None:
    """Remove workbooks that lay there for a week; end jobs that no worker will take up again."""
    for extract in workbooks_made_before(at - KEPT):
        path_of(extract).unlink(missing_ok=True)
        with transaction.atomic():
            mark_removed(extract=extract, at=at)
            log.record(kind="extract_removed", actor=None, subject_type="extract",
                         subject_id=str(extract.uuid), at=at)  # fmt: skip
    for extract in unmade_workbooks():
        if not open_messages().filter(handler="make_extract", about=str(extract.uuid)).exists():
            jobs.fail(kind=JOB, about=str(extract.uuid), at=at, error=GIVEN_UP)
    remove_older(than=(at - KEPT).timestamp())
