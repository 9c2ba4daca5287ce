"""The files of a release are made in a folder beside their place; then the rows are written.

A release that has rows has its files. Whoever is killed leaves a message in the outbox, and a
folder that the next try removes.
"""

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from tracker.accounts.models import User
from tracker.accounts.permissions import Action, check_may
from tracker.audit import log
from tracker.errors import Conflict
from tracker.jobs import actions as jobs
from tracker.outbox import actions as outbox
from tracker.outbox.queries import open_messages
from tracker.publication.files.table import FileTable, table_of
from tracker.publication.releases import actions
from tracker.publication.releases.files import FileFacts, Writing
from tracker.publication.releases.models import Release
from tracker.publication.releases.states import ReleaseState
from tracker.workflows.counting import counts
from tracker.workflows.counting.rebuild import nothing
from tracker.workflows.publishing.release_checks import differences_of_release
from tracker.workflows.publishing.releases import CHECK, KIND, citation_of, folder_of


class NotYet(Exception):
    """Decisions wait to be counted: try again when they are."""


def make_release(
    *, release_id: int, at: datetime, after_each: Callable[[], None] = nothing
) -> None:
    """Write the files of a release that has none; a second call finds nothing to do.

    Raises NotYet while decisions wait to be counted, OSError where the disk is full.
    """
    release = Release.objects.filter(pk=release_id, counted_at=None).first()
    if release is None:
        return
    table = _counted_now(release)
    root = Path(settings.RELEASE_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    made_in = root / f".{release.name}.{uuid4().hex}.part"
    made_in.mkdir()

    def tell() -> None:
        jobs.advance(kind=KIND, about=release.name, steps=1)
        after_each()

    try:
        with override("en"):
            citation = citation_of(release, at=at)
            files = Writing(made_in, table, citation, citation.warning(), tell).all()
        _put_in_place(release, made_in, files, at)
    finally:
        shutil.rmtree(made_in, ignore_errors=True)


def _counted_now(release: Release) -> FileTable:
    """The counts of one moment at which no decision waits to be counted."""
    with counts.one_moment():
        if open_messages().filter(handler="refresh_shop").exists():
            raise NotYet("decisions wait to be counted")
        return table_of(release=release.name, last_month=release.last_month)


@transaction.atomic
def _put_in_place(
    release: Release, made_in: Path, files: list[FileFacts], counted_at: datetime
) -> None:
    """Rename the folder and write the rows, unless another worker has done so."""
    parked = Release.objects.select_for_update().filter(pk=release.pk, counted_at=None).first()
    if parked is None:
        return
    folder = folder_of(release)
    shutil.rmtree(folder, ignore_errors=True)  # of a try that was killed before its rows
    made_in.rename(folder)
    actions.fill_release(release=release, files=files, counted_at=counted_at)
    jobs.finish(kind=KIND, about=release.name, at=counted_at)
    log.record(kind="release_made", actor=release.made_by, subject_type="release",
                 subject_id=release.name, at=counted_at,
                 facts={file.name: file.sha256 for file in files})  # fmt: skip


@transaction.atomic
def ask_check(*, release: Release, by: User, at: datetime) -> None:
    """Have a worker check it: a recount takes long. Conflict where it is not the time for it."""
    check_may(by, Action.PUBLISH)
    if release.state != ReleaseState.PROVISIONAL or release.counted_at is None:
        raise Conflict(_("Only a provisional release with complete files can be checked."))
    try:
        with transaction.atomic():
            jobs.begin(kind=CHECK, about=release.name, total=1, by=by, at=at)
    except IntegrityError as error:
        raise Conflict(_("A check is already running.")) from error
    outbox.put(handler="check_release", about=f"{release.pk}:{by.pk}", at=at)


def check_asked(*, release_id: int, by_id: int, at: datetime) -> None:
    """Check what somebody asked for; what was found stands on the job."""
    release = Release.objects.filter(pk=release_id, state=ReleaseState.PROVISIONAL).first()
    by = User.objects.get(pk=by_id)
    if release is None:
        return  # dropped meanwhile, or checked by another worker
    try:
        check_release(release=release, by=by, at=at)
    except Conflict as error:
        jobs.fail(kind=CHECK, about=release.name, at=at, error=error.message)
    else:
        jobs.finish(kind=CHECK, about=release.name, at=at)


def check_release(*, release: Release, by: User | None, at: datetime) -> None:
    """Recount everything, and the release against its own moment; Conflict names what differs."""
    if by is not None:
        check_may(by, Action.PUBLISH)
    found = [*counts.verify().differences, *differences_of_release(release)]
    if found:
        raise Conflict(
            _("%(number)s differences were found. The first: %(first)s")
            % {"number": len(found), "first": found[0]}
        )
    with transaction.atomic():
        if not actions.mark_checked(release=release, at=at):
            raise Conflict(_("Only a provisional release with complete files can be checked."))
        log.record(kind="release_checked", actor=by, subject_type="release",
                     subject_id=release.name, at=at)  # fmt: skip
