"""A workbook is made once, whoever is killed on the way, and lies there for a week."""

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.conf import LazySettings
from django.db import connection
from django.utils import timezone

from tests.factories import NOON, add_visit, make_shop
from tests.publication.extracts.reference import EVERYTHING, csv_by_orm
from tracker.accounts.models import User
from tracker.audit.models import AuditEvent
from tracker.errors import Absent
from tracker.jobs.states import JobState
from tracker.outbox import actions as outbox
from tracker.outbox.models import OutboxMessage
from tracker.publication.extracts import workbook
from tracker.publication.extracts.columns import NAMES
from tracker.publication.extracts.files import path_of
from tracker.publication.extracts.models import Extract
from tracker.publication.extracts.rows import ExtractFilter
from tracker.publication.extracts.workbook import write_workbook
from tracker.survey.answers import Answer
from tracker.workflows import dispatch
from tracker.workflows.publishing import extract_making
from tracker.workflows.publishing.extract_making import make_workbook, tidy_extracts
from tracker.workflows.publishing.extracts import ask_workbook, take_workbook

# Rows are read by another connection.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.both]
LATER = NOON + timedelta(hours=1)
WANTED = ExtractFilter("", EVERYTHING.first_month, EVERYTHING.last_month - 120)
SALT = "7c" * 16


class Killed(BaseException):
    """A worker that is gone: nothing catches it."""


@pytest.fixture(autouse=True)
def root(settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.EXTRACT_ROOT = tmp_path / "extracts"
    monkeypatch.setattr(extract_making, "new_salt", lambda: SALT)
    return tmp_path / "extracts"


@pytest.fixture
def asked(dana: User, aki: User) -> Extract:
    for number in range(12):
        shop = make_shop(f"=1+{number}", ward=None if number % 3 else "13102")
        for day in range(2):
            add_visit(shop, aki, at=NOON - timedelta(days=day), alipay=Answer.YES)
    return ask_workbook(purpose="To look at changes", wanted=WANTED, by=dana, at=NOON)


def worked(at: datetime = LATER) -> int:
    return sum(
        dispatch.work(message_id=row.pk, at=at) for row in OutboxMessage.objects.order_by("pk")
    )


def ended(extract: Extract) -> tuple[str, bool]:
    """How its job ended, and whether its file lies there."""
    extract.refresh_from_db()
    assert extract.job is not None
    extract.job.refresh_from_db()
    return extract.job.state, path_of(extract).exists()


def cells(path: Path) -> list[tuple[Any, ...]]:
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["visits", "dictionary", "notes"]
    return [tuple(value or "" for value in row) for row in book["visits"].values]


def test_the_sheet_has_the_rows_of_the_csv_every_one_a_text(asked: Extract, dana: User) -> None:
    assert worked() == 1
    assert ended(asked) == (JobState.DONE, True)
    assert asked.job is not None
    assert asked.job.done == asked.job.total == 25
    expected = csv_by_orm(WANTED, salt=SALT).decode().splitlines()
    path = take_workbook(uuid=asked.uuid, by=dana, at=LATER)
    assert cells(path) == [tuple(line.split(",")) for line in expected]
    kinds = AuditEvent.objects.filter(subject_id=str(asked.uuid)).order_by("pk")
    assert [event.kind for event in kinds] == ["extract_asked", "extract_made", "extract_taken"]
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_the_dictionary_and_the_notes_are_in_every_language(asked: Extract) -> None:
    worked()
    book = openpyxl.load_workbook(path_of(asked))
    names = [row[0] for row in book["dictionary"].values][1:]
    assert list(dict.fromkeys(names)) == list(NAMES)
    assert next(book["dictionary"].values) == ("column", "value", "ja", "zh", "en")
    assert book["notes"].max_row == 3 * 3


def test_a_second_call_finds_nothing_to_do(asked: Extract) -> None:
    worked()
    before = path_of(asked).stat().st_mtime_ns
    make_workbook(uuid=str(asked.uuid), at=LATER)
    assert path_of(asked).stat().st_mtime_ns == before
    assert AuditEvent.objects.filter(kind="extract_made").count() == 1


@pytest.mark.parametrize("place", ["write_workbook", "put_in_place", "mark_made"])
def test_what_a_killed_worker_leaves_is_taken_up_again(
    asked: Extract, root: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    def killed(*_words: object, **_more: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(extract_making, place, killed)
        with pytest.raises(Killed):
            worked(timezone.now())
    assert ended(asked) == (JobState.RUNNING, False)
    (root / f".{asked.uuid}.dead.part").mkdir()  # a real one has no time to tidy up
    assert worked(timezone.now()) == 0  # it may still live
    assert worked(timezone.now() + timedelta(seconds=outbox.CLAIM_SECONDS + 1)) == 1
    assert ended(asked) == (JobState.DONE, True)


def test_a_worker_that_is_always_killed_ends_in_a_failed_job(
    asked: Extract, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_words: object, **_more: object) -> None:
        raise Killed

    monkeypatch.setattr(extract_making, "write_workbook", killed)
    for number in range(1, extract_making.MOST_TRIES + 1):
        with pytest.raises(Killed):
            worked(LATER + timedelta(hours=number))
        assert ended(asked) == (JobState.RUNNING, False)
    assert worked(LATER + timedelta(hours=9)) == 1
    assert ended(asked) == (JobState.FAILED, False)
    assert not OutboxMessage.objects.filter(done_at=None).exists()


def test_an_error_that_comes_again_ends_in_a_failed_job_too(
    asked: Extract, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_words: object, **_more: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(extract_making, "write_workbook", full)
    for hour in range(9):
        worked(LATER + timedelta(hours=hour))
    assert ended(asked) == (JobState.FAILED, False)


def test_a_job_whose_message_is_gone_is_ended_by_the_timetable(asked: Extract) -> None:
    tidy_extracts(at=LATER)
    assert ended(asked) == (JobState.RUNNING, False)
    OutboxMessage.objects.all().delete()
    tidy_extracts(at=LATER)
    assert ended(asked) == (JobState.FAILED, False)


def test_rows_that_came_meanwhile_and_have_no_room_end_it(
    asked: Extract, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 23)
    worked()
    assert ended(asked) == (JobState.FAILED, False)
    assert asked.job is not None
    assert asked.job.error == extract_making.TOO_MANY
    assert list(root.iterdir()) == []


def test_progress_is_told_and_the_claim_is_held(
    asked: Extract, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "STEP", 10)
    seen: list[int] = []
    parked: list[datetime | None] = []
    tell = extract_making._tell

    def watched(uuid: str, rows: int) -> None:
        tell(uuid, rows)
        assert asked.job is not None
        asked.job.refresh_from_db()
        seen.append(asked.job.done)
        parked.append(OutboxMessage.objects.get().claimed_at)

    monkeypatch.setattr(extract_making, "_tell", watched)
    worked()
    assert seen == [0, 10, 20]
    assert None not in parked
    assert parked == sorted(parked, key=lambda moment: moment or NOON)
    assert parked[-1] != LATER


def test_another_try_begins_its_progress_anew(
    asked: Extract, monkeypatch: pytest.MonkeyPatch
) -> None:
    extract_making._tell(str(asked.uuid), 20)
    extract_making._tell(str(asked.uuid), 5)
    assert asked.job is not None
    asked.job.refresh_from_db()
    assert asked.job.done == 5


def test_after_a_week_the_file_is_removed_and_the_row_says_so(asked: Extract, dana: User) -> None:
    worked()
    tidy_extracts(at=LATER + timedelta(days=6))
    assert ended(asked) == (JobState.DONE, True)
    tidy_extracts(at=LATER + timedelta(days=8))
    assert ended(asked) == (JobState.DONE, False)
    assert asked.removed_at == LATER + timedelta(days=8)
    with pytest.raises(Absent):
        take_workbook(uuid=asked.uuid, by=dana, at=LATER)
    tidy_extracts(at=LATER + timedelta(days=9))
    assert AuditEvent.objects.filter(kind="extract_removed").count() == 1


def test_what_crashes_left_goes_too(root: Path) -> None:
    folder = root / ".some.part"
    folder.mkdir(parents=True)
    (root / "some.xlsx").touch()
    for path in (folder, root / "some.xlsx"):
        os.utime(path, (NOON.timestamp(), NOON.timestamp()))
    (root / "new.xlsx").touch()
    os.utime(root / "new.xlsx", (LATER.timestamp(), LATER.timestamp()))
    tidy_extracts(at=NOON + timedelta(days=7, minutes=1))
    assert [path.name for path in root.iterdir()] == ["new.xlsx"]


def test_who_was_quicker_keeps_the_file(asked: Extract, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another worker made it while this one was thought to be dead."""

    def slowly(path: Path, pieces: Iterator[bytes], **more: Any) -> int:
        monkeypatch.setattr(extract_making, "write_workbook", write_workbook)
        make_workbook(uuid=str(asked.uuid), at=LATER)
        before.append(path_of(asked).stat().st_mtime_ns)
        return write_workbook(path, pieces, **more)

    before: list[int] = []
    monkeypatch.setattr(extract_making, "write_workbook", slowly)
    worked()
    assert before == [path_of(asked).stat().st_mtime_ns]
    assert AuditEvent.objects.filter(kind="extract_made").count() == 1
    assert connection.in_atomic_block is False
