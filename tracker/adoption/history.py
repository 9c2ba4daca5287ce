"""Reads the approved visits of shops as the timeline wants them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.db.models import F, Q

from tracker.adoption.timeline import VisitFacts
from tracker.fieldwork.models import Visit
from tracker.fieldwork.states import VisitState
from tracker.months import month_of
from tracker.places.models import Shop
from tracker.rules.rulebook import NO_RULES, Rulebook
from tracker.survey.answers import Answer
from tracker.survey.outcomes import ENDING_OUTCOMES, Outcome
from tracker.survey.specs import TRAITS

KNOWN = {Answer.YES.value: True, Answer.NO.value: False}
IN_ORDER = ("observed_at", "received_at", "id")


def facts_of(visit: Visit, rules: Rulebook) -> VisitFacts:
    """What of a visit counts; only an answered one has answers and routes."""
    answers = [getattr(visit, trait) for trait in TRAITS]
    return facts_from(visit.outcome, visit.observed_at, answers, visit.routes, rules)


def facts_from(
    outcome: str,
    observed_at: datetime,
    answers: Iterable[str],
    routes: int | None = None,
    rules: Rulebook = NO_RULES,
) -> VisitFacts:
    """The same out of columns: `answers` are those of the traits, in their order.

    Without rules nothing is known by rule.
    """
    known = {
        trait: KNOWN[answer]
        for trait, answer in zip(TRAITS, answers, strict=True)
        if answer in KNOWN and outcome == Outcome.ANSWERED
    }
    known |= rules.says(routes, observed_at)
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


def shops_with_routes(*, bits: int, begins: datetime | None, ends: datetime | None) -> list[int]:
    """Shops with an approved visit that saw one of these routes, or was asked where `bits` is 0.

    Visits from `begins` to before `ends`; None: without an end on that side.
    """
    visits = Visit.objects.filter(state=VisitState.APPROVED, routes__isnull=False)
    if bits:
        visits = visits.annotate(seen=F("routes").bitand(bits)).filter(seen__gt=0)
    if begins:
        visits = visits.filter(observed_at__gte=begins)
    if ends:
        visits = visits.filter(observed_at__lt=ends)
    return list(visits.order_by("shop").values_list("shop", flat=True).distinct())
