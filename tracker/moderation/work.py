"""What is known of somebody's own work: their entries with what became of them."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from tracker.accounts.models import User
from tracker.fieldwork.draw import key_of, period_of
from tracker.fieldwork.due import PHOTO_DAYS, is_drawn, is_photo_asked
from tracker.fieldwork.models import Photo, Visit
from tracker.fieldwork.quality import DAYS, EntryFacts
from tracker.fieldwork.quality_words import PHOTO_GRACE_DAYS
from tracker.fieldwork.rounds import NOT_A_VISIT
from tracker.fieldwork.states import PhotoState, VisitState
from tracker.moderation.queries import visible_to_worker
from tracker.moderation.transitions import JUDGEMENTS, end_of
from tracker.months import TOKYO, day_of, day_start
from tracker.places.queries import metres_between
from tracker.survey.answers import Answer, Notice
from tracker.survey.outcomes import Outcome

JUDGED = [end_of(move) for move in JUDGEMENTS]
Shots = dict[int, list[tuple[datetime, int]]]  # shop → photographed visits: when, and the visit


def first_moment(at: datetime) -> datetime:
    """The first moment of the thirty Tokyo days of which figures are told."""
    return day_start(day_of(at) - timedelta(days=DAYS - 1))


def work_of(worker: User, *, at: datetime) -> list[EntryFacts]:
    """The facts of the entries of the last thirty Tokyo days. Two statements."""
    first = first_moment(at)
    visits = list(_entries(worker, at).filter(observed_at__gte=first))
    shots = _shots([visit.shop_id for visit in visits], first - timedelta(days=PHOTO_DAYS + 1))
    return [_facts(visit, shots.get(visit.shop_id, []), at) for visit in visits]


def _entries(worker: User, at: datetime) -> QuerySet[Visit]:
    moves = visible_to_worker(at).filter(visit=OuterRef("pk"))
    return (
        Visit.objects.filter(worker=worker)
        .exclude(state=VisitState.WITHDRAWN)
        .select_related("shop")
        .annotate(
            is_judged=Exists(moves.filter(to_state__in=JUDGED)),
            is_returned=Exists(moves.filter(to_state=VisitState.RETURNED)),
            photos_here=Count("photos", filter=~Q(photos__state=PhotoState.REFUSED)),
        )
    )


def _shots(shops: Iterable[int], since: datetime) -> Shots:
    photos = (
        Photo.objects.filter(visit__shop__in=set(shops), visit__observed_at__gte=since)
        .exclude(state=PhotoState.REFUSED)
        .exclude(visit__state__in=NOT_A_VISIT)
    )
    found: defaultdict[int, list[tuple[datetime, int]]] = defaultdict(list)
    rows = photos.values_list("visit__shop", "visit__observed_at", "visit")
    for shop, moment, visit in rows.order_by("visit__observed_at", "visit"):
        found[shop].append((moment, visit))
    return dict(found)


def _facts(visit: Visit, shots: list[tuple[datetime, int]], at: datetime) -> EntryFacts:
    is_judged: bool = visit.is_judged  # type: ignore[attr-defined]  # annotated
    is_returned: bool = visit.is_returned  # type: ignore[attr-defined]
    return EntryFacts(
        on=day_of(visit.observed_at),
        hour=visit.observed_at.astimezone(TOKYO).hour,
        filled_ms=visit.filled_ms,
        was_returned=is_returned if is_judged else None,
        unsure=_unsure(visit),
        lacks_photo=_lacks_photo(visit, at) if _was_photo_asked(visit, shots) else None,
        metres_off=_metres_off(visit),
        was_changed=visit.notice == Notice.CHANGED if visit.notice else None,
    )


def _unsure(visit: Visit) -> dict[str, bool]:
    if visit.outcome != Outcome.ANSWERED:
        return {}
    return {
        trait: answer == Answer.UNSURE
        for trait, answer in visit.answers.items()
        if answer != Answer.NOT_CHECKED
    }


def _was_photo_asked(visit: Visit, shots: list[tuple[datetime, int]]) -> bool:
    """Whether the rule asked for a photo when the entry was made.

    What the phone showed is not sent; the rule is applied again to what is known today of that
    moment. The form of the web never asks, and a shop that gave no answers has no sign.
    """
    if visit.device_time is None or visit.outcome != Outcome.ANSWERED:
        return False
    before = shots[: bisect_left(shots, (visit.observed_at, visit.pk))]
    last: date | None = day_of(before[-1][0]) if before else None
    drawn = is_drawn(visit.shop.uuid, key=key_of(period_of(visit.observed_at)))
    return is_photo_asked(last, is_drawn=drawn, today=day_of(visit.observed_at))


def _lacks_photo(visit: Visit, at: datetime) -> bool | None:
    """None while a declared photo may still be on its way."""
    here: int = visit.photos_here  # type: ignore[attr-defined]  # annotated
    if here or not visit.photos_declared:
        return here == 0
    is_late = at - visit.received_at > timedelta(days=PHOTO_GRACE_DAYS)
    return True if is_late else None


def _metres_off(visit: Visit) -> float | None:
    """Distance of the nearer fix to the shop, less its accuracy."""
    shop = visit.shop
    away = [
        (metres_between(fix.lat_e7, fix.lon_e7, shop.lat_e7, shop.lon_e7), fix.accuracy_m or 0)
        for fix in visit.fixes.values()
    ]
    if not away:
        return None
    metres, accuracy = min(away)
    return metres - accuracy
