"""The present status of a few shops, out of their visits: the definition is the timeline's."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime

from tracker.adoption.history import IN_ORDER, facts_from
from tracker.adoption.timeline import LIVE_MONTHS, VisitFacts, single_spans, status_at
from tracker.fieldwork.models import Visit
from tracker.fieldwork.states import VisitState
from tracker.months import month_of, month_start
from tracker.survey.specs import TRAITS


def present_statuses(
    survivors: Mapping[int, int], *, at: datetime, before: datetime | None = None
) -> dict[int, dict[str, bool]]:
    """Shop → trait → whether yes; what has no live status is left out. One statement.

    With `before` as if nothing had been observed then or later.

    `survivors`: shop → the shop it counts as. Visits that would have expired are not read:
    a status that lives rests on a later one, and whatever ended an earlier one ended nothing else.
    """
    month = month_of(at)
    visits = Visit.objects.filter(
        shop__in=list(survivors),
        state=VisitState.APPROVED,
        observed_at__gte=month_start(month - LIVE_MONTHS),
    )
    if before:
        visits = visits.filter(observed_at__lt=before)
    histories: defaultdict[int, list[VisitFacts]] = defaultdict(list)
    columns = ("shop", "outcome", "observed_at", *TRAITS)
    for shop, outcome, observed_at, *answers in visits.order_by(*IN_ORDER).values_list(*columns):
        histories[survivors[shop]].append(facts_from(outcome, observed_at, answers))
    return {shop: _statuses(facts, month) for shop, facts in histories.items()}


def _statuses(facts: list[VisitFacts], month: int) -> dict[str, bool]:
    found = {trait: status_at(single_spans(facts, trait), month) for trait in TRAITS}
    return {trait: is_yes for trait, is_yes in found.items() if is_yes is not None}
