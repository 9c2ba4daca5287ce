"""Everything the rules may know of some entries, in a number of queries that does not grow."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Count, OuterRef, Q, Subquery

from tracker.fieldwork.states import VisitState
from tracker.moderation.kinds import How
from tracker.moderation.models import Decision
from tracker.moderation.screening.photos import matches_of, unfinished_visits
from tracker.moderation.screening.records import counted_visits, records_of
from tracker.moderation.screening.shops import (
    chain_records,
    drawn_entries,
    duplicates_of,
    new_shops,
)
from tracker.moderation.triage.crowd import Crowd
from tracker.moderation.triage.facts import Facts, Record
from tracker.moderation.triage.known import KnownAnswers, Outside
from tracker.places.models import Shop

CROWD_DAYS = 30
MOST_PEERS = 20_000  # the newest entries of the same wards
SHOP_DAYS = 400  # a change back and forth within a year needs no more
RETURN_DAYS = 90


@dataclass(frozen=True)
class Period:
    """From the first to the last receipt of the entries in question."""

    begin: datetime
    end: datetime

    def before(self, days: int) -> tuple[datetime, datetime]:
        return self.begin - timedelta(days=days), self.end


def facts_of_visits(visit_ids: Sequence[int]) -> dict[int, Facts]:
    """Visit → its facts, in order of receipt; withdrawn visits are left out."""
    entries = records_of(counted_visits().filter(pk__in=visit_ids))
    entries.sort(key=lambda record: record.moment)
    if not entries:
        return {}
    period = Period(_moment(entries[0].received), _moment(entries[-1].received))
    around = _crowd(entries, period)
    history = _shop_histories(entries, period)
    known = KnownAnswers(
        {one.key: one for one in [*around, *history, *entries]}.values(), Crowd(around)
    )
    known.outside = _outside(entries, period)
    return {entry.key: known.facts_of(entry) for entry in entries}


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _crowd(entries: list[Record], period: Period) -> list[Record]:
    """Entries of the same workers, and of others in the wards where they were; two queries."""
    workers = {entry.worker for entry in entries}
    late = counted_visits().filter(received_at__range=period.before(CROWD_DAYS))
    own = records_of(late.filter(worker__in=workers))
    wards = {record.place.ward for record in own}
    others = late.exclude(worker__in=workers).filter(
        Q(shop__ward__in=wards) | Q(shop__ward=None, shop__city__in=wards)
    )
    return own + records_of(others.order_by("-received_at", "-pk")[:MOST_PEERS])


def _shop_histories(entries: list[Record], period: Period) -> list[Record]:
    """Everything that was recorded of the same shops within a year."""
    shops = {entry.place.shop for entry in entries}
    # Named one by one: a condition on both tables would read every visit of the year.
    merged = Shop.objects.filter(merged_into__in=shops).values_list("pk", flat=True)
    of_shops = counted_visits().filter(shop__in=shops.union(merged))
    return records_of(of_shops.filter(received_at__range=period.before(SHOP_DAYS)))


def _outside(entries: list[Record], period: Period) -> Outside:
    ids = [entry.key for entry in entries]
    fresh = new_shops({entry.place.shop for entry in entries}, at=period.begin)
    brands = {entry.place.brand for entry in entries} - {""}
    return Outside(
        numbers=entry_numbers(ids),
        matches=matches_of(ids),
        overdue=frozenset(unfinished_visits(ids)),
        drawn=drawn_entries(entries),
        duplicates=duplicates_of(fresh),
        new_shops=frozenset(shop.pk for shop in fresh),
        chains=chain_records(brands, until=period.end) if brands else {},
    )


def entry_numbers(visit_ids: Sequence[int]) -> dict[int, int]:
    """Visit → which entry of its worker it is, by receipt, from 1."""
    later = Q(received_at=OuterRef("received_at"), pk__gt=OuterRef("pk"))
    up_to = (
        counted_visits()
        .filter(~later, worker=OuterRef("worker"), received_at__lte=OuterRef("received_at"))
        .order_by()
    )
    number = Subquery(up_to.values("worker").annotate(n=Count("pk")).values("n"))
    return dict(counted_visits().filter(pk__in=visit_ids).annotate(n=number).values_list("pk", "n"))


def reviews_of(workers: set[int], *, at: datetime) -> dict[int, tuple[int, int]]:
    """Worker → entries that people judged of late, and how many of them were not believed."""
    bad = Q(to_state__in=[VisitState.RETURNED, VisitState.REJECTED])
    rows = (
        Decision.objects.filter(
            visit__worker__in=workers, at__range=(at - timedelta(days=RETURN_DAYS), at)
        )
        .filter(bad | Q(to_state=VisitState.APPROVED))
        .exclude(how=How.RULE)
        .values_list("visit__worker")
        .annotate(reviewed=Count("pk"), sent_back=Count("pk", filter=bad))
    )
    return {worker: (reviewed, sent_back) for worker, reviewed, sent_back in rows}
