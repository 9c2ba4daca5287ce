"""Releases made and published in a step, and the work of the outbox done."""

from datetime import datetime, timedelta

from tests.factories import NOON
from tracker.accounts.models import User
from tracker.outbox.queries import open_messages
from tracker.publication.releases.models import Release
from tracker.workflows import dispatch
from tracker.workflows.publishing import release_making, releases

APRIL = NOON + timedelta(days=30)  # the first quarter has ended
QUARTER = "2026q1"


def made(by: User | None = None, *, why: str = "", at: datetime = APRIL) -> Release:
    release = releases.begin_release(quarter=QUARTER, why=why, by=by, at=at)
    release_making.make_release(release_id=release.pk, at=at)
    release.refresh_from_db()
    return release


def published(by: User | None = None, *, at: datetime = APRIL) -> Release:
    release = made(by, at=at)
    release_making.check_release(release=release, by=by, at=at)
    releases.publish_release(release=release, by=by, at=at)
    return release


def work() -> None:
    for message in open_messages().order_by("pk"):
        dispatch.work(message_id=message.pk, at=APRIL)
