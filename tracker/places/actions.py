"""Write shops and where they were learnt from."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from tracker.accounts.models import User
from tracker.languages import in_language
from tracker.places.atlas.cities import WARDS, City, city_of
from tracker.places.atlas.facts import Names
from tracker.places.boundaries import Boundaries
from tracker.places.imports.rows import ShopRow
from tracker.places.inserting import insert_objects
from tracker.places.kinds import Segment
from tracker.places.locating import Location, locate
from tracker.places.matching import fold
from tracker.places.models import Area, DuplicatePair, Shop, ShopChange, Source
from tracker.places.pairs import Pair
from tracker.places.segments import segment_of_tags

KEPT_AT_ONCE = 2000  # shops whose keys are asked for in one statement
LIMITS = {"name": 200, "branch": 100, "brand": 100, "floor": 10, "address": 300}


def place_shop(shop: Shop, location: Location) -> None:
    """Put a location into a shop; not saved. The location must lie in one of the cities."""
    if location.city is None:
        raise ValueError("a shop lies in one of the cities")
    shop.grid125 = location.grid125
    shop.city_id = location.city.value
    shop.ward_id = location.ward
    shop.ward_source = location.ward_source
    shop.ward_candidates = location.candidates
    shop.ward_doubt = location.doubt[:200]


def fill_shop(shop: Shop, row: ShopRow, location: Location, segment: Segment) -> None:
    """Put a row of an import into a shop; not saved."""
    tags = row.tags
    shop.name = row.name[: LIMITS["name"]]
    shop.name_ja = tags.get("name:ja", "")[: LIMITS["name"]]
    shop.name_en = tags.get("name:en", "")[: LIMITS["name"]]
    shop.name_zh_hans = (tags.get("name:zh-Hans") or tags.get("name:zh", ""))[: LIMITS["name"]]
    shop.name_folded = fold(row.name)[: LIMITS["name"]]
    shop.branch = tags.get("branch", "")[: LIMITS["branch"]]
    shop.brand = tags.get("brand", "")[: LIMITS["brand"]]
    shop.floor = tags.get("level", "")[: LIMITS["floor"]]
    shop.address = row.address[: LIMITS["address"]]
    shop.postal_code = "".join(sign for sign in row.postal_code if sign.isdecimal())[:7]
    shop.segment = segment
    shop.lat_e7, shop.lon_e7 = row.lat_e7, row.lon_e7
    place_shop(shop, location)


def segment_of(row: ShopRow, fallback: Segment) -> tuple[Segment, bool]:
    """The row's segment, and whether its tags told it."""
    known = segment_of_tags(row.tags)
    return (known, True) if known is not None else (fallback, False)


def new_shop(row: ShopRow, location: Location, segment: Segment, at: datetime) -> Shop:
    """An imported shop, not saved."""
    shop = Shop(uuid=uuid4(), created_at=at)
    fill_shop(shop, row, location, segment)
    return shop


def new_source(row: ShopRow, dataset: str, key: str, licence: str, at: datetime) -> Source:
    """Where a shop was learnt from, not saved and still without its shop."""
    return Source(
        dataset=dataset,
        external_id=key,
        licence=licence,
        tags=row.tags,
        digest=row.digest,
        imported_at=at,
    )


def keep_imported(shops: Sequence[Shop], sources: Sequence[Source]) -> None:
    """Save new shops, and for each where it was learnt from."""
    insert_objects(shops)
    for begin in range(0, len(shops), KEPT_AT_ONCE):
        uuids = [shop.uuid for shop in shops[begin : begin + KEPT_AT_ONCE]]
        ids = dict(Shop.objects.filter(uuid__in=uuids).values_list("uuid", "pk"))
        for uuid, source in zip(uuids, sources[begin:], strict=False):
            source.shop_id = ids[uuid]
    insert_objects(sources)


def create_shop(
    *,
    uuid: UUID,
    name: str,
    segment: Segment,
    lat_e7: int,
    lon_e7: int,
    location: Location,
    floor: str,
    address: str,
    by: User,
    at: datetime,
) -> Shop:
    """A shop that a fieldworker found."""
    shop = Shop(
        uuid=uuid,
        name=name,
        name_folded=fold(name),
        segment=segment,
        lat_e7=lat_e7,
        lon_e7=lon_e7,
        floor=floor,
        address=address,
        created_at=at,
        created_by=by,
    )
    place_shop(shop, location)
    shop.save(force_insert=True)
    return shop


def remember(shop_id: int, *, by: User | None, at: datetime) -> None:
    """Write down what counts of a shop as it is stored now, before it is changed."""
    stored = Shop.objects.get(pk=shop_id)
    ShopChange.objects.create(
        shop_id=shop_id,
        at=at,
        by=by,
        segment=stored.segment,
        city_id=stored.city_id,
        ward_id=stored.ward_id,
        grid125=stored.grid125,
        lat_e7=stored.lat_e7,
        lon_e7=stored.lon_e7,
        merged_into_id=stored.merged_into_id,
    )


def move_shop(
    *, shop: Shop, lat_e7: int, lon_e7: int, location: Location, by: User | None, at: datetime
) -> None:
    """The shop stands somewhere else than was thought."""
    remember(shop.pk, by=by, at=at)
    shop.lat_e7, shop.lon_e7 = lat_e7, lon_e7
    place_shop(shop, location)
    shop.save()


def reclassify_shop(*, shop: Shop, segment: Segment, by: User | None, at: datetime) -> None:
    """The shop belongs to another segment than was thought."""
    remember(shop.pk, by=by, at=at)
    shop.segment = segment
    shop.save(update_fields=["segment"])


def merge_shop(*, shop: Shop, into: Shop, by: User | None, at: datetime) -> list[int]:
    """`shop`, and what was merged into it, count for `into`; returns the shops changed."""
    changed = list(Shop.objects.filter(merged_into=shop).values_list("pk", flat=True))
    for pk in [*changed, shop.pk]:
        remember(pk, by=by, at=at)
        Shop.objects.filter(pk=pk).update(merged_into=into)
    shop.merged_into = into
    return [*changed, shop.pk]


def split_shop(*, shop: Shop, by: User | None, at: datetime) -> None:
    """Undo a merge: the shop counts for itself again."""
    remember(shop.pk, by=by, at=at)
    shop.merged_into = None
    shop.save(update_fields=["merged_into"])


def keep_areas() -> list[str]:
    """Bring the cities and wards, and their names, into the table; returns the codes added.

    Nothing is removed: shops and counts may hang on an area that is no longer listed.
    """
    stored = Area.objects.in_bulk()
    wanted = [_area(city.value, None, city.facts.names) for city in City]
    wanted += [_area(ward.code, city_of(ward.code), ward.names) for ward in WARDS]
    columns = ("city_id", "name_ja", "name_en", "name_zh_hans")
    added = [area for area in wanted if area.code not in stored]
    changed = [
        area
        for area in wanted
        if area.code in stored
        and any(getattr(area, name) != getattr(stored[area.code], name) for name in columns)
    ]
    Area.objects.bulk_create(added)
    Area.objects.bulk_update(changed, ["city", *columns[1:]])
    return [area.code for area in added]


def _area(code: str, city: City | None, names: Names) -> Area:
    return Area(
        code=code,
        city_id=city and city.value,
        name_ja=in_language(names, "ja"),
        name_en=in_language(names, "en"),
        name_zh_hans=in_language(names, "zh-hans"),
    )


def set_boundary(*, code: str, geometry: dict[str, object], source: str) -> None:
    """Keep an imported boundary of one area."""
    Area.objects.filter(code=code).update(boundary=geometry, boundary_source=source)


def relocate(shop: Shop, boundaries: Boundaries) -> bool:
    """Ask again where a shop lies; True where the answer is new. Not saved."""
    before = (shop.ward_id, shop.ward_source, shop.city_id, shop.ward_doubt)
    location = locate(
        shop.lat_e7, shop.lon_e7, shop.address, shop.postal_code, boundaries=boundaries
    )
    if location.city is None:
        return False
    place_shop(shop, location)
    return before != (shop.ward_id, shop.ward_source, shop.city_id, shop.ward_doubt)


def keep_pairs(*, pairs: Sequence[Pair], at: datetime) -> int:
    """Keep pairs that are not known yet; returns how many were new."""
    before = DuplicatePair.objects.count()
    rows = [
        DuplicatePair(
            shop_id=p.shop, other_id=p.other, likeness=p.likeness, metres=p.metres, found_at=at
        )
        for p in pairs
    ]
    DuplicatePair.objects.bulk_create(rows, batch_size=500, ignore_conflicts=True)
    return DuplicatePair.objects.count() - before


def dismiss_pair(*, pair: DuplicatePair, by: User, at: datetime) -> bool:
    """Two shops after all; False where somebody said so before."""
    rows = DuplicatePair.objects.filter(pk=pair.pk, dismissed_at=None)
    return rows.update(dismissed_at=at, dismissed_by=by) == 1
