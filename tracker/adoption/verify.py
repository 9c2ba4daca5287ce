"""A recount by another road: the definition asked month by month, without spans or sums.

`timeline` walks visits and emits runs of months, for one shop or a million; this module asks,
for one shop and one month at a time, what its status is, and adds up shops one by one. They
share no code, so that one can judge the other.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from django.db.models.functions import Coalesce

from tracker.adoption.stored import (
    Difference,
    Key,
    Moment,
    StoredShop,
    stored_cells,
    stored_shops,
    stray_rows,
)
from tracker.fieldwork.models import Visit
from tracker.months import month_of
from tracker.places.models import Shop
from tracker.vocabulary import ALL_SEGMENTS, Answer, AreaLevel, Measure, Outcome, Trait, VisitState

ENDINGS = (Outcome.CLOSED_FOR_GOOD, Outcome.REPLACED)
LIVE = 12  # months after that of the visit
Said = tuple[int, str | None]  # month, and yes, no or None where the shop ended
Statuses = dict[Moment, bool]


def said_of(visits: Iterable[Visit], trait: Trait) -> list[Said]:
    """What visits say of a trait, newest first; those that say nothing are left out."""
    said: list[Said] = []
    for visit in visits:
        answer = str(getattr(visit, trait.value))
        if visit.outcome in ENDINGS:
            said.append((month_of(visit.observed_at), None))
        elif visit.outcome == Outcome.ANSWERED and answer in (Answer.YES, Answer.NO):
            said.append((month_of(visit.observed_at), answer))
    return said[::-1]


def status_in(said: list[Said], month: int) -> str | None:
    """'yes', 'no' or None at the end of `month`, read off the definition."""
    newest = next((one for one in said if one[0] <= month), None)
    if newest is None or month - newest[0] > LIVE:
        return None
    return newest[1]


def statuses_of(visits: list[Visit]) -> Statuses:
    """(measure, month) → yes?, wherever the shop is observed."""
    said = {trait: said_of(visits, trait) for trait in Trait}
    months = [month for one in said.values() for month, _answer in one]
    found: Statuses = {}
    for month in range(min(months, default=0), max(months, default=-LIVE) + LIVE + 1):
        status = {trait: status_in(said[trait], month) for trait in Trait}
        wallets = (status[Trait.ALIPAY], status[Trait.WECHAT_PAY])
        if "yes" in wallets or None not in wallets:
            found[(Measure.EITHER_WALLET.value, month)] = "yes" in wallets
        for trait, answer in status.items():
            if answer is not None:
                found[(trait.value, month)] = answer == "yes"
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
        .only("outcome", "observed_at", *Trait.values)
    )
    groups = groupby(visits.iterator(chunk_size=5000), lambda visit: visit.counts_for)
    shops = Shop.objects.only("segment", "city_id", "ward_id", "grid125").in_bulk()
    for shop_id, group in groups:
        yield shops[shop_id], list(group)


def differences_of_counts(*, progress: Callable[[int, int], None]) -> list[Difference]:
    """Every number of every month, and every shop, that a recount does not confirm."""
    observed: defaultdict[Key, Counter[Moment]] = defaultdict(Counter)
    yes: defaultdict[Key, Counter[Moment]] = defaultdict(Counter)
    found = stray_rows()
    shops = stored_shops(found)
    total = len(shops)
    for done, (shop, visits) in enumerate(_histories(), start=1):
        statuses = statuses_of(visits)
        found += _shop_differences(shop, statuses, shops.pop(shop.pk, None))
        moments = list(statuses)
        those_yes = [moment for moment, is_yes in statuses.items() if is_yes]
        for key in keys_of(shop):
            observed[key].update(moments)
            yes[key].update(those_yes)
        progress(min(done, total), total)
    found += [_left_over(pk, stored) for pk, stored in sorted(shops.items())]
    return found + _cell_differences(observed, yes, found)


def _shop_differences(
    shop: Shop, statuses: Statuses, stored: StoredShop | None
) -> list[Difference]:
    """What is kept of a shop against what it should be; nothing is kept of one without status."""
    place = (shop.segment, int(shop.city_id), int(shop.ward_id or 0), shop.grid125 // 10)
    right = StoredShop(place, {k: v for k, v in statuses.items() if k[0] in Trait.values})
    if (not right.statuses and stored is None) or stored == right:
        return []
    where = f"counted shop {shop.pk}"
    if stored is None or stored.place != right.place:
        return [Difference(where, str(stored and stored.place), str(right.place))]
    wrong = sorted(right.statuses.items() ^ stored.statuses.items())
    return [Difference(f"{where} {wrong[0][0]}", str(len(stored.statuses)), str(wrong[:3]))]


def _left_over(pk: int, stored: StoredShop) -> Difference:
    return Difference(f"counted shop {pk}", str(stored.place), "no approved visit")


def _cell_differences(
    observed: defaultdict[Key, Counter[Moment]],
    yes: defaultdict[Key, Counter[Moment]],
    found: list[Difference],
) -> list[Difference]:
    wrong: list[Difference] = []
    for key, stored in stored_cells(found):
        all_right, yes_right = observed.pop(key, Counter()), yes.pop(key, Counter())
        for moment in stored.keys() | all_right.keys():
            right = (all_right[moment], yes_right[moment])
            if stored.get(moment, (0, 0)) != right:
                wrong.append(_cell_difference(key, moment, stored.get(moment, (0, 0)), right))
    for key, numbers in sorted(observed.items()):
        wrong += [
            _cell_difference(key, moment, (0, 0), (number, yes[key][moment]))
            for moment, number in numbers.items()
        ]
    return wrong


def _cell_difference(
    key: Key, moment: Moment, stored: tuple[int, int], right: tuple[int, int]
) -> Difference:
    where = f"count of {' '.join(map(str, (*key, *moment)))}"
    return Difference(where, f"{stored[1]}/{stored[0]}", f"{right[1]}/{right[0]}")
