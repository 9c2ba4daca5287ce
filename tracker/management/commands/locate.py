"""`manage.py locate`: CSV `lat,lon[,address]` in, squares and ward out."""

import csv
import sys

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from tracker.places.grid import parent
from tracker.places.imports.rows import RowProblem, position
from tracker.places.locating import locate
from tracker.places.models import Area

COLUMNS = (
    "lat", "lon", "grid1000", "grid500", "grid250", "grid125",
    "city", "ward", "ward_source", "candidates", "doubt", "error",
)  # fmt: skip


class Command(BaseCommand):
    help = "Read lat,lon[,address] as CSV on standard input; write squares, ward and its source."

    def handle(self, *args: object, **options: object) -> None:
        if Area._meta.db_table not in connection.introspection.table_names():
            raise CommandError("The database is empty: run `manage.py migrate` first.")
        reader = csv.DictReader(sys.stdin)
        if not {"lat", "lon"} <= set(reader.fieldnames or ()):
            raise CommandError("The first line must name the columns: lat,lon or lat,lon,address")
        writer = csv.DictWriter(self.stdout, COLUMNS, lineterminator="\n")
        writer.writeheader()
        for row in reader:
            writer.writerow(_answer(row))


def _answer(row: dict[str, str]) -> dict[str, object]:
    answer: dict[str, object] = {"lat": row["lat"], "lon": row["lon"]}
    try:
        lat_e7, lon_e7 = position(row["lat"], row["lon"])
    except RowProblem as problem:
        return answer | {"error": str(problem)}
    place = locate(lat_e7, lon_e7, row.get("address") or "")
    for level in ("grid1000", "grid500", "grid250"):
        answer[level] = parent(place.grid125, level)
    return answer | {
        "grid125": place.grid125,
        "city": place.city.value if place.city else "",
        "ward": place.ward or "",
        "ward_source": place.ward_source.value,
        "candidates": " ".join(place.candidates),
        "doubt": place.doubt,
    }
