"""Opens a shop file: finds its encoding and its format, or says why it cannot be read."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from tracker.errors import ImportFailed
from tracker.places.imports import csv_rows, geojson_rows, overpass_rows
from tracker.places.imports.rows import Row

MAX_BYTES = 300_000_000
FORMATS = ("geojson", "csv", "overpass")


@dataclass
class ShopFile:
    """A file that could be read: its rows in order, and what was assumed on the way."""

    rows: Iterator[Row]
    total: int  # rows at most, for the progress
    notes: list[str] = field(default_factory=list)


def open_shop_file(path: Path, format_name: str = "") -> ShopFile:
    """Read a GeoJSON, Overpass JSON or CSV file; ImportFailed if nothing can be read."""
    text, notes = _text(path)
    kind = format_name or _guess(path, text)
    if kind == "csv":
        return ShopFile(csv_rows.read(text), text.count("\n"), notes)
    document = _json(path, text)
    readers: dict[str, Callable[[object], Iterator[Row]]] = {
        "geojson": geojson_rows.read,
        "overpass": overpass_rows.read,
    }
    if not format_name and isinstance(document, dict) and "elements" in document:
        kind = "overpass"
    return ShopFile(readers[kind](document), _length(document), notes)


def _length(document: object) -> int:
    lists = document.values() if isinstance(document, dict) else ()
    return max((len(items) for items in lists if isinstance(items, list)), default=0)


def _text(path: Path) -> tuple[str, list[str]]:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ImportFailed(_("%(file)s is larger than 300 MB.") % {"file": path.name})
        data = path.read_bytes()
    except OSError as error:
        raise ImportFailed(
            _("%(file)s cannot be opened: %(why)s.") % {"file": path.name, "why": error.strerror}
        ) from error
    if b"\0" in data:
        raise ImportFailed(
            _(
                "%(file)s is not a text file: line %(line)s contains a zero byte. Give a "
                "CSV, GeoJSON or Overpass JSON file."
            )
            % {"file": path.name, "line": _line_of(data, data.index(b"\0"))}
        )
    return _decoded(path, data)


def _line_of(data: bytes, position: int) -> int:
    return data.count(b"\n", 0, position) + 1


def _decoded(path: Path, data: bytes) -> tuple[str, list[str]]:
    line = 0
    for encoding, note in (
        ("utf-8-sig", ""),
        ("cp932", _("The file is not UTF-8; it was read as cp932 (Shift_JIS).")),
    ):
        try:
            return data.decode(encoding), [note] if note else []
        except UnicodeDecodeError as error:
            line = max(line, _line_of(data, error.start))
    raise ImportFailed(
        _(
            "%(file)s is neither UTF-8 nor cp932: line %(line)s cannot be read. "
            "Save it as UTF-8 and try again."
        )
        % {"file": path.name, "line": line}
    )


def _guess(path: Path, text: str) -> str:
    return "csv" if path.suffix.lower() in (".csv", ".txt", ".tsv") else _by_first(text)


def _by_first(text: str) -> str:
    return "geojson" if text.lstrip()[:1] in ("{", "[") else "csv"


def _json(path: Path, text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:  # ValueError: a number of 4,300 digits too
        raise ImportFailed(
            _("%(file)s is not complete JSON: %(why)s.") % {"file": path.name, "why": error}
        ) from error
