"""CSV of the figures: one for programs, one for Excel, both safe to open."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from tracker.publication.figures.cells import Cell
from tracker.publication.figures.filters import Filter
from tracker.publication.files.columns import NAMES, Value, values_of

BOM = "\ufeff"  # without it Japanese Excel reads UTF-8 as cp932
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
BLANKS = " \u3000\u00a0\ufeff"
SUSPECT = frozenset((*FORMULA_SIGNS, *BLANKS))


class _Handed:
    """What `csv.writer` writes into: it gets the line back."""

    def write(self, line: str) -> str:
        return line


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
    # With "\n" as its end, a lone "\r" in a text would stay unquoted, and begin a line.
    line = csv.writer(_Handed(), lineterminator="\r\n").writerow
    start = BOM if for_excel else ""
    for row in chain([names], rows):
        written: str = line([harmless(value) for value in row])
        yield start + written.removesuffix("\r\n") + end
        start = ""


def harmless(value: Value) -> Value:
    """A text that a spreadsheet would run as a formula gets an apostrophe in front.

    Blanks before the sign do not make it harmless: spreadsheets trim them.
    """
    if not isinstance(value, str) or value[:1] not in SUSPECT:
        return value  # nearly all of a million values
    return f"'{value}" if value.lstrip(BLANKS).startswith(FORMULA_SIGNS) else value
