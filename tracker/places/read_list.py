"""Shops as programs of analysts read them: all of them, some at a time."""

from typing import NamedTuple
from uuid import UUID

from tracker.places.models import Shop


class ReadShop(NamedTuple):
    """`city` and `ward` are codes; `ward` is None where it is not known."""

    pk: int
    uuid: UUID
    name: str
    brand: str
    segment: str
    city: str
    ward: str | None
    grid125: int
    lat_e7: int
    lon_e7: int
    address: str


def shops_after(
    key: int, *, limit: int, city: str = "", ward: str = "", segment: str = ""
) -> list[ReadShop]:
    """At most so many shops that stand for themselves, by rising key, after that one."""
    kept = {"city": city, "ward": ward, "segment": segment}
    shops = Shop.objects.filter(
        pk__gt=key, merged_into=None, **{name: value for name, value in kept.items() if value}
    )
    return [ReadShop(*row) for row in shops.order_by("pk").values_list(*ReadShop._fields)[:limit]]
