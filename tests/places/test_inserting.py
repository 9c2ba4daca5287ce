"""Rows that are inserted by the thousand are those that the ORM would have written."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from tracker.places.inserting import insert_objects
from tracker.places.kinds import Segment, WardSource
from tracker.places.models import Shop, Source

pytestmark = [pytest.mark.django_db, pytest.mark.both]
AT = datetime(2026, 3, 14, 3, 0, 1, 234567, tzinfo=UTC)


def shop(number: int) -> Shop:
    return Shop(
        uuid=UUID(int=number),
        name="千歳屋 “%s” 'x'",
        segment=Segment.OTHER,
        lat_e7=356_717_000,
        lon_e7=1_397_650_000,
        grid125=53_394_601_111,
        city_id="13100",
        ward=None,
        ward_source=WardSource.UNRESOLVED,
        ward_candidates=["13102", "13103"],
        created_at=AT,
    )


def source(shop: Shop, number: int) -> Source:
    return Source(
        shop=shop,
        dataset="file",
        external_id=f"row {number}",
        tags={"name": "千歳屋", "a": '"'},
        digest="0" * 64,
        imported_at=AT,
    )


def rows(model: type[Shop] | type[Source], *left_out: str) -> list[dict[str, object]]:
    found = [dict(row) for row in model.objects.order_by("pk").values()]
    return [{k: v for k, v in row.items() if k not in ("id", *left_out)} for row in found]


def test_both_ways_write_the_same() -> None:
    Shop.objects.bulk_create([shop(1)])
    insert_objects([shop(2)])
    one, other = rows(Shop, "uuid")
    assert one == other
    first, second = Shop.objects.order_by("pk")
    assert second.uuid == UUID(int=2)
    Source.objects.bulk_create([source(first, 1)])
    insert_objects([source(second, 2)])
    one, other = rows(Source, "shop_id", "external_id")
    assert one == other


def test_nothing_is_inserted_of_nothing() -> None:
    insert_objects([])
    assert Shop.objects.count() == 0
