"""A new edition of the counts: begun, counted city by city, made current, the old one dropped.

Each part is written in one transaction with the mark that it is done, so that a worker that
dies leaves a part that never happened. Readers see the old edition until the new one is
whole.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import pairwise

import numpy as np
from django.db import transaction
from django.db.models import Count

from tracker.adoption.actions import TRAITS, fold_into, lock_current
from tracker.adoption.cells import ALL, Block, Rows, Table, tables_of
from tracker.adoption.changes import MEASURES
from tracker.adoption.counting import Census, blocks_of, census_of, window_of
from tracker.adoption.models import AdoptionCount, CountEdition, CountedShop, EditionPart
from tracker.adoption.packing import WIDTHS, codes_by_shop
from tracker.adoption.timelines import Spans, spans_of_many
from tracker.adoption.writing import Row, insert_rows
from tracker.places.models import Shop
from tracker.places.queries import moved_since
from tracker.vocabulary import ALL_SEGMENTS, City, EditionState, Segment

SEGMENTS = [*Segment.values]
CLOCK_MARGIN = timedelta(minutes=5)  # how far the clocks of two machines may be apart
FOLDED_AT_ONCE = 2000  # shops; SQLite takes some thirty thousand values in a statement


def building() -> CountEdition | None:
    """The edition that is being counted, if any."""
    return CountEdition.objects.filter(state=EditionState.BUILDING).first()


@transaction.atomic
def begin_edition(*, at: datetime) -> CountEdition:
    """An empty edition with one part per city. IntegrityError where one is being built."""
    edition = CountEdition.objects.create(state=EditionState.BUILDING, begun_at=at)
    shops = Shop.objects.filter(merged_into=None).values_list("city").annotate(number=Count("pk"))
    numbers = dict(shops.order_by("city"))
    EditionPart.objects.bulk_create(
        EditionPart(edition=edition, city_code=city, shops=numbers.get(city, 0))
        for city in City.values
    )
    return edition


def count_parts(
    *, edition: CountEdition, cities: Iterable[str], at: datetime
) -> Iterator[EditionPart]:
    """Count these cities; gives each part once it is done. Reads before it locks."""
    parts = list(edition.parts.filter(city_code__in=list(cities), done_at=None).order_by("pk"))
    censuses = census_of(
        [part.city_code for part in parts],
        moved=lambda: moved_since(edition.begun_at - CLOCK_MARGIN),
    )
    for part in parts:
        if _write_part(part, censuses.pop(part.city_code), at):
            yield part


@transaction.atomic
def _write_part(part: EditionPart, census: Census, at: datetime) -> bool:
    """Write one city's rows and mark it done; False where somebody else did so before."""
    taken = EditionPart.objects.select_for_update().filter(pk=part.pk, done_at=None).first()
    if taken is None:
        return False
    window = window_of(census.visits)
    blocks = _blocks_written(part.edition_id, census)
    for table in tables_of(blocks, MEASURES, window):
        insert_rows(AdoptionCount, count_rows(part.edition_id, table, window.first))
    taken.done_at = at
    taken.save(update_fields=["done_at"])
    return True


def _blocks_written(edition: int, census: Census) -> Iterator[Block]:
    """Block after block, so that memory stays flat; what is kept of its shops is written first."""
    for part in blocks_of(census):
        spans = spans_of_many(part.visits, TRAITS)
        insert_rows(CountedShop, shop_rows(edition, part, spans))
        yield Block(part.places, spans)


def shop_rows(edition: int, census: Census, spans: dict[str, Spans]) -> Iterator[Row]:
    """What of each shop is counted, in the order of the table's columns."""
    shops, codes = codes_by_shop(spans, TRAITS)
    if not len(shops):
        return
    data = codes.astype("<u4").tobytes()
    begins = np.flatnonzero(np.diff(shops, prepend=-1))
    ends = np.append(begins[1:], len(shops)) * 4
    places = [column[shops[begins]].tolist() for column in census.places]
    grid250, segment, ward, city = places
    ids = census.shop_ids[shops[begins]].tolist()
    for number, (begin, end) in enumerate(zip((begins * 4).tolist(), ends.tolist(), strict=True)):
        yield (
            edition, ids[number], SEGMENTS[segment[number]], city[number], ward[number],
            grid250[number], data[begin:end],
        )  # fmt: skip


def count_rows(edition: int, table: Table, first_month: int) -> Iterator[Row]:
    """The rows of one level, in the order of the table's columns; empty rows are left out."""
    largest = table.rows.counts.max(axis=(1, 2, 3), initial=0)
    for narrower, width in pairwise((0, *WIDTHS)):
        low, high = 1 << 8 * narrower, 1 << 8 * width
        chosen = np.flatnonzero((largest >= low) & (largest < high))
        rows = table.rows.only(chosen)
        yield from _rows_of_width((edition, table.level), rows, width, first_month)


def _rows_of_width(
    begins_with: tuple[int, str], rows: Rows, width: int, first_month: int
) -> Iterator[Row]:
    counts = rows.counts.astype(f"<u{width}")
    counted: list[list[bool]] = counts.max(axis=(2, 3), initial=0).astype(bool).tolist()
    size = 2 * counts.shape[3] * width
    data = counts.tobytes()
    segments = rows.segment.tolist()
    for number, area in enumerate(rows.area.tolist()):
        segment = ALL_SEGMENTS if segments[number] == ALL else SEGMENTS[segments[number]]
        begin = number * size * len(MEASURES)
        series = (
            data[begin + size * at : begin + size * (at + 1)] if is_counted else b""
            for at, is_counted in enumerate(counted[number])
        )
        yield (*begins_with, segment, area, first_month, width, *series)


@transaction.atomic
def make_current(
    *, edition: CountEdition, changed_shops: Callable[[], Iterable[int]], at: datetime
) -> CountEdition | None:
    """Fold in what changed while it was counted, then let readers see it.

    `changed_shops` names those with a decision since it was begun; moved ones are known here.
    It is asked once nobody can fold any more: a fold into the old edition is never missed.
    Returns the edition it replaces; None where this one has ended already, or was given up.
    RuntimeError where a part is missing.
    """
    past = lock_current(at=at)
    if lock_building(edition) is None:
        return None
    if edition.parts.filter(done_at=None).exists():
        raise RuntimeError(f"{edition} is not whole")
    moved = moved_since(edition.begun_at - 2 * CLOCK_MARGIN)
    _fold_all(edition, sorted({*changed_shops(), *moved}))
    CountEdition.objects.filter(pk=past.pk).update(state=EditionState.PAST)
    CountEdition.objects.filter(pk=edition.pk).update(
        state=EditionState.CURRENT, made_current_at=max(at, edition.begun_at)
    )
    return past


def lock_building(edition: CountEdition) -> CountEdition | None:
    """The edition, held until the transaction ends; None where it is not being built any more."""
    rows = CountEdition.objects.select_for_update(no_key=True)
    return rows.filter(pk=edition.pk, state=EditionState.BUILDING).first()


def _fold_all(edition: CountEdition, shop_ids: list[int]) -> None:
    """So many at once that a statement can name them; a shop that is no more is left."""
    for begin in range(0, len(shop_ids), FOLDED_AT_ONCE):
        known = Shop.objects.filter(pk__in=shop_ids[begin : begin + FOLDED_AT_ONCE])
        fold_into(edition=edition, shop_ids=list(known.values_list("pk", flat=True)))


def drop_edition(*, edition: CountEdition) -> None:
    """Remove an edition that nobody reads any more, table by table.

    The parts go first: whoever is writing one is waited for, and nobody can begin another.
    """
    if edition.state == EditionState.CURRENT:
        raise RuntimeError(f"{edition} is in use")
    edition.parts.all().delete()
    AdoptionCount.objects.filter(edition=edition).delete()
    CountedShop.objects.filter(edition=edition).delete()
    edition.delete()
