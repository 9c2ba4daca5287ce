"""What the files of a release say of a cell, each read as its own readers would."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import duckdb
import openpyxl

from tests.publication.equality.world import Asked, Figure
from tracker.months import month_from_text
from tracker.survey.measures import Measure

Value = str | int | float | None
Row = Mapping[str, Value]
Key = tuple[str, str, int, str, str]  # level, measure, month, segment, area
Told = dict[Key, Figure]
NUMBERS = ("n_observed", "n_yes", "estimate", "ci_low", "ci_high")
LETTER = {"reliable": "A", "wide": "U", "too_few": "Q", "not_surveyed": "O"}


def key_of(asked: Asked, area: str) -> Key:
    """The row of a release for an area of a map."""
    return asked.level, asked.measure, asked.month, asked.segment, area


def figure_in(row: Row) -> Figure:
    """The figure of a row, typed; its letter has to be that of its tier."""
    n, yes, share, low, high = ("" if row[name] is None else str(row[name]) for name in NUMBERS)
    figure = Figure(
        int(n),
        int(yes) if yes else None,
        float(share) if share else None,
        float(low) if low else None,
        float(high) if high else None,
        str(row["reliability"]),
    )
    assert row["obs_status"] == LETTER[figure.tier]
    no = "" if row["n_no"] is None else str(row["n_no"])
    assert no == ("" if figure.yes is None else str(figure.n - figure.yes))
    return figure


def told_by(rows: Iterable[Row]) -> Told:
    """Figures by what they are of; a row given twice is an error."""
    told: Told = {}
    for row in rows:
        month = month_from_text(str(row["period"]))
        names = (str(row[name]) for name in ("geo_level", "measure", "segment", "geo_code"))
        level, measure, segment, area = names
        key = (level, measure, month, segment, area)
        assert key not in told
        told[key] = figure_in(row)
    return told


def csv_rows(text: str) -> Iterator[Row]:
    yield from csv.DictReader(io.StringIO(text))


def released(folder: Path) -> dict[str, Told]:
    """File → what it tells. `folder` is that of a release."""
    package = zipfile.ZipFile(next(folder.glob("*.zip")))
    tables = ("adoption", "squares")
    return {
        "CSV": told_by(
            row for one in tables for row in csv_rows((folder / f"{one}.csv").read_text("utf-8"))
        ),
        "CSV for Excel": told_by(csv_rows((folder / "adoption-excel.csv").read_text("utf-8-sig"))),
        "data package": told_by(
            row for one in tables for row in csv_rows(package.read(f"{one}.csv").decode())
        ),
        "JSON": told_by(_json_rows(folder / "adoption.json")),
        "XLSX": told_by(_xlsx_rows(folder / "adoption.xlsx")),
        "GeoJSON": told_by(row for path in folder.glob("*.geojson") for row in _features(path)),
        "Parquet": told_by(_parquet_rows(folder / "adoption.parquet")),
    }


def _json_rows(path: Path) -> Iterator[Row]:
    found = json.loads(path.read_text(encoding="utf-8"))
    yield from (dict(zip(found["columns"], row, strict=True)) for row in found["rows"])


def _xlsx_rows(path: Path) -> Iterator[Row]:
    rows = openpyxl.load_workbook(path, read_only=True)["data"].iter_rows(values_only=True)
    names = [str(name) for name in next(rows)]
    yield from (dict(zip(names, row, strict=True)) for row in rows)


def _features(path: Path) -> Iterator[Row]:
    """One row for each measure of a feature."""
    names = (*NUMBERS, "n_no", "reliability", "obs_status")
    for feature in json.loads(path.read_text(encoding="utf-8"))["features"]:
        facts = feature["properties"]
        assert feature["id"] == facts["geo_code"]
        for measure in Measure.values:
            figures = {name: facts[f"{measure}_{name}"] for name in names}
            yield facts | figures | {"measure": measure}


def _parquet_rows(path: Path) -> Iterator[Row]:
    found = duckdb.connect().execute("SELECT * FROM read_parquet(?)", [str(path)])
    names = [column[0] for column in found.description or []]
    yield from (dict(zip(names, row, strict=True)) for row in found.fetchall())
