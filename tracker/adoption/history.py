"""Reads the approved visits of shops as the timeline wants them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from tracker.adoption.timeline import VisitFacts
from tracker.fieldwork.models import Visit
from tracker.fieldwork.states import VisitState
from tracker.months import month_of
from tracker.places.models import Shop
from tracker.survey.answers import Answer
from tracker.survey.outcomes import ENDING_OUTCOMES, Outcome
from tracker.survey.specs import TRAITS

KNOWN = {Answer.YES.value: True, Answer.NO.value: False}
IN_ORDER = ("observed_at", "received_at", "id")


def facts_of(visit: Visit) -> VisitFacts:
    """What of a visit counts; only an answered one has answers."""
    answers = [getattr(visit, trait) for trait in TRAITS]
    return facts_from(visit.outcome, visit.observed_at, answers)


def facts_from(outcome: str, observed_at: datetime, answers: Iterable[str]) -> VisitFacts:
    """The same out of columns: `answers` are those of the traits, in their order."""
    known = {
        trait: KNOWN[answer]
        for trait, answer in zip(TRAITS, answers, strict=True)
        if answer in KNOWN and outcome == Outcome.ANSWERED
    }
    return VisitFacts(month_of(observed_at), known, outcome in ENDING_OUTCOMES)


def survivors_of(shop_ids: Iterable[int]) -> dict[int, int]:
    """Shop → the shop it counts as: itself, or the one it was merged into.

    Raises Shop.DoesNotExist.
    """
    wanted = set(shop_ids)
    shops = Shop.objects.filter(pk__in=wanted).values_list("pk", "merged_into_id")
    survivors = {pk: merged_into or pk for pk, merged_into in shops}
    if len(survivors) < len(wanted):
        raise Shop.DoesNotExist(f"there is no shop {min(wanted - survivors.keys())}")
    return survivors


def approved_visits_of(shop_ids: Iterable[int]) -> dict[int, list[Visit]]:
    """Shop → its approved visits in order, those of shops merged into it among them."""
    wanted = set(shop_ids)
    visits: defaultdict[int, list[Visit]] = defaultdict(list)
    merged = dict(Shop.objects.filter(merged_into__in=wanted).values_list("pk", "merged_into_id"))
    rows = Visit.objects.filter(
        Q(shop__in=wanted) | Q(shop__in=list(merged)), state=VisitState.APPROVED
    )
    for visit in rows.order_by(*IN_ORDER):
        visits[merged.get(visit.shop_id, visit.shop_id)].append(visit)
    return visits
