"""Reads approved visits as the timeline wants them, and spans as the database keeps them."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from tracker.adoption.models import ShopSpan
from tracker.adoption.timeline import VisitFacts, spans_of
from tracker.fieldwork.models import Visit
from tracker.months import month_of
from tracker.places.models import Shop
from tracker.vocabulary import ENDING_OUTCOMES, Answer, Outcome, Trait, VisitState

KNOWN = {Answer.YES.value: True, Answer.NO.value: False}


def facts_of(visit: Visit) -> VisitFacts:
    """What of a visit counts; only an answered one has answers."""
    answers = {
        trait.value: KNOWN[answer]
        for trait in Trait
        if (answer := getattr(visit, trait.value)) in KNOWN and visit.outcome == Outcome.ANSWERED
    }
    return VisitFacts(month_of(visit.observed_at), answers, visit.outcome in ENDING_OUTCOMES)


def spans_of_shop(shop: Shop, visits: Iterable[Visit]) -> list[ShopSpan]:
    """The spans a shop should have, with the place where they count; not saved."""
    spans = spans_of([facts_of(visit) for visit in visits], [trait.value for trait in Trait])
    return [
        ShopSpan(
            shop_id=shop.pk,
            measure=measure,
            first_month=span.first,
            last_month=span.last,
            is_yes=span.is_yes,
            segment=shop.segment,
            city_code=shop.city_id,
            ward_code=shop.ward_id or "",
            grid250=shop.grid125 // 10,
        )
        for measure, runs in spans.items()
        for span in runs
    ]


def approved_visits(shop_id: int) -> list[Visit]:
    """The approved visits of one shop, in their order."""
    return list(
        Visit.objects.filter(shop_id=shop_id, state=VisitState.APPROVED).order_by(
            "observed_at", "received_at", "id"
        )
    )


def all_approved_visits() -> Iterator[tuple[int, list[Visit]]]:
    """Shop id → its approved visits in order, over all shops, streamed."""
    visits = (
        Visit.objects.filter(state=VisitState.APPROVED)
        .order_by("shop_id", "observed_at", "received_at", "id")
        .only("shop_id", "outcome", "observed_at", *(trait.value for trait in Trait))
    )
    for shop_id, group in groupby(visits.iterator(chunk_size=5000), lambda visit: visit.shop_id):
        yield shop_id, list(group)
