"""A recount by another road: the definition asked month by month, without spans or sums.

`timeline` walks visits and emits runs of months; this module asks, for one shop and one
month at a time, what its status is. The two share no code, so that one can judge the other.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.adoption.models import AdoptionCount, ShopSpan
from tracker.fieldwork.models import Visit
from tracker.months import month_of
from tracker.places.models import Shop
from tracker.vocabulary import ALL_SEGMENTS, Answer, AreaLevel, Measure, Outcome, Trait, VisitState

Key = tuple[str, int, str, str]  # level, area, segment, measure
Numbers = tuple[int, int]  # observed, yes
ENDINGS = (Outcome.CLOSED_FOR_GOOD, Outcome.REPLACED)


@dataclass(frozen=True)
class Difference:
    """One place where what is stored is not what the visits say."""

    where: str
    stored: str
    recounted: str

    def __str__(self) -> str:
        return f"{self.where}: stored {self.stored}, recounted {self.recounted}"


def status_in(visits: list[Visit], trait: Trait, month: int) -> str | None:
    """'yes', 'no' or None at the end of `month`, read off the definition."""
    seen = [visit for visit in visits if month_of(visit.observed_at) <= month]
    endings = [at for at, visit in enumerate(seen) if visit.outcome in ENDINGS]
    after = seen[endings[-1] + 1 :] if endings else seen
    known = [
        visit
        for visit in after
        if visit.outcome == Outcome.ANSWERED
        and getattr(visit, trait.value) in (Answer.YES, Answer.NO)
    ]
    if not known or month - month_of(known[-1].observed_at) > 12:
        return None
    return str(getattr(known[-1], trait.value))


def statuses_in(visits: list[Visit], month: int) -> dict[str, bool]:
    """Measure → yes?, for the measures that are observed in `month`."""
    status = {trait: status_in(visits, trait, month) for trait in Trait}
    found = {str(trait): value == "yes" for trait, value in status.items() if value is not None}
    wallets = [status[Trait.ALIPAY], status[Trait.WECHAT_PAY]]
    if "yes" in wallets or None not in wallets:
        found[str(Measure.EITHER_WALLET)] = "yes" in wallets
    return found


def keys_of(shop: Shop) -> list[tuple[str, int, str]]:
    """Level, area and segment of every number the shop counts in."""
    areas = [
        (AreaLevel.CITY, int(shop.city_id)),
        (AreaLevel.GRID1000, shop.grid125 // 1000),
        (AreaLevel.GRID500, shop.grid125 // 100),
        (AreaLevel.GRID250, shop.grid125 // 10),
    ]
    if shop.ward_id is not None:
        areas.append((AreaLevel.WARD, int(shop.ward_id)))
    segments = (ALL_SEGMENTS, shop.segment)
    return [(str(level), area, segment) for level, area in areas for segment in segments]


def _histories() -> Iterator[tuple[Shop, list[Visit]]]:
    by_shop: defaultdict[int, list[Visit]] = defaultdict(list)
    visits = Visit.objects.filter(state=VisitState.APPROVED)
    for visit in visits.order_by("observed_at", "received_at", "id").iterator():
        by_shop[visit.shop_id].append(visit)
    for shop in Shop.objects.order_by("pk").iterator():
        yield shop, by_shop.get(shop.pk, [])


def differences_of_counts() -> list[Difference]:
    """Every number of every month, and every span, that a recount does not confirm."""
    recounted: defaultdict[Key, defaultdict[int, list[int]]] = defaultdict(
        lambda: defaultdict(lambda: [0, 0])
    )
    found: list[Difference] = []
    stored_spans = _stored_spans()
    for shop, visits in _histories():
        statuses = _statuses_by_month(visits)
        found += _span_differences(shop, statuses, stored_spans.pop(shop.pk, {}))
        for level, area, segment in keys_of(shop):
            for (measure, month), is_yes in statuses.items():
                numbers = recounted[(level, area, segment, measure)][month]
                numbers[0] += 1
                numbers[1] += is_yes
    return found + _cell_differences(recounted, _stored_changes())


def _statuses_by_month(visits: list[Visit]) -> dict[tuple[str, int], bool]:
    if not visits:
        return {}
    first, last = month_of(visits[0].observed_at), month_of(visits[-1].observed_at) + 13
    return {
        (measure, month): is_yes
        for month in range(first, last + 1)
        for measure, is_yes in statuses_in(visits, month).items()
    }


def _stored_spans() -> dict[int, dict[tuple[str, int], str]]:
    """Shop → (measure, month) → status and place, as the spans say; a double one is spelt out."""
    stored: defaultdict[int, dict[tuple[str, int], str]] = defaultdict(dict)
    for span in ShopSpan.objects.order_by("pk").iterator():
        for month in range(span.first_month, span.last_month + 1):
            text = _span_text(
                span.is_yes, span.segment, span.city_code, span.ward_code, span.grid250
            )
            slot = stored[span.shop_id]
            slot[(span.measure, month)] = slot.get((span.measure, month), "") + text
    return stored


def _span_text(is_yes: bool, segment: str, city: str, ward: str, grid250: int) -> str:
    return f"{'yes' if is_yes else 'no'} in {segment} {city} {ward} {grid250}"


def _span_differences(
    shop: Shop, statuses: dict[tuple[str, int], bool], stored: dict[tuple[str, int], str]
) -> list[Difference]:
    place = (shop.segment, shop.city_id, shop.ward_id or "", shop.grid125 // 10)
    right = {key: _span_text(is_yes, *place) for key, is_yes in statuses.items()}
    return [
        Difference(
            f"span of shop {shop.pk} {measure} month {month}",
            stored.get((measure, month), "none"),
            right.get((measure, month), "none"),
        )
        for measure, month in sorted(right.keys() | stored.keys())
        if right.get((measure, month)) != stored.get((measure, month))
    ]


def _stored_changes() -> dict[Key, dict[int, Numbers]]:
    stored: defaultdict[Key, dict[int, Numbers]] = defaultdict(dict)
    for row in AdoptionCount.objects.iterator():
        key = (row.level, row.area, row.segment, row.measure)
        stored[key][row.month] = (row.observed_change, row.yes_change)
    return stored


def _cell_differences(
    recounted: defaultdict[Key, defaultdict[int, list[int]]], stored: dict[Key, dict[int, Numbers]]
) -> list[Difference]:
    found = []
    for key in sorted(recounted.keys() | stored.keys()):
        months: dict[int, list[int]] = dict(recounted.get(key, {}))
        changes = stored.get(key, {})
        edges = set(months) | {month + 1 for month in months} | set(changes)
        observed = yes = 0
        for month in sorted(edges):
            change = changes.get(month, (0, 0))
            observed, yes = observed + change[0], yes + change[1]
            right = tuple(months.get(month, (0, 0)))
            if (observed, yes) != right:
                where = f"count of {' '.join(map(str, key))} month {month}"
                found.append(Difference(where, f"{yes}/{observed}", f"{right[1]}/{right[0]}"))
    return found
