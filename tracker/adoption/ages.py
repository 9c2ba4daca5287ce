"""How old the statuses of a ward are: read from the visits, which spans no longer tell apart."""

from collections import defaultdict

from django.db.models import Q
from django.db.models.functions import Coalesce

from tracker.adoption.freshness import age_of, known_from
from tracker.adoption.history import IN_ORDER, facts_from
from tracker.adoption.timeline import LIVE_MONTHS, VisitFacts
from tracker.fieldwork.models import Visit
from tracker.fieldwork.states import VisitState
from tracker.months import month_start
from tracker.places.kinds import ALL_SEGMENTS
from tracker.rules.queries import rulebook
from tracker.rules.rulebook import NO_RULES
from tracker.survey.measures import Measure
from tracker.survey.specs import TRAITS


def ages_in_ward(
    *, ward: str, measure: Measure, month: int, segment: str = ALL_SEGMENTS
) -> list[int]:
    """The age in months of every live status, youngest first."""
    histories: defaultdict[int, list[VisitFacts]] = defaultdict(list)
    visits = Visit.objects.filter(
        _belongs_to(ward, segment),
        state=VisitState.APPROVED,
        observed_at__gte=month_start(month - LIVE_MONTHS),
        observed_at__lt=month_start(month + 1),
    ).annotate(survivor=Coalesce("shop__merged_into", "shop"))
    rules = rulebook() if measure.is_by_rule else NO_RULES
    columns = ("survivor", "outcome", "observed_at", "routes", *TRAITS)
    for shop, outcome, at, routes, *answers in visits.order_by(*IN_ORDER).values_list(*columns):
        histories[shop].append(facts_from(outcome, at, answers, routes, rules))
    found = (known_from(facts, measure.value, month) for facts in histories.values())
    return sorted(age_of(known.month, month) for known in found if known is not None)


def _belongs_to(ward: str, segment: str) -> Q:
    """Visits of the shops of a ward, and of those that were merged into them."""
    own = Q(shop__ward=ward, shop__merged_into=None)
    merged = Q(shop__merged_into__ward=ward)
    if segment != ALL_SEGMENTS:
        own &= Q(shop__segment=segment)
        merged &= Q(shop__merged_into__segment=segment)
    return own | merged
