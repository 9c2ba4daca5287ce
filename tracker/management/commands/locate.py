"""`manage.py locate`: CSV `lat,lon[,address]` in, squares and ward out."""

import csv
import io
import sys
from collections.abc import Iterator
from decimal import Decimal
from unicodedata import normalize

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils.translation import gettext as _

from tracker.places.grid import grid125_exact, parent
from tracker.places.imports.rows import RowProblem, position
from tracker.places.locating import locate
from tracker.places.models import Area
from tracker.places.squares import are_missing

COLUMNS = (
    "lat", "lon", "grid1000", "grid500", "grid250", "grid125",
    "city", "ward_code", "ward_source", "candidates", "doubt", "error",
)  # fmt: skip


class Command(BaseCommand):
    help = "Read lat,lon[,address] as CSV on standard input; write squares, ward and its source."

    def handle(self, *args: object, **options: object) -> None:
        if Area._meta.db_table not in connection.introspection.table_names():
            raise CommandError("The database is empty: run `manage.py migrate` first.")
        if isinstance(sys.stdin, io.TextIOWrapper):
            sys.stdin.reconfigure(encoding="utf-8-sig", errors="surrogateescape")
        reader = csv.DictReader(sys.stdin)
        if not {"lat", "lon"} <= set(reader.fieldnames or ()):
            raise CommandError("The first line must name the columns: lat,lon or lat,lon,address")
        if are_missing():
            self.stderr.write("The list of 1 km squares is missing (npm ci): fewer wards are known")
        writer = csv.DictWriter(self.stdout, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(_answers(reader))


def _answers(reader: Iterator[dict[str, str]]) -> Iterator[dict[str, object]]:
    """One answer to each line, whatever is in it."""
    while True:
        try:
            yield _answer(next(reader))
        except StopIteration:
            return
        except csv.Error as error:
            yield {"error": _("the line cannot be read: %(why)s") % {"why": error}}


def _answer(row: dict[str, str]) -> dict[str, object]:
    address, problem = row.get("address") or "", ""
    if not address.isascii() and not _is_utf8(address):
        address, problem = "", _("the address is not UTF-8 and was not used")
    answer: dict[str, object] = {
        "lat": _shown(row["lat"]),
        "lon": _shown(row["lon"]),
        "error": problem,
    }
    try:
        lat_e7, lon_e7 = position(row["lat"], row["lon"])
    except RowProblem as reason:
        return answer | {"error": str(reason)}
    place = locate(lat_e7, lon_e7, address)
    square = _square(row)
    for level in ("grid1000", "grid500", "grid250"):
        answer[level] = parent(square, level)
    return answer | {
        "grid125": square,
        "city": place.city.value if place.city else "",
        "ward_code": place.ward or "",
        "ward_source": place.ward_source.value,
        "candidates": " ".join(place.candidates),
        "doubt": place.doubt,
    }


def _square(row: dict[str, str]) -> int:
    """The 125 m square of the numbers as written, whatever their decimals; position() read them."""
    lat, lon = (Decimal(normalize("NFKC", row[name]).strip()) for name in ("lat", "lon"))
    return grid125_exact(lat, lon)


def _is_utf8(text: str) -> bool:
    """Bytes that were no UTF-8 stand in the text as lone surrogates."""
    return text == _shown(text)


def _shown(text: str | None) -> str:
    """The text with a question mark for each byte that was no UTF-8."""
    return (text or "").encode("utf-8", "replace").decode()
