"""A release on its way to readers: begun and published; or dropped, or withdrawn.

Between them it is made and checked: see release_making.
"""

import re
import shutil
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tracker.accounts.models import User
from tracker.accounts.permissions import Action, check_may
from tracker.audit import log
from tracker.errors import Conflict, Invalid
from tracker.frames.models import Frame
from tracker.jobs import actions as jobs
from tracker.months import day_of, month_index, month_of
from tracker.outbox import actions as outbox
from tracker.places.outlines import outline_credit_lazy
from tracker.places.queries import has_invented_shops, source_credits
from tracker.publication.files.citation import Citation
from tracker.publication.releases import actions
from tracker.publication.releases.changes import changes_between
from tracker.publication.releases.files import STEPS
from tracker.publication.releases.models import Release
from tracker.publication.releases.queries import release_before
from tracker.publication.releases.states import ReleaseState

KIND, CHECK = "release", "release_check"
QUARTER = re.compile(r"([0-9]{4})q([1-4])")
TABLE_FILE = "adoption.csv"


def folder_of(release: Release) -> Path:
    return Path(settings.RELEASE_ROOT) / release.name


def last_month_of(quarter: str, *, at: datetime) -> int:
    """`2026q3` → September 2026; Invalid where that is no quarter, or has not ended."""
    match = QUARTER.fullmatch(quarter)
    if match is None:
        raise Invalid(_("Write the quarter as 2026q3."), field="quarter")
    last = month_index(int(match[1]), 3 * int(match[2]))
    if last >= month_of(at):
        raise Invalid(_("%(quarter)s has not ended yet.") % {"quarter": quarter}, field="quarter")
    return last


@transaction.atomic
def begin_release(*, quarter: str, why: str, by: User | None, at: datetime) -> Release:
    """Put the work down; `by` is None on the command line. Conflict where one is being made."""
    if by is not None:
        check_may(by, Action.PUBLISH)
    last_month = last_month_of(quarter, at=at)
    is_waiting = Release.objects.filter(quarter=quarter, published_at=None).exists()
    if is_waiting:
        raise Conflict(
            _("A draft release of %(quarter)s already exists. Publish or delete it first.")
            % {"quarter": quarter}
        )
    try:
        with transaction.atomic():
            release = actions.begin_release(
                quarter=quarter, last_month=last_month, why=why.strip(),
                is_invented=has_invented_shops(), by=by, at=at,
            )  # fmt: skip
    except IntegrityError as error:
        raise Conflict(_("Somebody else has just started a release.")) from error
    jobs.begin(kind=KIND, about=release.name, total=len(STEPS), by=by, at=at)
    outbox.put(handler="make_release", about=release.pk, at=at)
    log.record(kind="release_begun", actor=by, subject_type="release",
                 subject_id=release.name, at=at)  # fmt: skip
    return release


def citation_of(release: Release, *, at: datetime) -> Citation:
    """How the release is cited; its sources are those that take part today."""
    frames = Frame.objects.order_by("pk").values_list("source", flat=True)
    sources = [outline_credit_lazy(), *source_credits(), *dict.fromkeys(frames)]
    return Citation(
        release=release.name,
        made_on=day_of(release.counted_at or at),
        url=f"{settings.PUBLIC_URL}/data/{release.name}/",
        credits=tuple(sources),
        is_invented=release.is_invented,
    )


@transaction.atomic
def publish_release(*, release: Release, by: User | None, at: datetime) -> None:
    """Let everybody read it, for good. Conflict where it was not checked."""
    if by is not None:
        check_may(by, Action.PUBLISH)
    before = release_before(release)
    changes: dict[str, object] = {}
    if before is not None:
        changes = changes_between(
            folder_of(before) / TABLE_FILE, folder_of(release) / TABLE_FILE, of=before.name
        )
    if not actions.mark_published(release=release, changes=changes, at=at):
        raise Conflict(_("Only a checked release can be published."))
    log.record(kind="release_published", actor=by, subject_type="release",
                 subject_id=release.name, at=at)  # fmt: skip


@transaction.atomic
def withdraw_release(*, release: Release, because: str, by: User | None, at: datetime) -> None:
    """Tell readers not to use it; its files stay. A reason is needed."""
    if by is not None:
        check_may(by, Action.PUBLISH)
    if not because.strip():
        raise Invalid(_("Give the reason for withdrawing. Readers will see it."), field="because")
    if not actions.mark_withdrawn(release=release, because=because.strip(), at=at):
        raise Conflict(_("Only a published release can be withdrawn."))
    log.record(kind="release_withdrawn", actor=by, subject_type="release",
                 subject_id=release.name, at=at)  # fmt: skip


@transaction.atomic
def drop_release(*, release: Release, by: User | None, at: datetime) -> None:
    """Remove one that nobody has seen; its number is free again. Conflict once it was published."""
    if by is not None:
        check_may(by, Action.PUBLISH)
    folder, name = folder_of(release), release.name
    if release.state not in (ReleaseState.PROVISIONAL, ReleaseState.CHECKED) or not (
        actions.drop_release(release=release)
    ):
        raise Conflict(_("A published release cannot be deleted. Withdraw it instead."))
    for kind in (KIND, CHECK):  # whichever of them is running
        jobs.fail(kind=kind, about=name, at=at, error="dropped")
    log.record(kind="release_dropped", actor=by, subject_type="release",
                 subject_id=name, at=at)  # fmt: skip
    transaction.on_commit(lambda: shutil.rmtree(folder, ignore_errors=True))
