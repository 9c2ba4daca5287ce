"""What happens to a release: begun, filled, checked, published, withdrawn. Never changed."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Max

from tracker.accounts.models import User
from tracker.publication.releases.files import FileFacts
from tracker.publication.releases.models import Release, ReleaseFile
from tracker.publication.releases.states import ReleaseState


def begin_release(
    *, quarter: str, last_month: int, why: str, is_invented: bool, by: User | None, at: datetime
) -> Release:
    """The next number of a quarter. IntegrityError where somebody takes it at this moment."""
    highest = Release.objects.filter(quarter=quarter).aggregate(last=Max("number"))["last"]
    return Release.objects.create(
        quarter=quarter,
        number=(highest or 0) + 1,
        last_month=last_month,
        why=why,
        is_invented=is_invented,
        made_by=by,
        begun_at=at,
    )


def fill_release(*, release: Release, files: Sequence[FileFacts], counted_at: datetime) -> bool:
    """Write down the files; False where somebody else has done so."""
    empty = Release.objects.filter(pk=release.pk, counted_at=None)
    if not empty.update(counted_at=counted_at):
        return False
    ReleaseFile.objects.bulk_create(
        ReleaseFile(release=release, **file._asdict()) for file in files
    )
    release.refresh_from_db()
    return True


def mark_checked(*, release: Release, at: datetime) -> bool:
    """Provisional → checked; False where it is not provisional and filled."""
    rows = Release.objects.filter(pk=release.pk, state=ReleaseState.PROVISIONAL)
    return _moved(
        release,
        rows.exclude(counted_at=None).update(state=ReleaseState.CHECKED, checked_at=at),
    )


def mark_published(*, release: Release, changes: dict[str, object], at: datetime) -> bool:
    """Checked → published; False where it is not checked."""
    rows = Release.objects.filter(pk=release.pk, state=ReleaseState.CHECKED)
    fields = {"state": ReleaseState.PUBLISHED, "published_at": at, "changes": changes}
    return _moved(release, rows.update(**fields))


def mark_withdrawn(*, release: Release, because: str, at: datetime) -> bool:
    """Published → withdrawn; the files stay. False where it is not published."""
    rows = Release.objects.filter(pk=release.pk, state=ReleaseState.PUBLISHED)
    fields = {
        "state": ReleaseState.WITHDRAWN,
        "withdrawn_at": at,
        "withdrawn_because": because,
    }
    return _moved(release, rows.update(**fields))


def drop_release(*, release: Release) -> bool:
    """Remove a release that nobody has seen yet; False where it was published."""
    rows = Release.objects.filter(pk=release.pk, published_at=None)
    return bool(rows.delete()[0])


def _moved(release: Release, number: int) -> bool:
    release.refresh_from_db()
    return bool(number)
