"""CSV with a header line; column names in English or Japanese."""

import csv
import io
from collections.abc import Iterator
from itertools import count
from typing import NamedTuple

from django.utils.translation import gettext as _

from tracker.errors import ImportFailed
from tracker.places.imports.rows import (
    ID_LIMIT,
    BadShopRow,
    Row,
    RowProblem,
    ShopRow,
    address_of,
    checked,
    position,
)

NAMES = {
    "lat": ("lat", "latitude", "緯度", "y"),
    "lon": ("lon", "lng", "long", "longitude", "経度", "x"),
    "name": ("name", "名称", "店名", "店舗名", "name_ja"),
    "id": ("id", "external_id", "osm_id", "@id"),
    "address": ("address", "住所", "所在地", "addr:full"),
    "postal_code": ("postal_code", "postcode", "郵便番号", "addr:postcode"),
}
TAG_COLUMNS = {"name_ja": "name:ja", "name_en": "name:en", "name_zh": "name:zh"}
DELIMITERS = ",\t;"


def read(text: str) -> Iterator[Row]:
    """Rows of the file; ImportFailed where it is empty or has no columns for the position."""
    first = text.partition("\n")[0]
    # Strict: a quotation mark that is never closed would swallow the rest of the file.
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=max(DELIMITERS, key=first.count), strict=True
    )
    header = _header(reader)
    if not any(header):
        raise ImportFailed(_("The file is empty. It needs a header line and one line per shop."))
    columns = {
        part: header.index(name)
        for part, names in NAMES.items()
        for name in reversed(names)
        if name in header
    }
    missing = [part for part in ("lat", "lon") if part not in columns]
    if missing:
        raise ImportFailed(
            _("The file has no column %(names)s. Its columns are: %(header)s.")
            % {"names": ", ".join(missing), "header": ", ".join(header)[:200]}
        )
    places = (columns["lat"], columns["lon"])
    tags = [
        (column, TAG_COLUMNS.get(name, name))
        for column, name in enumerate(header)
        if name and header.index(name) not in places
    ]
    return _rows(reader, Columns(len(header), columns, tags))


class Columns(NamedTuple):
    """Where in a line things stand."""

    number: int
    parts: dict[str, int]  # what a shop is known by → column
    tags: list[tuple[int, str]]  # column and name; one name may stand over several


def _header(reader: Iterator[list[str]]) -> list[str]:
    try:
        return [cell.strip().lower() for cell in next(reader, [])]
    except csv.Error as error:
        raise ImportFailed(_("the line cannot be read: %(why)s") % {"why": error}) from error


def _rows(reader: Iterator[list[str]], columns: Columns) -> Iterator[Row]:
    for number in count(1):
        try:
            cells = next(reader)
            if any(cells):
                yield _row(number, cells, columns)
        except StopIteration:
            return
        except csv.Error as error:  # this line only: the reader goes on with the next
            yield BadShopRow(number, _("the line cannot be read: %(why)s") % {"why": error})
        except RowProblem as problem:
            yield BadShopRow(number, str(problem))


def _row(number: int, cells: list[str], columns: Columns) -> ShopRow:
    if len(cells) != columns.number:
        raise RowProblem(
            _("%(found)s values where the header has %(expected)s")
            % {"found": len(cells), "expected": columns.number}
        )
    part = {key: checked(cells[column]) for key, column in columns.parts.items()}
    tags = {name: checked(cells[column]) for column, name in columns.tags if cells[column]}
    lat_e7, lon_e7 = position(part["lat"], part["lon"])
    key = checked(part.get("id", ""), ID_LIMIT)
    is_osm = key.split("/")[0] in ("node", "way", "relation")
    return ShopRow(
        number=number,
        name=part.get("name") or tags.get("name:ja", ""),
        lat_e7=lat_e7,
        lon_e7=lon_e7,
        osm_id=key if is_osm else "",
        external_id="" if is_osm else key,
        address=part.get("address") or address_of(tags),
        postal_code=part.get("postal_code", ""),
        tags=tags,
    )
