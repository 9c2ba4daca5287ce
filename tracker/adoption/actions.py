"""Bring the counts up to date with shops. A refresh may run twice, late or out of order.

What of a shop stands in the counts is kept in `CountedShop`, and both are changed in one
transaction, so that a refresh adds the difference between what is so now and what was counted.
"""

from collections.abc import Iterable
from datetime import datetime
from itertools import chain

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from tracker.adoption.changes import Contribution, CountCell, CountPlace, Delta, Series
from tracker.adoption.history import approved_visits_of, facts_of, survivors_of
from tracker.adoption.models import AdoptionCount, CountedShop, CountSnapshot
from tracker.adoption.packing import spans_from_bytes, spans_to_bytes
from tracker.adoption.rows import Counts, added, counts_in, row_of
from tracker.adoption.states import SnapshotState
from tracker.adoption.timeline import spans_of, with_unions
from tracker.places.models import Shop
from tracker.rules.queries import rulebook
from tracker.survey.specs import MEASURES, SINGLES

VALUES = ("first_month", "width", *MEASURES)
COUNTED = ("segment", "city", "ward", "grid250", "spans")


def lock_current(*, at: datetime) -> CountSnapshot:
    """The snapshot in use, held until the transaction ends; the first refresh of all makes it.

    It is the one lock of the counts: whoever refreshes changes the row of the whole city, so a
    lock per cell would let nobody pass either, and could deadlock.
    """
    while True:
        current = (
            CountSnapshot.objects.select_for_update(no_key=True)
            .filter(state=SnapshotState.CURRENT)
            .first()
        )
        if current is not None:
            return current
        try:
            with transaction.atomic():
                CountSnapshot.objects.create(
                    state=SnapshotState.CURRENT, begun_at=at, made_current_at=at
                )
        except IntegrityError:
            continue  # somebody else was quicker, or a rebuild has just ended


@transaction.atomic
def refresh_cells(*, shop_ids: Iterable[int], at: datetime) -> int:
    """Bring the counts up to date with these shops; returns how many cells changed."""
    snapshot = lock_current(at=at)
    changed = refresh_into(snapshot=snapshot, shop_ids=shop_ids)
    CountSnapshot.objects.filter(pk=snapshot.pk).update(refreshes=F("refreshes") + 1)
    return changed


def refresh_into(*, snapshot: CountSnapshot, shop_ids: Iterable[int]) -> int:
    """The same for a snapshot whose lock the caller holds."""
    given = set(shop_ids)
    survivors = survivors_of(given)
    touched = given | set(survivors.values())
    old = _counted(snapshot, touched)
    new = _contributions(set(survivors.values()))
    delta = Delta(chain(old.values(), new.values()))
    for contributions, sign in ((old, -1), (new, 1)):
        for contribution in contributions.values():
            delta.add(contribution, sign)
    _keep(snapshot, old, new)
    return add_to_rows(snapshot=snapshot, first_month=delta.first_month, changed=delta.changed())


def _counted(snapshot: CountSnapshot, shop_ids: set[int]) -> dict[int, Contribution]:
    """Shop → what of it stands in the counts."""
    return {
        row.shop_id: Contribution(
            CountPlace(row.segment, row.city, row.ward, row.grid250),
            with_unions(spans_from_bytes(bytes(row.spans), SINGLES)),
        )
        for row in CountedShop.objects.filter(snapshot=snapshot, shop__in=shop_ids)
    }


def _contributions(shop_ids: set[int]) -> dict[int, Contribution]:
    """Shop → what should stand in the counts; a shop without a status is left out."""
    visits, rules = approved_visits_of(shop_ids), rulebook()
    found = {}
    for shop in Shop.objects.filter(pk__in=shop_ids):
        spans = spans_of([facts_of(visit, rules) for visit in visits.get(shop.pk, ())], SINGLES)
        if any(spans.values()):
            found[shop.pk] = Contribution(place_of(shop), spans)
    return found


def place_of(shop: Shop) -> CountPlace:
    """Where a shop counts now."""
    return CountPlace(shop.segment, int(shop.city_id), int(shop.ward_id or 0), shop.grid125 // 10)


def _keep(
    snapshot: CountSnapshot, old: dict[int, Contribution], new: dict[int, Contribution]
) -> None:
    """Write down what of each shop is counted from now on."""
    gone = [shop for shop in old if shop not in new]
    if gone:
        CountedShop.objects.filter(snapshot=snapshot, shop__in=gone).delete()
    rows = [
        CountedShop(
            snapshot=snapshot,
            shop_id=shop,
            **contribution.place._asdict(),
            spans=spans_to_bytes(contribution.spans, SINGLES),
        )
        for shop, contribution in new.items()
        if contribution != old.get(shop)
    ]
    CountedShop.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["snapshot", "shop"], update_fields=COUNTED
    )


def add_to_rows(
    *, snapshot: CountSnapshot, first_month: int, changed: dict[CountCell, Series]
) -> int:
    """Add changes to the stored rows; a row in which nothing is left goes. How many changed."""
    stored = {
        CountCell(row.level, row.segment, row.area): row for row in _stored(snapshot, changed)
    }
    kept: list[AdoptionCount] = []
    for cell, series in changed.items():
        counts = Counts(first_month, series)
        known = counts_in(stored[cell]) if cell in stored else Counts(first_month, series * 0)
        row = row_of(snapshot.pk, cell, added(known, counts, cell))
        if row is not None:
            kept.append(row)
        elif cell in stored:
            stored[cell].delete()
    AdoptionCount.objects.bulk_create(
        kept,
        update_conflicts=True,
        unique_fields=["snapshot", "level", "segment", "area"],
        update_fields=VALUES,
    )
    return len(changed)


def _stored(snapshot: CountSnapshot, cells: Iterable[CountCell]) -> list[AdoptionCount]:
    """The rows of these cells: one query, by level and segment."""
    groups: dict[tuple[str, str], list[int]] = {}
    for cell in cells:
        groups.setdefault((cell.level, cell.segment), []).append(cell.area)
    wanted = Q()
    for (level, segment), areas in groups.items():
        # The snapshot in every branch: with it outside, SQLite reads the whole snapshot.
        wanted |= Q(snapshot=snapshot, level=level, segment=segment, area__in=areas)
    return list(AdoptionCount.objects.filter(wanted)) if groups else []
