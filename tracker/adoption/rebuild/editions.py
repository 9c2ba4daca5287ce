"""A new edition of the counts: begun, counted part by part, made current, the old one dropped.

Each part is written in one short transaction with the mark that it is done, so that a worker
that dies leaves a part that never happened, and nobody who writes waits long, on SQLite
either. Readers see the old edition until the new one is whole.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from itertools import zip_longest
from math import inf

from django.db import transaction
from django.db.models import Max, Sum

from tracker.adoption.actions import add_to_rows, lock_current, refresh_into
from tracker.adoption.models import AdoptionCount, CountEdition, CountedShop, EditionPart
from tracker.adoption.rebuild.census import census_of, part_of
from tracker.adoption.rebuild.part_rows import PartRows, rows_of_part
from tracker.adoption.rebuild.writing import insert_rows
from tracker.adoption.states import EditionState
from tracker.places.atlas.cities import City
from tracker.places.kinds import ALL_SEGMENTS, AreaLevel, Segment
from tracker.places.models import Shop
from tracker.places.queries import moved_since, shops_by_square, squares_in_several
from tracker.places.squares import neighbours_of

PART = 60_000  # shops; the peak of memory and the wait of whoever writes grow with it
DROPPED_AT_ONCE = 250_000  # shops; they lie scattered, so each time touches nearly every page
CLOCK_MARGIN = timedelta(minutes=5)  # how far the clocks of two machines may be apart
REFRESHED_AT_ONCE = 2000  # shops; SQLite takes some thirty thousand values in a statement


def building() -> CountEdition | None:
    """The edition that is being counted, if any."""
    return CountEdition.objects.filter(state=EditionState.BUILDING).first()


@transaction.atomic
def begin_edition(*, at: datetime) -> CountEdition:
    """An empty edition with its parts. IntegrityError where one is being built."""
    edition = CountEdition.objects.create(state=EditionState.BUILDING, begun_at=at)
    EditionPart.objects.bulk_create(
        EditionPart(edition=edition, city_code=city, first_square=square, shops=shops)
        for city in City.values
        for square, shops in parts_of(shops_by_square(city))
    )
    return edition


def open_cities(edition: CountEdition) -> dict[str, int]:
    """City → shops that are still to be counted; the largest first."""
    cities = edition.parts.filter(done_at=None).values_list("city_code")
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
    *, edition: CountEdition, cities: Iterable[str], at: datetime
) -> Iterator[EditionPart]:
    """Count these cities; gives each part once it is done. Reads before it locks."""
    parts = list(edition.parts.filter(city_code__in=list(cities), done_at=None).order_by("pk"))
    censuses = census_of(
        [part.city_code for part in parts],
        moved=lambda: moved_since(edition.begun_at - CLOCK_MARGIN),
    )
    ends = _ends_of_parts(edition)
    borders = {city: _border_of(City(city)) for city in censuses}
    for part in parts:
        if not edition.parts.filter(pk=part.pk, done_at=None).exists():
            continue  # another worker was quicker
        census = part_of(censuses[part.city_code], part.first_square, ends[part.pk])
        border = borders[part.city_code]
        if _write_part(part, rows_of_part(part.edition_id, census, border=border), at):
            yield part


def _border_of(city: City) -> list[int]:
    """1 km squares in which another city has shops as well: both add to the same rows."""
    others = neighbours_of(city)
    return squares_in_several([city, *others]) if others else []


def _ends_of_parts(edition: CountEdition) -> dict[int, float]:
    """Part → the first square that is not in it any more; none where it was given up meanwhile."""
    rows = list(edition.parts.order_by("city_code", "first_square"))
    return {
        part.pk: following.first_square
        if following and following.city_code == part.city_code
        else inf
        for part, following in zip_longest(rows, rows[1:])
    }


@transaction.atomic
def _write_part(part: EditionPart, rows: PartRows, at: datetime) -> bool:
    """Write a part's rows and mark it done; False where somebody else did so before.

    Holds all parts of the city, because these add to the same rows of wards and city, and of
    its neighbours, because these add to the same squares.
    """
    parts = EditionPart.objects.select_for_update().order_by("pk")
    cities = [part.city_code, *neighbours_of(City(part.city_code))]
    taken = parts.filter(edition=part.edition_id, city_code__in=cities)
    if part.pk not in [one.pk for one in taken if one.done_at is None]:
        return False
    insert_rows(CountedShop, rows.shops)
    insert_rows(AdoptionCount, rows.counts)
    add_to_rows(edition=part.edition, first_month=rows.first_month, changed=rows.shared)
    EditionPart.objects.filter(pk=part.pk).update(done_at=at)
    return True


@transaction.atomic
def make_current(
    *, edition: CountEdition, changed_shops: Callable[[], Iterable[int]], at: datetime
) -> CountEdition | None:
    """Bring in what changed while it was counted, then let readers see it.

    `changed_shops` names those with a decision since it was begun; moved ones are known here.
    It is asked once nobody can refresh any more: a refresh into the old edition is never missed.
    Returns the edition it replaces; None where this one has ended already, or was given up.
    RuntimeError where a part is missing.
    """
    past = lock_current(at=at)
    if lock_building(edition) is None:
        return None
    if edition.parts.filter(done_at=None).exists():
        raise RuntimeError(f"{edition} is not whole")
    moved = moved_since(edition.begun_at - 2 * CLOCK_MARGIN)
    _refresh_all(edition, sorted({*changed_shops(), *moved}))
    CountEdition.objects.filter(pk=past.pk).update(state=EditionState.PAST)
    CountEdition.objects.filter(pk=edition.pk).update(
        state=EditionState.CURRENT, made_current_at=max(at, edition.begun_at)
    )
    return past


def lock_building(edition: CountEdition) -> CountEdition | None:
    """The edition, held until the transaction ends; None where it is not being built any more."""
    rows = CountEdition.objects.select_for_update(no_key=True)
    return rows.filter(pk=edition.pk, state=EditionState.BUILDING).first()


def _refresh_all(edition: CountEdition, shop_ids: list[int]) -> None:
    """So many at once that a statement can name them; a shop that is no more is left."""
    for begin in range(0, len(shop_ids), REFRESHED_AT_ONCE):
        known = Shop.objects.filter(pk__in=shop_ids[begin : begin + REFRESHED_AT_ONCE])
        refresh_into(edition=edition, shop_ids=list(known.values_list("pk", flat=True)))


def drop_edition(*, edition: CountEdition) -> None:
    """Remove an edition that nobody reads any more, some rows at a time, as others write too.

    The parts go first: whoever is writing one is waited for, and nobody can begin another.
    """
    if edition.state == EditionState.CURRENT:
        raise RuntimeError(f"{edition} is in use")
    edition.parts.all().delete()
    rows = AdoptionCount.objects.filter(edition=edition)
    for level in AreaLevel.values:
        for segment in (ALL_SEGMENTS, *Segment.values):
            rows.filter(level=level, segment=segment).delete()
    rows.delete()  # of levels and segments that there are none of
    shops = CountedShop.objects.filter(edition=edition)
    last = shops.aggregate(last=Max("shop"))["last"] or 0
    for low in range(0, last + 1, DROPPED_AT_ONCE):
        shops.filter(shop__gte=low, shop__lt=low + DROPPED_AT_ONCE).delete()
    edition.delete()
