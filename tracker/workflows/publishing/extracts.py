"""A named person takes single visits, without names, and says what for.

A CSV leaves at once; a workbook is asked for, made by a worker (see extract_making) and fetched
by whoever asked, within a week. What was taken is on the log before the first row leaves.
"""

import secrets
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from tracker.accounts.models import User
from tracker.accounts.permissions import Action, check_may
from tracker.audit import log
from tracker.errors import Absent, Conflict, Invalid
from tracker.jobs import actions as jobs
from tracker.months import month_of, month_text
from tracker.outbox import actions as outbox
from tracker.publication.extracts.actions import note_extract
from tracker.publication.extracts.files import path_of
from tracker.publication.extracts.models import Extract, ExtractKind
from tracker.publication.extracts.queries import unmade_workbooks, workbooks_of
from tracker.publication.extracts.rows import ExtractFilter, count_rows, csv_pieces
from tracker.publication.extracts.workbook import MOST_ROWS

JOB = "extract"
LAST_STEPS = 1  # packing the workbook
SALT_BYTES = 16


def new_salt() -> str:
    """Made for one extract and kept nowhere: shop keys of two extracts cannot be joined."""
    return secrets.token_hex(SALT_BYTES)


@transaction.atomic
def take_csv(*, purpose: str, wanted: ExtractFilter, by: User, at: datetime) -> Iterator[bytes]:
    """The pieces of a CSV; read when they are asked for. Raises Refused, Invalid."""
    _check(purpose, wanted, by, at)
    extract = note_extract(kind=ExtractKind.CSV, purpose=purpose, wanted=wanted, by=by, at=at)
    _tell("extract_taken", extract, by, at)
    return csv_pieces(wanted, salt=new_salt())


@transaction.atomic
def ask_workbook(*, purpose: str, wanted: ExtractFilter, by: User, at: datetime) -> Extract:
    """Have a worker make a workbook. Raises Refused, Invalid; Conflict while one is being made."""
    _check(purpose, wanted, by, at)
    if unmade_workbooks().filter(taken_by=by).exists():
        raise Conflict(_("An Excel workbook is already being prepared for you."))
    rows = count_rows(wanted)
    if rows > MOST_ROWS:
        raise Invalid(
            _(
                "That is %(rows)s rows; a sheet holds 1,000,000. Choose fewer months or one "
                "city, or download the CSV."
            )
            % {"rows": f"{rows:,}"}
        )
    uuid = uuid4()
    job = jobs.begin(kind=JOB, about=str(uuid), total=rows + LAST_STEPS, by=by, at=at)
    extract = note_extract(
        uuid=uuid, job=job, kind=ExtractKind.WORKBOOK, purpose=purpose, wanted=wanted, by=by, at=at
    )
    outbox.put(handler="make_extract", about=str(uuid), at=at)
    _tell("extract_asked", extract, by, at)
    return extract


@transaction.atomic
def take_workbook(*, uuid: UUID, by: User, at: datetime) -> Path:
    """Where the file lies. Raises Refused; Absent where it is not theirs, not made or removed."""
    check_may(by, Action.TAKE_EXTRACT)
    extract = workbooks_of(by).filter(uuid=uuid, made_at__isnull=False, removed_at=None).first()
    if extract is None or not path_of(extract).is_file():
        raise Absent(_("Workbook not found, or removed."))
    _tell("extract_taken", extract, by, at)
    return path_of(extract)


def _check(purpose: str, wanted: ExtractFilter, by: User, at: datetime) -> None:
    check_may(by, Action.TAKE_EXTRACT)
    if not purpose.strip():
        raise Invalid(_("State what you need the rows for."), field="purpose")
    if wanted.first_month > wanted.last_month:
        raise Invalid(_("The first month is after the last month."), field="first_month")
    if wanted.last_month > month_of(at):
        raise Invalid(_("This month is in the future."), field="last_month")


def _tell(kind: str, extract: Extract, by: User, at: datetime) -> None:
    log.record(
        kind=kind,
        actor=by,
        subject_type="extract",
        subject_id=str(extract.uuid),
        at=at,
        facts={
            "kind": str(extract.kind),
            "purpose": extract.purpose,
            "city": extract.city_id or "all",
            "first_month": month_text(extract.first_month),
            "last_month": month_text(extract.last_month),
        },
    )
