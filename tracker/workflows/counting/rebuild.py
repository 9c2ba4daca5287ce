"""Count everything from scratch: begun once, shared by whoever has time, ended by one.

The messages in the outbox are the truth: whoever is killed leaves them, and the next worker
or the next `manage.py rebuild` goes on.
"""

from collections.abc import Callable
from datetime import datetime
from itertools import chain

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tracker.accounts.models import User
from tracker.accounts.permissions import Action, check_may
from tracker.adoption.models import CountSnapshot
from tracker.adoption.rebuild import snapshots
from tracker.adoption.rebuild.writing import much_memory
from tracker.audit import log
from tracker.errors import Conflict
from tracker.jobs import actions as jobs
from tracker.jobs.models import Job
from tracker.outbox import actions as outbox
from tracker.outbox.models import OutboxMessage
from tracker.workflows.counting.rules import shops_about

KIND = "rebuild"
EVERYTHING = "all"  # what a migration asks for
LAST_STEPS = 1  # making the new counts current


def nothing() -> None:
    """Where nobody watches."""


@transaction.atomic
def begin_rebuild(*, by: User | None, at: datetime) -> Job:
    """Put the work down; `by` is None on the command line. Conflict while another one runs."""
    if by is not None:
        check_may(by, Action.REBUILD)
    try:
        with transaction.atomic():
            snapshot = snapshots.begin_snapshot(at=at)
    except IntegrityError as error:
        raise Conflict(_("A rebuild is already running.")) from error
    cities = snapshots.open_cities(snapshot)
    shops = sum(cities.values())
    job = jobs.begin(kind=KIND, about=str(snapshot.pk), total=shops + LAST_STEPS, by=by, at=at)
    for city in cities:
        outbox.put(handler="count_city", about=f"{snapshot.pk}:{city}", at=at)
    log.record(kind="rebuild_begun", actor=by, subject_type="snapshot",
                 subject_id=str(snapshot.pk), at=at, facts={"shops": shops})  # fmt: skip
    return job


def ensure_rebuild(*, at: datetime) -> None:
    """Begin one unless one is under way; asked for by a migration that changed the counts."""
    if snapshots.building() is None:
        begin_rebuild(by=None, at=at)


def count_cities(
    *, snapshot_id: int, cities: list[str], at: datetime, after_each: Callable[[], None] = nothing
) -> None:
    """Count these cities of a snapshot; whoever ends the last one asks for the end of all."""
    snapshot = snapshots.building()
    if snapshot is None or snapshot.pk != snapshot_id:
        return  # it has ended, or was given up
    with much_memory():
        for part in snapshots.count_parts(snapshot=snapshot, cities=cities, at=at):
            jobs.advance(kind=KIND, about=str(snapshot_id), steps=part.shops)
            after_each()
    if not snapshot.parts.filter(done_at=None).exists():
        outbox.put(handler="finish_rebuild", about=snapshot_id, at=at)


def join_rebuild(*, cities: list[str], at: datetime) -> None:
    """Count these cities of the unfinished rebuild, if there is one."""
    snapshot = snapshots.building()
    if snapshot is not None:
        count_cities(snapshot_id=snapshot.pk, cities=cities, at=at)


@transaction.atomic
def finish_rebuild(*, snapshot_id: int, at: datetime) -> None:
    """Let readers see the new counts; a second call finds nothing to do."""
    snapshot = snapshots.building()
    if snapshot is None or snapshot.pk != snapshot_id:
        return
    past = snapshots.make_current(
        snapshot=snapshot, changed_shops=lambda: shops_refreshed_since(snapshot), at=at
    )
    if past is None:
        return  # another worker was quicker
    jobs.finish(kind=KIND, about=str(snapshot_id), at=at)
    outbox.put(handler="drop_snapshot", about=past.pk, at=at)
    log.record(kind="counts_rebuilt", actor=None, subject_type="snapshot",
                 subject_id=str(snapshot_id), at=at)  # fmt: skip


def shops_refreshed_since(snapshot: CountSnapshot) -> set[int]:
    """Shops whose change the count may not have seen.

    Every change puts a message into the outbox in its own transaction. One that was done
    before the count began was seen by it; any other shop is brought in once more.
    """
    messages = OutboxMessage.objects.filter(
        Q(done_at=None) | Q(done_at__gte=snapshot.begun_at - snapshots.CLOCK_MARGIN)
    )
    shops = messages.filter(handler="refresh_shop").values_list("about", flat=True).distinct()
    rules = messages.filter(handler="recount_routes").values_list("about", flat=True).distinct()
    return {*map(int, shops), *chain.from_iterable(map(shops_about, rules))}


def drop_snapshot(*, snapshot_id: int) -> None:
    """Remove counts that were replaced."""
    snapshot = CountSnapshot.objects.filter(pk=snapshot_id).first()
    if snapshot is not None:
        with much_memory():
            snapshots.drop_snapshot(snapshot=snapshot)


@transaction.atomic
def give_up_rebuild(*, at: datetime) -> bool:
    """Drop an unfinished snapshot; False where there is none. The old counts stay."""
    snapshot = snapshots.building()
    if snapshot is None or snapshots.lock_building(snapshot) is None:
        return False
    jobs.fail(kind=KIND, about=str(snapshot.pk), at=at, error="given up")
    snapshots.drop_snapshot(snapshot=snapshot)
    return True
