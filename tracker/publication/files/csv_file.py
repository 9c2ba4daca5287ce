"""CSV of the figures: one for programs, one for Excel, both safe to open."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from tracker.publication.figures.cells import Cell
from tracker.publication.figures.filters import Filter
from tracker.publication.files.columns import NAMES, Value, values_of

BOM = "\ufeff"  # without it Japanese Excel reads UTF-8 as cp932
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")


def csv_lines(
    wanted: Filter, cells: Iterable[Cell], *, for_excel: bool, note: str = ""
) -> Iterator[str]:
    """Lines of the file. `note`, where given, becomes a last column of every row."""
    names = [*NAMES, "note"] if note else NAMES
    more = (note,) if note else ()
    rows = ((*values_of(wanted, cell), *more) for cell in cells)
    return table_lines(names, rows, for_excel=for_excel)


def table_lines(
    names: Sequence[str], rows: Iterable[Sequence[Value]], *, for_excel: bool
) -> Iterator[str]:
    """Lines of any table. For Excel: BOM and CRLF; for programs: neither."""
    end = "\r\n" if for_excel else "\n"
    yield (BOM if for_excel else "") + _line(names, end)
    for row in rows:
        yield _line(row, end)


def _line(values: Iterable[Value], end: str) -> str:
    file = io.StringIO()
    # With "\n" as its end, a lone "\r" in a text would stay unquoted, and begin a line.
    csv.writer(file, lineterminator="\r\n").writerow([harmless(value) for value in values])
    return file.getvalue().removesuffix("\r\n") + end


def harmless(value: Value) -> Value:
    """A text that a spreadsheet would run as a formula gets an apostrophe in front.

    Blanks before the sign do not make it harmless: spreadsheets trim them.
    """
    if isinstance(value, str) and value.lstrip(" \u3000\u00a0\ufeff").startswith(FORMULA_SIGNS):
        return f"'{value}"
    return value
