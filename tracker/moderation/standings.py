"""Workers side by side, from the entries of the last month and the flags they have."""

from collections import Counter, defaultdict
from datetime import datetime, timedelta

from django.db.models import Count, F

from tracker.moderation.models import Flag
from tracker.moderation.screening.records import COUNTED_STATES, counted_visits, records_of
from tracker.moderation.triage.crowd import Crowd
from tracker.moderation.triage.standings import Standing, standings_of

DAYS = 30


def standings_at(at: datetime, *, days: int = DAYS) -> list[Standing]:
    """Everybody with enough entries in the days before `at`, the oddest first; two queries."""
    period = (at - timedelta(days=days), at)
    records = records_of(counted_visits().filter(received_at__range=period))
    rows = (
        Flag.objects.filter(
            visit__received_at__range=period,
            visit__state__in=COUNTED_STATES,
            revision=F("visit__revision"),
        )
        .values_list("visit__worker", "code")
        .annotate(n=Count("pk"))
    )
    flags: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for worker, code, n in rows:
        flags[worker][code] = n
    return standings_of(Crowd(records), flags)
