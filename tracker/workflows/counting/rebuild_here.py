"""A rebuild on this machine, now: the open cities shared by processes, or done in this one."""

import sys
import time
from datetime import datetime
from subprocess import Popen

from django.conf import settings

from tracker.adoption.models import CountEdition
from tracker.adoption.rebuild import editions
from tracker.jobs.models import Job
from tracker.outbox import actions as outbox
from tracker.outbox.queries import open_messages
from tracker.places.atlas.cities import City
from tracker.workflows.counting import rebuild
from tracker.workflows.counting.counts import Progress

LOOK_SECONDS = 0.2  # how often the bar is drawn anew


def rebuild_here(*, at: datetime, progress: Progress, processes: int = 1) -> CountEdition:
    """Count everything and make it current; goes on where an earlier run was killed.

    `progress` is told steps done and steps in all. With more than one process the caller
    must not be inside a transaction.
    """
    edition = editions.building() or _begun(at)
    shares = shares_of(editions.open_cities(edition), processes)
    if processes > 1:
        _count_in_processes(edition, shares, progress)
    else:
        rebuild.count_cities(
            edition_id=edition.pk, cities=[city for share in shares for city in share], at=at,
            after_each=lambda: _show(edition, progress),
        )  # fmt: skip
    rebuild.finish_rebuild(edition_id=edition.pk, at=at)
    _settle(edition, at)
    _show(edition, progress)
    edition.refresh_from_db()
    return edition


def shares_of(cities: dict[str, int], processes: int) -> list[list[str]]:
    """Cities by process: the largest first, each to whoever has fewest shops."""
    shares: list[list[str]] = [[] for _process in range(processes)]
    loads = [0] * processes
    for city, shops in cities.items():
        lightest = loads.index(min(loads))
        shares[lightest].append(city)
        loads[lightest] += shops
    return [share for share in shares if share]


def _begun(at: datetime) -> CountEdition:
    job = rebuild.begin_rebuild(by=None, at=at)
    return CountEdition.objects.get(pk=int(job.about))


def _count_in_processes(edition: CountEdition, shares: list[list[str]], progress: Progress) -> None:
    """Commands of their own, not a pool: killed with this one, none waits for work for ever."""
    command = [sys.executable, "-m", "django", "rebuild", "--skip-checks", "--cities"]
    running = [Popen([*command, *share], cwd=settings.BASE_DIR) for share in shares]
    while any(process.poll() is None for process in running):
        time.sleep(LOOK_SECONDS)
        _show(edition, progress)
    if any(process.returncode for process in running):
        raise RuntimeError(f"{edition} is not whole: a process died; run this again to go on")


def _show(edition: CountEdition, progress: Progress) -> None:
    job = Job.objects.get(kind=rebuild.KIND, about=str(edition.pk))
    progress(job.done, job.total)


def _settle(edition: CountEdition, at: datetime) -> None:
    """What this run has done need not be done again by a worker."""
    own = [f"{edition.pk}:{code}" for code in City.values]
    own += [str(edition.pk), rebuild.EVERYTHING]
    handlers = ["begin_rebuild", "count_city", "finish_rebuild"]
    for message in open_messages().filter(handler__in=handlers, about__in=own):
        outbox.finish(message_id=message.pk, at=at)
    for message in open_messages().filter(handler="drop_edition"):
        rebuild.drop_edition(edition_id=int(message.about))
        outbox.finish(message_id=message.pk, at=at)
