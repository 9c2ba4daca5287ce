"""Work through the outbox: claim, do, finish. Every handler may run twice."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.utils import timezone

from tracker.outbox import actions as outbox
from tracker.outbox.models import OutboxMessage
from tracker.outbox.queries import due_messages
from tracker.workflows.counting import rebuild
from tracker.workflows.counting.counts import refresh_shops
from tracker.workflows.counting.rules import recount_routes
from tracker.workflows.entries.arrivals import place_parked
from tracker.workflows.entries.photos import prepare_photo
from tracker.workflows.judging.screen import screen_visits
from tracker.workflows.publishing import release_making
from tracker.workflows.publishing.extract_making import make_workbook
from tracker.workflows.publishing.maps import draw_map

Handler = Callable[[list[str], datetime], None]
SWEEP_BUDGET = timedelta(seconds=30)  # a sweep ends after this, the next beat goes on
TOGETHER = 500  # messages of one handler that are done in one pass

logger = logging.getLogger(__name__)


def one_by_one(handle: Callable[[str, datetime], object]) -> Handler:
    """A handler that is given its messages singly."""

    def each(abouts: list[str], at: datetime) -> None:
        for about in abouts:
            handle(about, at)

    return each


def _count_city(about: str, at: datetime) -> None:
    snapshot, city = about.split(":")
    rebuild.count_cities(snapshot_id=int(snapshot), cities=[city], at=at)


def _check_release(about: str, at: datetime) -> None:
    release, by = about.split(":")
    release_making.check_asked(release_id=int(release), by_id=int(by), at=at)


def _refresh(abouts: list[str], at: datetime) -> None:
    refresh_shops(shop_ids=[int(about) for about in abouts], at=at)


def _screen(abouts: list[str], at: datetime) -> None:
    screen_visits(visit_ids=[int(about) for about in abouts], at=at)


HANDLERS: dict[str, Handler] = {
    "refresh_shop": _refresh,
    "prepare_photo": one_by_one(lambda about, at: prepare_photo(photo_id=int(about), at=at)),
    "place_held": one_by_one(lambda about, at: place_parked(waits_for=about)),
    "screen_visit": _screen,
    "recount_routes": one_by_one(lambda about, at: recount_routes(about=about, at=at)),
    "begin_rebuild": one_by_one(lambda about, at: rebuild.ensure_rebuild(at=at)),
    "count_city": one_by_one(_count_city),
    "finish_rebuild": one_by_one(
        lambda about, at: rebuild.finish_rebuild(snapshot_id=int(about), at=at)
    ),
    "make_release": one_by_one(
        lambda about, at: release_making.make_release(release_id=int(about), at=at)
    ),
    "check_release": one_by_one(_check_release),
    "make_extract": one_by_one(lambda about, at: make_workbook(uuid=about, at=at)),
    "draw_map": one_by_one(lambda about, at: draw_map(digest=about, at=at)),
    "drop_snapshot": one_by_one(lambda about, at: rebuild.drop_snapshot(snapshot_id=int(about))),
}
IN_ONE_PASS = frozenset({"refresh_shop", "screen_visit"})  # a burst of these is one pass


def work(*, message_id: int, at: datetime) -> int:
    """Do a message nobody else has, and those alike that wait; how many were done."""
    if not outbox.claim(message_id=message_id, at=at):
        return 0
    message = OutboxMessage.objects.get(pk=message_id)
    batch = [message]
    if message.handler in IN_ONE_PASS:
        batch += outbox.claim_alike(message=message, most=TOGETHER - 1, at=at)
    return _do(message.handler, batch, at)


def _do(handler: str, batch: list[OutboxMessage], at: datetime) -> int:
    try:
        HANDLERS[handler]([message.about for message in batch], at)
    except Exception as error:  # one bad row must not stop the others
        if len(batch) > 1:
            return sum(_do(handler, [message], at) for message in batch)
        logger.exception("outbox %s failed", batch[0])
        outbox.fail(message_id=batch[0].pk, at=at, error=f"{type(error).__name__}: {error}")
        return 0
    outbox.finish_all(message_ids=[message.pk for message in batch], at=at)
    return len(batch)


def sweep(*, at: datetime) -> int:
    """Do what is due and that no worker was notified of; returns how many messages were done."""
    done = 0
    until = timezone.now() + SWEEP_BUDGET
    due = due_messages(at=at, claim_seconds=outbox.CLAIM_SECONDS).order_by("due_at", "pk")
    for message_id in list(due.values_list("pk", flat=True)[:2000]):
        done += work(message_id=message_id, at=timezone.now())
        if timezone.now() > until:
            break
    return done
