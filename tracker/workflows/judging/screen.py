"""Look an entry over before a person does: raise flags, say why it waits, or approve it by rule.

Handler `screen_visit` of the outbox. Right when run twice or late: flags of a revision are
written anew, a decision is made once.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac
from PIL import Image

from tracker.audit import log
from tracker.fieldwork.models import Visit
from tracker.fieldwork.pictures.store import read_kept
from tracker.fieldwork.states import VisitState
from tracker.moderation.kinds import ReviewReason
from tracker.moderation.rates import current_rates
from tracker.moderation.sampling import Rates, random_draw_of, review_reason_of, share_of
from tracker.moderation.screening import actions
from tracker.moderation.screening.gather import facts_of_visits, reviews_of
from tracker.moderation.screening.photos import photos_without_look, unfinished_visits
from tracker.moderation.triage.album import SIDE
from tracker.moderation.triage.judge import findings_of, score_of
from tracker.outbox import actions as outbox

TOGETHER = 500  # entries that share one reading of their surroundings
PHOTO_WAIT = timedelta(minutes=30)  # for photos that were announced
FIRST_PAUSE, LATE_PAUSE = timedelta(seconds=5), timedelta(hours=1)
LAST_LOOK = timedelta(days=3)  # photos that come later are looked at by people only
LEASE_PAUSE = timedelta(minutes=10)


def ask_screening(*, visit: Visit, at: datetime, notify: bool = True) -> None:
    """Put the screening of a new revision down, in the transaction that made it."""
    outbox.put(handler="screen_visit", about=visit.pk, at=at, notify=notify)


def ask_screenings(*, visits: Sequence[Visit], at: datetime) -> None:
    """The same for many new entries at once: one notification for all, they are done together."""
    outbox.put_all(handler="screen_visit", abouts=[visit.pk for visit in visits], at=at)


def screen_visits(*, visit_ids: Sequence[int], at: datetime, rates: Rates | None = None) -> int:
    """Screen those that wait for a decision; returns how many. The others are left as they are."""
    waiting = Visit.objects.filter(pk__in=visit_ids, state=VisitState.SUBMITTED)
    received = dict(waiting.order_by("pk").values_list("pk", "received_at"))
    unfinished = unfinished_visits(list(received))
    ready = []
    for visit_id, received_at in received.items():
        if visit_id in unfinished:
            _look_again(visit_id, received_at, at)
        if visit_id not in unfinished or at >= received_at + PHOTO_WAIT:
            ready.append(visit_id)
    for part in _parts(ready):
        _screen(part, at=at, rates=rates or current_rates())
    return len(ready)


def recompute(*, visit_ids: Sequence[int], at: datetime) -> int:
    """Compute the flags of decided entries anew; why each waited stays as it was."""
    for part in _parts(visit_ids):
        take_looks(visit_ids=part)
        results = _results(part, rates=current_rates(), at=at)
        before = actions.earlier_screenings(part)
        kept = []
        for result in results:
            known = before.get((result.visit, result.revision))
            review_reason = ReviewReason(known.review_reason) if known else None
            kept.append(
                replace(result, review_reason=review_reason, rate=known.rate if known else 0.0)
            )
        with transaction.atomic():
            actions.keep_results(kept, at=at)
    return len(visit_ids)


def _parts(visit_ids: Sequence[int]) -> Iterator[list[int]]:
    for begin in range(0, len(visit_ids), TOGETHER):
        yield list(visit_ids[begin : begin + TOGETHER])


def _look_again(visit_id: int, received_at: datetime, at: datetime) -> None:
    """Come back for photos that are on their way: after seconds, then ever later."""
    age = at - received_at
    if age >= LAST_LOOK:
        return
    pause = max(FIRST_PAUSE if age < PHOTO_WAIT else LATE_PAUSE, age)
    due_at = at + pause
    if age < PHOTO_WAIT:
        due_at = min(due_at, received_at + PHOTO_WAIT)
    outbox.put(handler="screen_visit", about=visit_id, at=at, due_at=due_at, notify=False)


def take_looks(*, visit_ids: Sequence[int]) -> None:
    """Make the looks of photos that have become ready, from our own small files."""
    photos = photos_without_look(visit_ids).values_list("pk", "small_sha256")
    actions.keep_looks({pk: look_of(read_kept(sha256)) for pk, sha256 in photos})


def look_of(data: bytes) -> bytes:
    """A picture in 32 × 32 greys. Only for files that the decoder made."""
    with Image.open(io.BytesIO(data)) as image:
        grey = image.convert("L").resize((SIDE, SIDE), Image.Resampling.BOX)
    return grey.tobytes()


def _screen(visit_ids: list[int], *, at: datetime, rates: Rates) -> None:
    take_looks(visit_ids=visit_ids)
    results = _results(visit_ids, rates=rates, at=at)
    before = actions.earlier_screenings(visit_ids)
    with_reasons = []
    for result in results:
        known = before.get((result.visit, result.revision))
        is_persons = known is not None and known.review_reason != ReviewReason.RULE
        if known is not None and is_persons and result.review_reason == ReviewReason.RULE:
            # What was once given to a person stays with a person.
            result = replace(
                result, review_reason=ReviewReason(known.review_reason), rate=known.rate
            )
        with_reasons.append(result)
    with transaction.atomic():
        kept = actions.keep_results(with_reasons, at=at)
    by_rule = {one.visit: one.revision for one in kept if one.review_reason == ReviewReason.RULE}
    approve_by_rule(revisions=by_rule, at=at)


def _results(visit_ids: list[int], *, rates: Rates, at: datetime) -> list[actions.Result]:
    """Flags and review reason of each, from one reading of the database."""
    visits = Visit.objects.in_bulk(visit_ids)
    facts = facts_of_visits(visit_ids)
    reviews = reviews_of({visit.worker_id for visit in visits.values()}, at=at)
    key = _sampling_key()
    results = []
    for visit_id, known in facts.items():
        visit = visits[visit_id]
        found = findings_of(known, first_entries=rates.first_entries)
        reviewed, sent_back = reviews.get(visit.worker_id, (0, 0))
        share = share_of(rates, reviewed=reviewed, sent_back=sent_back)
        review_reason = review_reason_of(
            rates,
            number=known.number,
            score=score_of(found),
            revision=visit.revision,
            random_draw=random_draw_of(visit.uuid, visit.revision, key=key),
            share=share,
        )
        results.append(actions.Result(visit_id, visit.revision, found, review_reason, share))
    return results


def _sampling_key() -> bytes:
    return salted_hmac("tracker.moderation.sampling", "lots", algorithm="sha256").digest()


@transaction.atomic
def approve_by_rule(*, revisions: Mapping[int, int], at: datetime) -> int:
    """Approve what was not drawn for review; returns how many.

    `revisions`: visit → the revision that was screened. Left out is where a person, a photo or
    another revision came in between.
    """
    parked = Visit.objects.select_for_update().filter(pk__in=revisions).order_by("pk").in_bulk()
    unfinished = unfinished_visits(list(revisions))
    waiting = [
        parked[visit_id]
        for visit_id, revision in revisions.items()
        if parked[visit_id].state == VisitState.SUBMITTED
        and parked[visit_id].revision == revision
        and visit_id not in unfinished
    ]
    approved = actions.approve_unseen(visits=waiting, at=at)
    for visit_id in {visit.pk for visit in waiting} - {visit.pk for visit in approved}:
        later = at + LEASE_PAUSE
        outbox.put(handler="screen_visit", about=visit_id, at=at, due_at=later, notify=False)
    outbox.put_all(handler="refresh_shop", abouts=[visit.shop_id for visit in approved], at=at)
    log.record_all(
        events=[
            log.Event(
                "visit_approved",
                "visit",
                str(visit.uuid),
                {"revision": visit.revision, "how": "rule"},
            )
            for visit in approved
        ],
        actor=None,
        at=at,
    )
    return len(approved)
