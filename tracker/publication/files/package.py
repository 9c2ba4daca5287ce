"""A Data Package (v2): tables, a machine-readable description, a codebook, how to cite."""

import json
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from tracker.publication.figures.licence import LICENCE, LICENCE_URL
from tracker.publication.files.citation import Citation
from tracker.publication.files.columns import COLUMNS, Column, ColumnKind
from tracker.publication.files.csv_file import table_lines
from tracker.publication.files.languages import in_languages

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
KEY = ("period", "geo_level", "geo_code", "segment", "measure")
TITLES = {
    "adoption.csv": "Cities and wards: every month, group of shops and measure",
    "squares.csv": "Grid squares of 1 km, 500 m and 250 m at the end of the last month",
}
NOTE = Column("note", ColumnKind.TEXT, "empty, or what must be known of the row", lambda _f, _c: "")
Files = Mapping[str, tuple[Path, str]]  # name → where it lies, its SHA-256


def write_package(path: Path, files: Files, citation: Citation) -> None:
    """Write the zip. The same files give the same bytes, whenever it is written."""
    texts = {
        "datapackage.json": json.dumps(description(files, citation), ensure_ascii=False, indent=1),
        "codebook.csv": "".join(codebook()),
        "README.md": readme(citation),
        "CITATION.cff": citation.cff(),
        "LICENSE": f"{LICENCE}\n{LICENCE_URL}\n",
    }
    moment = (citation.made_on.year, citation.made_on.month, citation.made_on.day, 0, 0, 0)
    with zipfile.ZipFile(path, "x", zipfile.ZIP_DEFLATED) as archive:
        for name, text in texts.items():
            archive.writestr(_entry(name, moment), text)
        for name, (source, _sha256) in files.items():
            with source.open("rb") as file, archive.open(_entry(name, moment), "w") as target:
                while piece := file.read(1 << 20):
                    target.write(piece)


def _entry(name: str, moment: tuple[int, int, int, int, int, int]) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, moment)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def description(files: Files, citation: Citation) -> dict[str, object]:
    """datapackage.json."""
    return {
        "$schema": PROFILE,
        "name": f"noren-{citation.release}",
        "title": citation.title(),
        "description": "\n".join(citation.notes()).strip(),
        "version": citation.release,
        "created": f"{citation.made_on.isoformat()}T00:00:00Z",
        "homepage": citation.url,
        "licenses": [{"name": LICENCE, "path": LICENCE_URL}],
        "contributors": [{"title": "Noren", "roles": ["creator", "publisher"]}],
        "sources": [{"title": str(credit)} for credit in citation.credits],
        "resources": [_resource(name, *facts) for name, facts in files.items()],
    }


def _resource(name: str, path: Path, sha256: str) -> dict[str, object]:
    return {
        "name": name.removesuffix(".csv"),
        "path": name,
        "title": TITLES[name],
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{sha256}",
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": {
            "fields": [_field(column) for column in (*COLUMNS, NOTE)],
            "missingValues": [""],
            "primaryKey": list(KEY),
        },
    }


def _field(column: Column) -> dict[str, object]:
    field: dict[str, object] = {
        "name": column.name,
        "type": column.kind.value,
        "description": in_languages(column.note)["en"],
        "since": column.since,  # ours: a reader that does not know it passes over it
    }
    if column.values:
        field["categories"] = [
            {"value": value, "label": in_languages(label)["en"]}
            for value, label in column.values.items()
        ]
        field["constraints"] = {"enum": list(column.values)}
    return field


def codebook() -> Iterator[str]:
    """One line a column, and one for each value it may have, in every language."""
    languages = list(in_languages(""))
    names = ("column", "type", "value", *(f"meaning_{code}" for code in languages), "since")
    rows = []
    for column in COLUMNS:
        head = (column.name, column.kind.value)
        rows.append((*head, "", *in_languages(column.note).values(), column.since))
        for value, label in column.values.items():
            words = in_languages(label).values()
            rows.append((*head, value, *words, column.since))
    return table_lines(names, rows, for_excel=False)


def readme(citation: Citation) -> str:
    """What lies in the package, in words."""
    parts = [f"# Noren {citation.release}", *citation.notes(), "## Files"]
    parts += [f"- `{name}`: {title}" for name, title in TITLES.items()]
    parts += ["- `codebook.csv`: every column and value", "", "## Citation", *citation.lines()]
    return "\n".join(parts) + "\n"
