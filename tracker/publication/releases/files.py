"""The files of a release, written into a folder and flushed to the disk."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from tracker.places.kinds import AreaLevel
from tracker.publication.files.citation import Citation
from tracker.publication.files.columns import COLUMNS, NAMES, ColumnKind, Value, values_of
from tracker.publication.files.csv_file import table_lines
from tracker.publication.files.geojson_file import geojson_pieces
from tracker.publication.files.json_file import json_pieces
from tracker.publication.files.package import write_package
from tracker.publication.files.table import SQUARES, FileTable, Row
from tracker.publication.files.xlsx_file import write_xlsx
from tracker.survey.measures import Measure

CSV, JSON, GEOJSON = "text/csv; charset=utf-8", "application/json", "application/geo+json"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"
PARQUET = "application/vnd.apache.parquet"
HAS_PARQUET = find_spec("pyarrow") is not None  # see requirements-parquet.txt
CHUNK = 1 << 20


class FileFacts(NamedTuple):
    """What is known of a file once it is written."""

    name: str
    content_type: str
    size_bytes: int
    sha256: str
    rows: int


@dataclass
class Writing:
    """One release on its way into a folder. `tell` is called after each file."""

    folder: Path
    table: FileTable
    citation: Citation
    note: str  # in every row; that the data are invented, or ""
    tell: Callable[[], None]
    done: list[FileFacts] = field(default_factory=list)

    def all(self) -> list[FileFacts]:
        """Write every file; the package, made of some of them, comes last."""
        for write in STEPS:
            write(self)
            self.tell()
        return self.done

    def values(self, rows: Iterable[Row]) -> Iterator[Sequence[Value]]:
        return ((*values_of(question, cell), self.note) for question, cell in rows)

    def text(self, name: str, kind: str, pieces: Iterable[str], rows: int) -> None:
        with (self.folder / name).open("x", encoding="utf-8", newline="") as file:
            file.writelines(pieces)
        self.keep(name, kind, rows)

    def keep(self, name: str, kind: str, rows: int) -> None:
        """Flush a written file to the disk, forbid writing, and note what it is."""
        path = self.folder / name
        with path.open("rb") as file:
            os.fsync(file.fileno())
        path.chmod(0o444)
        self.done.append(FileFacts(name, kind, path.stat().st_size, sha256_of(path), rows))


def sha256_of(path: Path) -> str:
    """Of a file of any size."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            digest.update(piece)
    return digest.hexdigest()


def _csv(writing: Writing) -> None:
    values = writing.values(writing.table.rows())
    lines = table_lines((*NAMES, "note"), values, for_excel=False)
    writing.text("adoption.csv", CSV, lines, writing.table.number_of_rows)


def _csv_for_excel(writing: Writing) -> None:
    values = writing.values(writing.table.rows())
    lines = table_lines((*NAMES, "note"), values, for_excel=True)
    writing.text("adoption-excel.csv", CSV, lines, writing.table.number_of_rows)


def _squares(writing: Writing) -> None:
    rows = list(writing.table.squares())
    lines = table_lines((*NAMES, "note"), writing.values(rows), for_excel=False)
    writing.text("squares.csv", CSV, lines, len(rows))


def _json(writing: Writing) -> None:
    head: dict[str, object] = dict(writing.citation.head())
    values = writing.values(writing.table.rows())
    pieces = json_pieces(head, (*NAMES, "note"), values)
    writing.text("adoption.json", JSON, pieces, writing.table.number_of_rows)


def _xlsx(writing: Writing) -> None:
    write_xlsx(
        writing.folder / "adoption.xlsx",
        writing.values(writing.table.rows()),
        notes=writing.citation.notes(),
        citation=writing.citation.lines(),
    )
    writing.keep("adoption.xlsx", XLSX, writing.table.number_of_rows)


def _parquet(writing: Writing) -> None:
    """Out of the CSV for programs, by a program of its own."""
    kinds = {column.name: column.kind.value for column in COLUMNS} | {"note": ColumnKind.TEXT.value}
    source, target = writing.folder / "adoption.csv", writing.folder / "adoption.parquet"
    program = [sys.executable, "-m", "tracker.publication.files.parquet_file"]
    words = [str(source), str(target), json.dumps(kinds)]
    subprocess.run([*program, *words], check=True, cwd=settings.BASE_DIR)
    writing.keep(target.name, PARQUET, writing.table.number_of_rows)


def _geojson(level: AreaLevel) -> Callable[[Writing], None]:
    def write(writing: Writing) -> None:
        areas = len(writing.table.areas(level))
        pieces = geojson_pieces(writing.table, level, dict(writing.citation.head()))
        writing.text(f"{level.value}.geojson", GEOJSON, pieces, areas * len(Measure))

    return write


def _package(writing: Writing) -> None:
    name = f"noren-{writing.table.release}.zip"
    files = [file for file in writing.done if file.name in ("adoption.csv", "squares.csv")]
    write_package(
        writing.folder / name,
        {file.name: (writing.folder / file.name, file.sha256) for file in files},
        writing.citation,
    )
    writing.keep(name, ZIP, sum(file.rows for file in files))


def steps(*, has_parquet: bool) -> tuple[Callable[[Writing], None], ...]:
    """Each writes one file, in this order."""
    return (
        _csv,
        _csv_for_excel,
        _squares,
        _json,
        _xlsx,
        *((_parquet,) if has_parquet else ()),
        _geojson(AreaLevel.WARD),
        *(_geojson(level) for level in SQUARES),
        _package,
    )


STEPS = steps(has_parquet=HAS_PARQUET)
