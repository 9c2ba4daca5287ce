"""Count everything from scratch: begun once, shared by whoever has time, ended by one.

The messages in the outbox are the truth: whoever is killed leaves them, and the next worker
or the next `manage.py rebuild` goes on.
"""

from collections.abc import Callable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tracker.accounts.models import User
from tracker.accounts.permissions import Action, check_may
from tracker.adoption.models import CountEdition
from tracker.adoption.rebuild import editions
from tracker.adoption.rebuild.writing import much_memory
from tracker.audit import trail
from tracker.errors import Conflict
from tracker.jobs import actions as jobs
from tracker.jobs.models import Job
from tracker.outbox import actions as outbox
from tracker.outbox.models import OutboxMessage

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
            edition = editions.begin_edition(at=at)
    except IntegrityError as error:
        raise Conflict(
            _("Everything is being counted already. Wait until that has ended.")
        ) from error
    cities = editions.open_cities(edition)
    shops = sum(cities.values())
    job = jobs.begin(kind=KIND, about=str(edition.pk), total=shops + LAST_STEPS, by=by, at=at)
    for city in cities:
        outbox.put(handler="count_city", about=f"{edition.pk}:{city}", at=at)
    trail.record(kind="rebuild_begun", actor=by, subject_type="edition",
                 subject_id=str(edition.pk), at=at, facts={"shops": shops})  # fmt: skip
    return job


def ensure_rebuild(*, at: datetime) -> None:
    """Begin one unless one is under way; asked for by a migration that changed the counts."""
    if editions.building() is None:
        begin_rebuild(by=None, at=at)


def count_cities(
    *, edition_id: int, cities: list[str], at: datetime, after_each: Callable[[], None] = nothing
) -> None:
    """Count these cities of an edition; whoever ends the last one asks for the end of all."""
    edition = editions.building()
    if edition is None or edition.pk != edition_id:
        return  # it has ended, or was given up
    with much_memory():
        for part in editions.count_parts(edition=edition, cities=cities, at=at):
            jobs.advance(kind=KIND, about=str(edition_id), steps=part.shops)
            after_each()
    if not edition.parts.filter(done_at=None).exists():
        outbox.put(handler="finish_rebuild", about=edition_id, at=at)


def join_rebuild(*, cities: list[str], at: datetime) -> None:
    """Count these cities of the unfinished rebuild, if there is one."""
    edition = editions.building()
    if edition is not None:
        count_cities(edition_id=edition.pk, cities=cities, at=at)


@transaction.atomic
def finish_rebuild(*, edition_id: int, at: datetime) -> None:
    """Let readers see the new counts; a second call finds nothing to do."""
    edition = editions.building()
    if edition is None or edition.pk != edition_id:
        return
    past = editions.make_current(
        edition=edition, changed_shops=lambda: shops_refreshed_since(edition), at=at
    )
    if past is None:
        return  # another worker was quicker
    jobs.finish(kind=KIND, about=str(edition_id), at=at)
    outbox.put(handler="drop_edition", about=past.pk, at=at)
    trail.record(kind="counts_rebuilt", actor=None, subject_type="edition",
                 subject_id=str(edition_id), at=at)  # fmt: skip


def shops_refreshed_since(edition: CountEdition) -> set[int]:
    """Shops whose change the count may not have seen.

    Every change puts a message into the outbox in its own transaction. One that was done
    before the count began was seen by it; any other shop is brought in once more.
    """
    messages = OutboxMessage.objects.filter(handler="refresh_shop").filter(
        Q(done_at=None) | Q(done_at__gte=edition.begun_at - editions.CLOCK_MARGIN)
    )
    return {int(about) for about in messages.values_list("about", flat=True).distinct()}


def drop_edition(*, edition_id: int) -> None:
    """Remove counts that were replaced."""
    edition = CountEdition.objects.filter(pk=edition_id).first()
    if edition is not None:
        with much_memory():
            editions.drop_edition(edition=edition)


@transaction.atomic
def give_up_rebuild(*, at: datetime) -> bool:
    """Drop an unfinished edition; False where there is none. The old counts stay."""
    edition = editions.building()
    if edition is None or editions.lock_building(edition) is None:
        return False
    jobs.fail(kind=KIND, about=str(edition.pk), at=at, error="given up")
    editions.drop_edition(edition=edition)
    return True
