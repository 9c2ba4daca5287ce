"""A figure is the same in every file of a release, on the page and in the API."""

import csv
import io
import json
import random
import zipfile
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from django.test import Client

from tests.publication.town import LAST, SQUARES, count_a_town
from tracker import __version__
from tracker.adoption.models import AdoptionCount, CountSnapshot
from tracker.months import month_text
from tracker.publication.files.citation import Citation
from tracker.publication.files.columns import COLUMNS, FIRST_VERSION, NAMES, ColumnKind
from tracker.publication.files.table import table_of
from tracker.publication.releases import files
from tracker.publication.releases.files import STEPS, Writing
from tracker.survey.measures import Measure

pytestmark = [pytest.mark.django_db, pytest.mark.slow(20)]
KEY = ("period", "geo_level", "geo_code", "segment", "measure")
FIGURES = [column.name for column in COLUMNS if column.is_figure]
KINDS = {column.name: column.kind for column in COLUMNS}
CITATION = Citation("2026q1-1", date(2026, 4, 9), "https://example.org/data/2026q1-1/", ("MLIT",))
Rows = dict[tuple[str, ...], dict[str, Any]]


@pytest.fixture(scope="module")
def folder(made_once: Path) -> Path:
    count_a_town()
    table = table_of(release="2026q1-1", last_month=LAST)
    done = Writing(made_once, table, CITATION, "", lambda: None).all()
    assert len(done) == len(STEPS)
    return made_once


def typed(row: dict[str, str]) -> dict[str, Any]:
    """A row of a CSV with the types that the dictionary promises."""
    kinds = {ColumnKind.TEXT: str, ColumnKind.WHOLE: int, ColumnKind.NUMBER: float}
    return {
        name: None
        if text == "" and KINDS[name] is not ColumnKind.TEXT
        else kinds[KINDS[name]](text)
        for name, text in row.items()
        if name in KINDS
    }


def keyed(rows: Iterator[dict[str, Any]]) -> Rows:
    return {tuple(str(row[name]) for name in KEY): row for row in rows}


def from_csv(text: str) -> Rows:
    return keyed(typed(row) for row in csv.DictReader(io.StringIO(text)))


@cache
def from_json(path: Path) -> Rows:
    found = json.loads(path.read_text(encoding="utf-8"))
    return keyed(dict(zip(found["columns"], row, strict=True)) for row in found["rows"])


@cache
def from_xlsx(path: Path) -> Rows:
    book = openpyxl.load_workbook(path, read_only=True)
    rows = book["data"].iter_rows(values_only=True)
    names = [str(name) for name in next(rows)]
    found = (dict(zip(names, row, strict=True)) for row in rows)
    return keyed({k: "" if v is None and KINDS.get(k, ColumnKind.TEXT) is ColumnKind.TEXT else v
                  for k, v in row.items()} for row in found)  # fmt: skip


def from_geojson(path: Path) -> Rows:
    found = json.loads(path.read_text(encoding="utf-8"))
    rows = []
    for feature in found["features"]:
        facts = feature["properties"]
        for measure in Measure:
            figures = {name: facts[f"{measure.value}_{name}"] for name in FIGURES}
            rows.append(facts | figures | {"measure": measure.value})
    return keyed(iter(rows))


@cache
def from_parquet(path: Path) -> Rows:
    found = duckdb.connect().execute("SELECT * FROM read_parquet(?)", [str(path)])
    names = [column[0] for column in found.description or []]
    return keyed(dict(zip(names, row, strict=True)) for row in found.fetchall())


def figures(row: dict[str, Any]) -> list[Any]:
    return [row[name] for name in FIGURES]


def test_a_thousand_cells_are_equal_in_every_file(folder: Path) -> None:
    rows = from_csv((folder / "adoption.csv").read_text(encoding="utf-8"))
    excel = (folder / "adoption-excel.csv").read_text(encoding="utf-8-sig")
    package = zipfile.ZipFile(folder / "noren-2026q1-1.zip").read("adoption.csv").decode()
    others = [
        from_csv(excel),
        from_csv(package),
        from_json(folder / "adoption.json"),
        from_xlsx(folder / "adoption.xlsx"),
        from_parquet(folder / "adoption.parquet"),
    ]
    assert [set(other) for other in others] == [set(rows)] * len(others)
    for key in random.Random(1).sample(sorted(rows), 1000):
        for other in others:
            assert [other[key][name] for name in NAMES] == [rows[key][name] for name in NAMES]


@pytest.mark.parametrize("level", ["ward", *SQUARES])
def test_the_last_month_is_equal_on_every_map(folder: Path, level: str) -> None:
    file = "adoption.csv" if level == "ward" else "squares.csv"
    rows = from_csv((folder / file).read_text(encoding="utf-8"))
    drawn = from_geojson(folder / f"{level}.geojson")
    wanted = {
        key: row
        for key, row in rows.items()
        if (key[0], key[1], key[3]) == (month_text(LAST), level, "all")
    }
    assert set(drawn) == set(wanted)
    assert len(drawn) >= 2 * len(Measure)
    for key, row in wanted.items():
        assert figures(drawn[key]) == figures(row)


@pytest.mark.parametrize("measure", [measure.value for measure in Measure])
def test_the_release_says_what_page_and_api_say(folder: Path, client: Client, measure: str) -> None:
    rows = from_csv((folder / "adoption.csv").read_text(encoding="utf-8"))
    month = month_text(LAST)
    query = f"?city=kyoto&measure={measure}&month={month}"
    page = client.get(f"/map{query}").content.decode()
    answers = client.get(f"/api/v1/adoption/{query}").json()["results"]
    assert len(answers) == 11
    for answer in answers:
        key = (month, "ward", answer["geo_code"], "all", measure)
        assert figures(answer) == figures(rows[key])
        cells = page.split(f'data-code="{answer["geo_code"]}"')[-1].split("</tr>")[0]
        assert f"<td>{rows[key]['n_observed']}</td>" in cells
        if rows[key]["estimate"] is not None:
            yes, observed = rows[key]["n_yes"], rows[key]["n_observed"]
            whole = (200 * yes + observed) // (2 * observed)  # half a per cent rounded up
            assert f"<td>{whole}%</td>" in cells


def test_what_is_not_known_is_empty_and_never_zero(folder: Path) -> None:
    for rows in (
        from_json(folder / "adoption.json"),
        from_xlsx(folder / "adoption.xlsx"),
        from_parquet(folder / "adoption.parquet"),
    ):
        hidden = [row for row in rows.values() if row["obs_status"] in ("Q", "O")]
        assert len(hidden) > 1000
        empty = {
            (row["n_yes"], row["n_no"], row["estimate"], row["ci_low"], row["ci_high"])
            for row in hidden
        }
        assert empty == {(None,) * 5}
        told = [row for row in rows.values() if row["obs_status"] in ("A", "U")]
        assert all(row["ci_low"] <= row["estimate"] <= row["ci_high"] for row in told)


def test_yes_and_no_are_all_that_was_observed(folder: Path) -> None:
    rows = from_csv((folder / "adoption.csv").read_text(encoding="utf-8")).values()
    told = [row for row in rows if row["estimate"] is not None]
    assert len(told) > 1000
    assert all(row["n_yes"] + row["n_no"] == row["n_observed"] for row in told)
    assert {row["n_no"] for row in rows if row["estimate"] is None} == {None}


def test_every_column_says_since_which_version_it_is_there(folder: Path) -> None:
    archive = zipfile.ZipFile(folder / "noren-2026q1-1.zip")
    package = json.loads(archive.read("datapackage.json"))
    book = csv.DictReader(io.StringIO(archive.read("codebook.csv").decode()))
    known = {column.name: column.since for column in COLUMNS}
    assert {row["column"]: row["since"] for row in book} == known
    for resource in package["resources"]:
        told = {one["name"]: one["since"] for one in resource["schema"]["fields"]}
        assert told == known | {"note": FIRST_VERSION}
    assert max(map(numbers, known.values())) <= numbers(__version__)
    sheet = openpyxl.load_workbook(folder / "adoption.xlsx", read_only=True)["dictionary"]
    assert {row[0]: row[-1] for row in sheet.iter_rows(min_row=2, values_only=True)} == known


def numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def test_parquet_is_an_extra() -> None:
    with_it, without = files.steps(has_parquet=True), files.steps(has_parquet=False)
    assert len(with_it) == len(without) + 1
    assert len(STEPS) == len(with_it)  # the test tools bring pyarrow


def test_the_package_describes_its_tables(folder: Path) -> None:
    archive = zipfile.ZipFile(folder / "noren-2026q1-1.zip")
    found = json.loads(archive.read("datapackage.json"))
    assert found["version"] == "2026q1-1"
    for resource in found["resources"]:
        header = archive.read(resource["path"]).decode().splitlines()[0].split(",")
        assert [one["name"] for one in resource["schema"]["fields"]] == header
        assert resource["bytes"] == archive.getinfo(resource["path"]).file_size
    assert "2026q1-1" in archive.read("CITATION.cff").decode()


def test_the_same_release_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    again.mkdir()
    table = table_of(release="2026q1-1", last_month=LAST)
    Writing(again, table, CITATION, "", lambda: None).all()
    for path in again.iterdir():
        if path.suffix != ".xlsx":  # a workbook holds the moment at which it was made
            assert path.read_bytes() == (folder / path.name).read_bytes(), path.name


def test_files_are_made_in_every_language_of_their_readers(folder: Path) -> None:
    book = zipfile.ZipFile(folder / "noren-2026q1-1.zip").read("codebook.csv").decode()
    names = next(csv.reader(io.StringIO(book)))
    languages = ["meaning_ja", "meaning_zh", "meaning_en"]
    assert names == ["column", "type", "value", *languages, "since"]
    rows = list(csv.DictReader(io.StringIO(book)))
    assert {row["column"] for row in rows} == set(NAMES)
    cafe = next(row for row in rows if row["value"] == "cafe")
    assert len({cafe["meaning_ja"], cafe["meaning_zh"], cafe["meaning_en"]}) == 3


def test_a_release_before_anything_was_counted_is_empty_and_whole(
    made_once: Path, tmp_path: Path
) -> None:
    AdoptionCount.objects.all().delete()
    CountSnapshot.objects.all().delete()
    table = table_of(release="2026q1-1", last_month=LAST)
    done = Writing(tmp_path, table, CITATION, "", lambda: None).all()
    rows = from_csv((tmp_path / "adoption.csv").read_text(encoding="utf-8"))
    assert {row["obs_status"] for row in rows.values()} == {"O"}
    assert len(done) == len(STEPS)
