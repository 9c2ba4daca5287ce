"""CSV of the figures: one for programs, one for Excel, both safe to open."""

import csv
import io
from collections.abc import Iterable, Iterator

from tracker.publication.columns import COLUMNS, Value, row_of
from tracker.publication.figures import Cell
from tracker.publication.filters import Filter

BOM = "\ufeff"  # without it Japanese Excel reads UTF-8 as cp932
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\0", "＝", "＋", "－", "＠")


def csv_lines(
    wanted: Filter, cells: Iterable[Cell], *, for_excel: bool, note: str = ""
) -> Iterator[str]:
    """Lines of the file. `note`, where given, becomes a last column of every row."""
    names = [column.name for column in COLUMNS] + (["note"] if note else [])
    end = "\r\n" if for_excel else "\n"
    yield (BOM if for_excel else "") + _line(names, end)
    for cell in cells:
        yield _line([*row_of(wanted, cell).values(), *([note] if note else [])], end)


def _line(values: Iterable[Value], end: str) -> str:
    file = io.StringIO()
    csv.writer(file, lineterminator=end).writerow([harmless(value) for value in values])
    return file.getvalue()


def harmless(value: Value) -> Value:
    """A text that a spreadsheet would run as a formula gets an apostrophe in front."""
    if isinstance(value, str) and value.startswith(FORMULA_SIGNS):
        return f"'{value}"
    return value
