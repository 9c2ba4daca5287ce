"""A new snapshot of the counts: begun, counted part by part, made current, the old one dropped.

Each part is written in one short transaction with the mark that it is done, so that a worker
that dies leaves a part that never happened, and nobody who writes waits long, on SQLite
either. Readers see the old snapshot until the new one is whole.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import zip_longest
from math import inf

from django.db import transaction
from django.db.models import Max, Sum

from tracker.adoption.actions import add_to_rows, lock_current, refresh_into
from tracker.adoption.models import AdoptionCount, CountedShop, CountSnapshot, SnapshotPart
from tracker.adoption.rebuild.census import census_of, part_of
from tracker.adoption.rebuild.part_rows import PartRows, rows_of_part
from tracker.adoption.rebuild.writing import insert_rows
from tracker.adoption.states import SnapshotState
from tracker.places.atlas.cities import City
from tracker.places.kinds import ALL_SEGMENTS, AreaLevel, Segment
from tracker.places.models import Shop
from tracker.places.queries import moved_since, shops_by_square, squares_in_several
from tracker.places.squares import neighbours_of

PART = 60_000  # shops; the peak of memory and the wait of whoever writes grow with it
DROPPED_AT_ONCE = 250_000  # shops; they lie scattered, so each time touches nearly every page
CLOCK_MARGIN = timedelta(minutes=5)  # how far the clocks of two machines may be apart
REFRESHED_AT_ONCE = 2000  # shops; SQLite takes some thirty thousand values in a statement


def building() -> CountSnapshot | None:
    """The snapshot that is being counted, if any."""
    return CountSnapshot.objects.filter(state=SnapshotState.BUILDING).first()


@transaction.atomic
def begin_snapshot(*, at: datetime) -> CountSnapshot:
    """An empty snapshot with its parts. IntegrityError where one is being built."""
    snapshot = CountSnapshot.objects.create(state=SnapshotState.BUILDING, begun_at=at)
    SnapshotPart.objects.bulk_create(
        SnapshotPart(snapshot=snapshot, city_code=city, first_square=square, shops=shops)
        for city in City.values
        for square, shops in parts_of(shops_by_square(city))
    )
    return snapshot


def open_cities(snapshot: CountSnapshot) -> dict[str, int]:
    """City → shops that are still to be counted; the largest first."""
    cities = snapshot.parts.filter(done_at=None).values_list("city_code")
    return dict(cities.annotate(shops=Sum("shops")).order_by("-shops", "city_code"))


def parts_of(squares: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """First square and shops of each part, from the shops of all squares in order."""
    parts = [(0, 0)]
    for square, shops in squares:
        first, so_far = parts[-1]
        if so_far >= PART:
            parts.append((square, shops))
        else:
            parts[-1] = (first, so_far + shops)
    return parts


def count_parts(
    *, snapshot: CountSnapshot, cities: Iterable[str], at: datetime
) -> Iterator[SnapshotPart]:
    """Count these cities; gives each part once it is done. Reads before it locks."""
    parts = list(snapshot.parts.filter(city_code__in=list(cities), done_at=None).order_by("pk"))
    censuses = census_of(
        [part.city_code for part in parts],
        moved=lambda: moved_since(snapshot.begun_at - CLOCK_MARGIN),
    )
    ends = _ends_of_parts(snapshot)
    borders = {city: _border_of(City(city)) for city in censuses}
    for part in parts:
        if not snapshot.parts.filter(pk=part.pk, done_at=None).exists():
            continue  # another worker was quicker
        census = part_of(censuses[part.city_code], part.first_square, ends[part.pk])
        border = borders[part.city_code]
        if _write_part(part, rows_of_part(part.snapshot_id, census, border=border), at):
            yield part


def _border_of(city: City) -> list[int]:
    """1 km squares in which another city has shops as well: both add to the same rows."""
    others = neighbours_of(city)
    return squares_in_several([city, *others]) if others else []


def _ends_of_parts(snapshot: CountSnapshot) -> dict[int, float]:
    """Part → the first square that is not in it any more; none where it was given up meanwhile."""
    rows = list(snapshot.parts.order_by("city_code", "first_square"))
    return {
        part.pk: following.first_square
        if following and following.city_code == part.city_code
        else inf
        for part, following in zip_longest(rows, rows[1:])
    }


@transaction.atomic
def _write_part(part: SnapshotPart, rows: PartRows, at: datetime) -> bool:
    """Write a part's rows and mark it done; False where somebody else did so before.

    Holds all parts of the city, because these add to the same rows of wards and city, and of
    its neighbours, because these add to the same squares.
    """
    parts = SnapshotPart.objects.select_for_update().order_by("pk")
    cities = [part.city_code, *neighbours_of(City(part.city_code))]
    taken = parts.filter(snapshot=part.snapshot_id, city_code__in=cities)
    if part.pk not in [one.pk for one in taken if one.done_at is None]:
        return False
    insert_rows(CountedShop, rows.shops)
    insert_rows(AdoptionCount, rows.counts)
    add_to_rows(snapshot=part.snapshot, first_month=rows.first_month, changed=rows.shared)
    SnapshotPart.objects.filter(pk=part.pk).update(done_at=at)
    return True


@transaction.atomic
def make_current(
    *, snapshot: CountSnapshot, changed_shops: Callable[[], Iterable[int]], at: datetime
) -> CountSnapshot | None:
    """Bring in what changed while it was counted, then let readers see it.

    `changed_shops` names those with a decision since it was begun; moved ones are known here.
    It is asked once nobody can refresh any more: a refresh into the old snapshot is never missed.
    Returns the snapshot it replaces; None where this one has ended already, or was given up.
    RuntimeError where a part is missing.
    """
    past = lock_current(at=at)
    if lock_building(snapshot) is None:
        return None
    if snapshot.parts.filter(done_at=None).exists():
        raise RuntimeError(f"{snapshot} is not whole")
    moved = moved_since(snapshot.begun_at - 2 * CLOCK_MARGIN)
    _refresh_all(snapshot, sorted({*changed_shops(), *moved}))
    CountSnapshot.objects.filter(pk=past.pk).update(state=SnapshotState.PAST)
    CountSnapshot.objects.filter(pk=snapshot.pk).update(
        state=SnapshotState.CURRENT, made_current_at=max(at, snapshot.begun_at)
    )
    return past


def lock_building(snapshot: CountSnapshot) -> CountSnapshot | None:
    """The snapshot, held until the transaction ends; None where it is not being built any more."""
    rows = CountSnapshot.objects.select_for_update(no_key=True)
    return rows.filter(pk=snapshot.pk, state=SnapshotState.BUILDING).first()


def _refresh_all(snapshot: CountSnapshot, shop_ids: list[int]) -> None:
    """So many at once that a statement can name them; a shop that is no more is left."""
    for begin in range(0, len(shop_ids), REFRESHED_AT_ONCE):
        known = Shop.objects.filter(pk__in=shop_ids[begin : begin + REFRESHED_AT_ONCE])
        refresh_into(snapshot=snapshot, shop_ids=list(known.values_list("pk", flat=True)))


def drop_snapshot(*, snapshot: CountSnapshot) -> None:
    """Remove a snapshot that nobody reads any more, some rows at a time, as others write too.

    The parts go first: whoever is writing one is waited for, and nobody can begin another.
    """
    if snapshot.state == SnapshotState.CURRENT:
        raise RuntimeError(f"{snapshot} is in use")
    snapshot.parts.all().delete()
    rows = AdoptionCount.objects.filter(snapshot=snapshot)
    for level in AreaLevel.values:
        for segment in (ALL_SEGMENTS, *Segment.values):
            rows.filter(level=level, segment=segment).delete()
    rows.delete()  # of levels and segments that there are none of
    shops = CountedShop.objects.filter(snapshot=snapshot)
    last = shops.aggregate(last=Max("shop"))["last"] or 0
    for low in range(0, last + 1, DROPPED_AT_ONCE):
        shops.filter(shop__gte=low, shop__lt=low + DROPPED_AT_ONCE).delete()
    snapshot.delete()
