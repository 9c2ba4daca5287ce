"""A rebuild on this machine, now: the open cities shared by processes, or done in this one."""

import sys
import time
from datetime import datetime
from subprocess import Popen

from django.conf import settings

from tracker.adoption.models import CountSnapshot
from tracker.adoption.rebuild import snapshots
from tracker.jobs.models import Job
from tracker.outbox import actions as outbox
from tracker.outbox.queries import open_messages
from tracker.places.atlas.cities import City
from tracker.workflows.counting import rebuild
from tracker.workflows.counting.counts import Progress

LOOK_SECONDS = 0.2  # how often the bar is drawn anew


def rebuild_here(*, at: datetime, progress: Progress, processes: int = 1) -> CountSnapshot:
    """Count everything and make it current; goes on where an earlier run was killed.

    `progress` is told steps done and steps in all. With more than one process the caller
    must not be inside a transaction.
    """
    snapshot = snapshots.building() or _begun(at)
    shares = shares_of(snapshots.open_cities(snapshot), processes)
    if processes > 1:
        _count_in_processes(snapshot, shares, progress)
    else:
        rebuild.count_cities(
            snapshot_id=snapshot.pk, cities=[city for share in shares for city in share], at=at,
            after_each=lambda: _show(snapshot, progress),
        )  # fmt: skip
    rebuild.finish_rebuild(snapshot_id=snapshot.pk, at=at)
    _settle(snapshot, at)
    _show(snapshot, progress)
    snapshot.refresh_from_db()
    return snapshot


def shares_of(cities: dict[str, int], processes: int) -> list[list[str]]:
    """Cities by process: the largest first, each to whoever has fewest shops."""
    shares: list[list[str]] = [[] for _process in range(processes)]
    loads = [0] * processes
    for city, shops in cities.items():
        lightest = loads.index(min(loads))
        shares[lightest].append(city)
        loads[lightest] += shops
    return [share for share in shares if share]


def _begun(at: datetime) -> CountSnapshot:
    job = rebuild.begin_rebuild(by=None, at=at)
    return CountSnapshot.objects.get(pk=int(job.about))


def _count_in_processes(
    snapshot: CountSnapshot, shares: list[list[str]], progress: Progress
) -> None:
    """Commands of their own, not a pool: killed with this one, none waits for work for ever."""
    command = [sys.executable, "-m", "django", "rebuild", "--skip-checks", "--cities"]
    running = [Popen([*command, *share], cwd=settings.BASE_DIR) for share in shares]
    while any(process.poll() is None for process in running):
        time.sleep(LOOK_SECONDS)
        _show(snapshot, progress)
    if any(process.returncode for process in running):
        raise RuntimeError(f"{snapshot} is not whole: a process died; run this again to go on")


def _show(snapshot: CountSnapshot, progress: Progress) -> None:
    job = Job.objects.get(kind=rebuild.KIND, about=str(snapshot.pk))
    progress(job.done, job.total)


def _settle(snapshot: CountSnapshot, at: datetime) -> None:
    """What this run has done need not be done again by a worker."""
    own = [f"{snapshot.pk}:{code}" for code in City.values]
    own += [str(snapshot.pk), rebuild.EVERYTHING]
    handlers = ["begin_rebuild", "count_city", "finish_rebuild"]
    for message in open_messages().filter(handler__in=handlers, about__in=own):
        outbox.finish(message_id=message.pk, at=at)
    for message in open_messages().filter(handler="drop_snapshot"):
        rebuild.drop_snapshot(snapshot_id=int(message.about))
        outbox.finish(message_id=message.pk, at=at)
