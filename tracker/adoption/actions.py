"""Bring counts up to date: for one shop, or for all from scratch.

The counts always equal the sum over the kept spans. A refresh changes both in one
transaction, so it may run twice, late or out of order with the same result.
"""

from collections import defaultdict
from collections.abc import Callable

from django.db import transaction

from tracker.adoption.changes import Cell, Change, Changes, changes_of, difference, settled
from tracker.adoption.history import all_approved_visits, approved_visits, spans_of_shop
from tracker.adoption.models import AdoptionCount, ShopSpan
from tracker.places.models import Area, Shop

BATCH = 2000
Progress = Callable[[int, int], None]


def lock_counts() -> None:
    """Put writers of counts in line: they hold the rows of the cities until they commit."""
    list(Area.objects.select_for_update().filter(city=None).order_by("code").values_list("code"))


@transaction.atomic
def refresh_shop(*, shop_id: int) -> int:
    """Fold the shop's present history into the counts; returns how many cells changed."""
    lock_counts()
    shop = Shop.objects.get(pk=shop_id)
    old = list(ShopSpan.objects.filter(shop=shop))
    new = spans_of_shop(shop, approved_visits(shop_id))
    changes = difference(changes_of(new), changes_of(old))
    ShopSpan.objects.filter(shop=shop).delete()
    ShopSpan.objects.bulk_create(new)
    _apply(changes)
    return len(changes)


def _apply(changes: Changes) -> None:
    """Add `changes` to the stored cells; a cell in which nothing is left goes."""
    stored = {_cell(row): row for row in _stored_rows(changes)}
    created: list[AdoptionCount] = []
    updated: list[AdoptionCount] = []
    emptied: list[AdoptionCount] = []
    for cell, change in changes.items():
        row = stored.get(cell)
        if row is None:
            created.append(_row(cell, change))
            continue
        row.observed_change += change.observed
        row.yes_change += change.yes
        (updated if row.observed_change or row.yes_change else emptied).append(row)
    AdoptionCount.objects.filter(pk__in=[row.pk for row in emptied]).delete()
    AdoptionCount.objects.bulk_update(updated, ["observed_change", "yes_change"])
    AdoptionCount.objects.bulk_create(created)


def _stored_rows(changes: Changes) -> list[AdoptionCount]:
    """The rows of these cells, and a few beside them: one query by the parts of the key."""
    return list(
        AdoptionCount.objects.filter(
            level__in={cell.level for cell in changes},
            segment__in={cell.segment for cell in changes},
            measure__in={cell.measure for cell in changes},
            area__in={cell.area for cell in changes},
            month__in={cell.month for cell in changes},
        )
    )


def _cell(row: AdoptionCount) -> Cell:
    return Cell(row.level, row.area, row.segment, row.measure, row.month)


def _row(cell: Cell, change: Change) -> AdoptionCount:
    return AdoptionCount(
        level=cell.level,
        area=cell.area,
        segment=cell.segment,
        measure=cell.measure,
        month=cell.month,
        observed_change=change.observed,
        yes_change=change.yes,
    )


@transaction.atomic
def rebuild(*, progress: Progress) -> int:
    """Count everything from scratch; readers see the old counts or the new, never a mixture.

    `progress` is told (shops done, shops in all). Returns the number of stored cells.
    """
    lock_counts()
    shops = Shop.objects.in_bulk()
    totals: defaultdict[Cell, list[int]] = defaultdict(lambda: [0, 0])
    spans: list[ShopSpan] = []
    for done, (shop_id, visits) in enumerate(all_approved_visits(), start=1):
        of_shop = spans_of_shop(shops[shop_id], visits)
        spans += of_shop
        for cell, change in changes_of(of_shop).items():
            totals[cell][0] += change.observed
            totals[cell][1] += change.yes
        progress(done, len(shops))
    rows = [_row(cell, change) for cell, change in sorted(settled(totals).items())]
    ShopSpan.objects.all().delete()
    AdoptionCount.objects.all().delete()
    ShopSpan.objects.bulk_create(spans, batch_size=BATCH)
    AdoptionCount.objects.bulk_create(rows, batch_size=BATCH)
    return len(rows)
