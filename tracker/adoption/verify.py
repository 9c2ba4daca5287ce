"""A recount by another road: the definition asked month by month, without spans or sums.

`timeline` walks visits and emits runs of months, for one shop or a million; this module asks,
for one shop and one month at a time, what its status is, and adds up shops one by one. They
share no code, so that one can judge the other.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from django.db.models.functions import Coalesce

from tracker.adoption.stored import (
    OBSERVED,
    YES,
    Key,
    Mismatch,
    Moment,
    StoredShop,
    stored_cells,
    stored_shops,
    stray_rows,
)
from tracker.fieldwork.models import Visit
from tracker.fieldwork.states import VisitState
from tracker.months import day_of, month_of
from tracker.places.kinds import ALL_SEGMENTS, AreaLevel
from tracker.places.models import Shop
from tracker.rules.queries import KnownRule, known_rules
from tracker.survey.answers import Answer
from tracker.survey.outcomes import Outcome
from tracker.survey.shapes import Join
from tracker.survey.specs import RULES, SINGLES, TRAITS, UNIONS

ANSWERED = Outcome.ANSWERED.value
ENDINGS = (Outcome.CLOSED_FOR_GOOD, Outcome.REPLACED)
# Asked a million times: a choice costs more to compare than its value.
ENDED = frozenset(outcome.value for outcome in ENDINGS)
TOLD = frozenset({Answer.YES.value, Answer.NO.value})
LIVE = 12  # months after that of the visit
Said = tuple[int, str | None]  # month, and yes, no or None where the shop ended
Statuses = dict[Moment, bool]
Recount = defaultdict[tuple[Key, tuple[str, str]], Counter[int]]


def said_of(visits: Iterable[Visit], trait: str) -> list[Said]:
    """What visits say of a trait, newest first; those that say nothing are left out."""
    said: list[Said] = []
    for visit in visits:
        answer = str(getattr(visit, trait))
        if visit.outcome in ENDED:
            said.append((month_of(visit.observed_at), None))
        elif visit.outcome == ANSWERED and answer in TOLD:
            said.append((month_of(visit.observed_at), answer))
    return said[::-1]


def said_by_rule(visits: Iterable[Visit], trait: str, rules: Iterable[KnownRule]) -> list[Said]:
    """The same by the rules of a trait, day by day; nothing where there is none."""
    own = [one for one in rules if one.rule.trait == trait and not one.is_announced]
    said: list[Said] = []
    for visit in visits:
        month = month_of(visit.observed_at)
        if visit.outcome in ENDED:
            said.append((month, None))
        elif own and visit.outcome == ANSWERED and visit.routes is not None:
            day, seen = day_of(visit.observed_at), set(visit.seen_routes)
            is_given = any(one.is_in_force(day) and one.rule.route in seen for one in own)
            said.append((month, "yes" if is_given else "no"))
    return said[::-1]


def status_in(said: list[Said], month: int) -> str | None:
    """'yes', 'no' or None at the end of `month`, read off the definition."""
    newest = next((one for one in said if one[0] <= month), None)
    if newest is None or month - newest[0] > LIVE:
        return None
    return newest[1]


def statuses_of(visits: list[Visit], rules: Sequence[KnownRule] = ()) -> Statuses:
    """(measure, month) → yes?, wherever the shop is observed."""
    said = {trait: said_of(visits, trait) for trait in TRAITS}
    said |= {measure: said_by_rule(visits, trait, rules) for trait, measure in RULES.items()}
    months = [month for one in said.values() for month, _answer in one]
    found: Statuses = {}
    for month in range(min(months, default=0), max(months, default=-LIVE) + LIVE + 1):
        status = {name: status_in(of_trait, month) for name, of_trait in said.items()}
        for union in UNIONS.values():
            answers = [status[trait] for trait in union.traits]
            if None not in answers:
                some, every = "yes" in answers, "no" not in answers
                found[(union.code, month)] = some if union.join is Join.ANY else every
        for name, answer in status.items():
            if answer is not None:
                found[(name, month)] = answer == "yes"
    return found


def keys_of(shop: Shop) -> list[Key]:
    """Level, segment and area of every row the shop counts in."""
    areas = [
        (AreaLevel.CITY, int(shop.city_id)),
        (AreaLevel.GRID1000, shop.grid125 // 1000),
        (AreaLevel.GRID500, shop.grid125 // 100),
        (AreaLevel.GRID250, shop.grid125 // 10),
    ]
    if shop.ward_id is not None:
        areas.append((AreaLevel.WARD, int(shop.ward_id)))
    segments = (ALL_SEGMENTS, shop.segment)
    return [(level.value, segment, area) for level, area in areas for segment in segments]


def _histories() -> Iterator[tuple[Shop, list[Visit]]]:
    """Every shop that stands for itself, with its approved visits and those merged into it."""
    visits = (
        Visit.objects.filter(state=VisitState.APPROVED)
        .annotate(counts_for=Coalesce("shop__merged_into", "shop"))
        .order_by("counts_for", "observed_at", "received_at", "id")
        .only("outcome", "observed_at", "routes", *TRAITS)
    )
    groups = groupby(visits.iterator(chunk_size=5000), lambda visit: visit.counts_for)
    shops = Shop.objects.only("segment", "city_id", "ward_id", "grid125").in_bulk()
    for shop_id, group in groups:
        yield shops[shop_id], list(group)


def differences_of_counts(*, progress: Callable[[int, int], None]) -> list[Mismatch]:
    """Every number of every month, and every shop, that a recount does not confirm."""
    right: Recount = defaultdict(Counter)
    found = stray_rows()
    shops = stored_shops(found)
    total, rules = len(shops), known_rules()
    for done, (shop, visits) in enumerate(_histories(), start=1):
        statuses = statuses_of(visits, rules)
        found += _shop_differences(shop, statuses, shops.pop(shop.pk, None))
        series = _months_by_number(statuses)
        for key in keys_of(shop):
            for which, months in series.items():
                right[(key, which)].update(months)
        progress(min(done, total), total)
    found += [_left_over(pk, stored) for pk, stored in sorted(shops.items())]
    return found + _cell_differences(right, found)


def _months_by_number(statuses: Statuses) -> dict[tuple[str, str], list[int]]:
    """Measure and which number → the months in which the shop adds one to it."""
    series: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for (measure, month), is_yes in statuses.items():
        series[(measure, OBSERVED)].append(month)
        if is_yes:
            series[(measure, YES)].append(month)
    return series


def _shop_differences(shop: Shop, statuses: Statuses, stored: StoredShop | None) -> list[Mismatch]:
    """What is kept of a shop against what it should be; nothing is kept of one without status."""
    place = (shop.segment, int(shop.city_id), int(shop.ward_id or 0), shop.grid125 // 10)
    right = StoredShop(place, {k: v for k, v in statuses.items() if k[0] in SINGLES})
    if (not right.statuses and stored is None) or stored == right:
        return []
    where = f"counted shop {shop.pk}"
    if stored is None or stored.place != right.place:
        return [Mismatch(where, str(stored and stored.place), str(right.place))]
    wrong = sorted(right.statuses.items() ^ stored.statuses.items())
    return [Mismatch(f"{where} {wrong[0][0]}", str(len(stored.statuses)), str(wrong[:3]))]


def _left_over(pk: int, stored: StoredShop) -> Mismatch:
    return Mismatch(f"counted shop {pk}", str(stored.place), "no approved visit")


def _cell_differences(right: Recount, found: list[Mismatch]) -> list[Mismatch]:
    wrong: list[Mismatch] = []
    for key, stored in stored_cells(found):
        for which, numbers in stored.items():
            recounted: Mapping[int, int] = right.pop((key, which), Counter())
            if numbers != recounted:
                wrong += _differences_in(key, which, numbers, recounted)
    for (key, which), recounted in right.items():
        wrong += _differences_in(key, which, {}, recounted)
    return wrong


def _differences_in(
    key: Key, which: tuple[str, str], stored: Mapping[int, int], recounted: Mapping[int, int]
) -> list[Mismatch]:
    """Month by month."""
    return [
        Mismatch(
            f"count of {' '.join(map(str, (*key, *which, month)))}",
            str(stored.get(month, 0)),
            str(recounted.get(month, 0)),
        )
        for month in sorted(stored.keys() | recounted.keys())
        if stored.get(month, 0) != recounted.get(month, 0)
    ]
