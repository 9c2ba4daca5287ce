"""Bring in a census frame: all of it or nothing, every bad row named."""

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from tracker.audit import log
from tracker.errors import ImportFailed
from tracker.frames import actions
from tracker.frames.models import Frame
from tracker.frames.readers import (
    READERS,
    BadRow,
    FrameRow,
    Rows,
    Unreadable,
    estat_rows,
    kind_of,
)
from tracker.places.atlas.cities import WARD_CODES, City
from tracker.places.kinds import AreaLevel
from tracker.places.squares import candidates


@dataclass(frozen=True)
class FrameFile:
    """What to import, and what the file does not say of itself."""

    path: Path
    vintage: date
    source: str
    licence: str = ""
    kind: str = ""  # empty: found out from the content
    industry: str = "cat01"  # e-Stat: the dimension with JSIC codes
    group: str = ""  # e-Stat: all rows belong to this group instead
    only: dict[str, str] = field(default_factory=dict)  # e-Stat: dimension → code


@dataclass
class FrameReport:
    """What became of the rows."""

    kept: int = 0
    hidden: int = 0  # of those kept: the census does not tell the number
    cities: int = 0  # totals of a whole city, left out: its wards are there
    elsewhere: int = 0
    errors: list[tuple[int, str]] = field(default_factory=list)
    was_known: bool = False


@transaction.atomic
def import_frame(*, file: FrameFile, dry_run: bool, at: datetime) -> FrameReport:
    """Keep the rows of our wards; ImportFailed, with nothing changed, if it cannot be read."""
    data = _bytes(file.path)
    sha256 = hashlib.sha256(data).hexdigest()
    if Frame.objects.filter(sha256=sha256).exists():
        return FrameReport(was_known=True)
    report = FrameReport()
    rows = _sorted_out(_rows(file, data), report)
    if not rows:
        raise ImportFailed(
            _("The file has no counts for wards or 500 m squares of the surveyed cities.")
        )
    levels = {row.level for row in rows}
    if len(levels) > 1:
        raise ImportFailed(
            _("The file mixes wards and squares, which must not be added up. Use separate files.")
        )
    frame = actions.create_frame(
        rows=rows, level=levels.pop(), vintage=file.vintage, source=file.source,
        licence=file.licence, sha256=sha256, at=at,
    )  # fmt: skip
    log.record(
        kind="frame_imported", actor=None, subject_type="frame", subject_id=str(frame.pk),
        at=at, facts={"rows": report.kept, "vintage": file.vintage.isoformat(), "sha256": sha256},
    )  # fmt: skip
    if dry_run:
        transaction.set_rollback(True)
    return report


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ImportFailed(
            _("%(file)s cannot be opened: %(why)s.") % {"file": path.name, "why": error.strerror}
        ) from error


def _rows(file: FrameFile, data: bytes) -> list[FrameRow | BadRow]:
    try:
        text = data.decode("utf-8-sig")
        kind = file.kind or kind_of(text)
        rows: Rows
        if kind == "estat":
            rows = estat_rows(text, industry=file.industry, only=file.only, group=file.group)
        else:
            rows = READERS[kind](text)
        return list(rows)
    except (UnicodeDecodeError, Unreadable) as error:
        raise ImportFailed(
            _("%(file)s cannot be read: %(why)s.") % {"file": file.path.name, "why": error}
        ) from error


def _is_ours(row: FrameRow) -> bool:
    """Whether the ward, or a square's ward, is one of ours."""
    if row.level == AreaLevel.WARD or row.ward:
        return (row.ward or row.area) in WARD_CODES
    return bool(candidates(int(row.area) // 10) & WARD_CODES)


def _sorted_out(rows: list[FrameRow | BadRow], report: FrameReport) -> list[FrameRow]:
    """Our wards' rows; a number told twice is an error of the second row."""
    kept: dict[tuple[str, str], FrameRow] = {}
    for row in rows:
        if isinstance(row, BadRow):
            report.errors.append((row.line, row.reason))
        elif row.level == AreaLevel.WARD and row.area in City.values:
            report.cities += 1
        elif not _is_ours(row):
            report.elsewhere += 1
        elif (row.area, row.group) in kept:
            report.errors.append((row.line, f"{row.area} {row.group} was told before"))
        else:
            kept[(row.area, row.group)] = row
    report.kept = len(kept)
    report.hidden = sum(row.establishments is None for row in kept.values())
    return list(kept.values())
