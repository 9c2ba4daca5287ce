"""What a reader hands over: a row of a shop, or a row that cannot be one."""

import csv
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from unicodedata import normalize

from django.utils.translation import gettext as _

from tracker.places.grid import e7
from tracker.places.matching import fold

JAPAN_LAT, JAPAN_LON = (20, 46), (122, 154)  # degrees
TEXT_LIMIT = 300  # characters of one value; longer ones are no names or addresses
# One cell may be large, and is then refused by name; the default limit ends the whole file.
csv.field_size_limit(1_000_000)
ID_LIMIT = 100  # as wide as Source.external_id
_ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=False)


@dataclass(frozen=True)
class ShopRow:
    """One shop as a file tells it. `osm_id` is "node/1", `external_id` the file's own key."""

    number: int
    name: str
    lat_e7: int
    lon_e7: int
    osm_id: str = ""
    external_id: str = ""
    address: str = ""
    postal_code: str = ""
    tags: dict[str, str] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """Of everything read: equal means nothing has changed since the last import."""
        covered = [self.name, self.lat_e7, self.lon_e7, self.address, self.postal_code, self.tags]
        return hashlib.sha256(_ENCODER.encode(covered).encode()).hexdigest()

    @property
    def key(self) -> str:
        """The row's identity where the file gives it none: its name and its place."""
        text = f"{fold(self.name)}|{self.lat_e7}|{self.lon_e7}"
        return f"row:{hashlib.sha256(text.encode()).hexdigest()[:32]}"


@dataclass(frozen=True)
class BadShopRow:
    number: int
    reason: str


Row = ShopRow | BadShopRow


class RowProblem(Exception):
    """This row cannot be a shop; the text is the reason."""


def position(lat: object, lon: object) -> tuple[int, int]:
    """Both coordinates in 1e-7 degrees; RowProblem where they cannot be in Japan."""
    try:
        north, east = (Decimal(normalize("NFKC", str(value)).strip()) for value in (lat, lon))
    except InvalidOperation:
        raise RowProblem(_("latitude or longitude is not a number")) from None
    if not (north.is_finite() and east.is_finite()):
        raise RowProblem(_("latitude or longitude is not a number"))
    if _in(north, JAPAN_LAT) and _in(east, JAPAN_LON):
        return e7(north), e7(east)
    if _in(east, JAPAN_LAT) and _in(north, JAPAN_LON):
        raise RowProblem(_("latitude and longitude look swapped"))
    raise RowProblem(_("the position is not in Japan"))


def _in(value: Decimal, limits: tuple[int, int]) -> bool:
    return limits[0] <= value <= limits[1]


def checked(value: object, limit: int = TEXT_LIMIT) -> str:
    """A text value without control characters; RowProblem where it is far too long."""
    text = "" if value is None else str(value)
    if len(text) > limit:
        raise RowProblem(_("a value is longer than %(limit)s characters") % {"limit": limit})
    if not text.isprintable():
        text = "".join(sign for sign in text if sign.isprintable())
    return text.strip()


def address_of(tags: dict[str, str]) -> str:
    """OSM's address tags in Japanese order."""
    if tags.get("addr:full"):
        return tags["addr:full"]
    parts = (
        "province",
        "city",
        "suburb",
        "quarter",
        "neighbourhood",
        "block_number",
        "housenumber",
    )
    return "".join(tags.get(f"addr:{part}", "") for part in parts)


def each_row(items: Iterable[object], read: Callable[[int, object], ShopRow]) -> Iterator[Row]:
    """Read the items one by one; one that cannot be read becomes a bad row with its number."""
    for number, item in enumerate(items, start=1):
        try:
            yield read(number, item)
        except RowProblem as problem:
            yield BadShopRow(number, str(problem))


def row_of_tags(
    number: int,
    tags: dict[str, str],
    place: tuple[int, int],
    *,
    osm_id: str = "",
    external_id: str = "",
) -> ShopRow:
    """A shop as OSM's tags tell it; `place` in 1e-7 degrees."""
    return ShopRow(
        number=number,
        name=tags.get("name") or tags.get("name:ja") or tags.get("brand", ""),
        lat_e7=place[0],
        lon_e7=place[1],
        osm_id=osm_id,
        external_id=external_id,
        address=address_of(tags),
        postal_code=tags.get("addr:postcode", ""),
        tags=tags,
    )
