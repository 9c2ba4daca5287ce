"""The rows of an extract as a workbook: the rows, the dictionary, what may be done with them."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from tracker.publication.extracts.columns import COLUMNS
from tracker.publication.files.languages import in_languages
from tracker.publication.files.xlsx_file import OPTIONS, WIDE, WIDER, write_row

MOST_ROWS = 1_000_000  # a sheet has room for 1,048,576
STEP = 5_000  # rows between two words of progress
WIDTHS = {"shop_key": 20, "segment": 18, "outcome": 16}  # characters


class TooManyRows(Exception):
    """More visits were approved meanwhile than a sheet has room for."""


def write_workbook(
    path: Path, pieces: Iterable[bytes], *, notes: Sequence[str], tell: Callable[[int], None]
) -> int:
    """Write the file; returns its rows without the header. `tell` is given the rows so far.

    `pieces` are those of a CSV. What does not fit into memory lies beside the file meanwhile.
    """
    book = xlsxwriter.Workbook(str(path), {**OPTIONS, "tmpdir": str(path.parent)})
    bold = book.add_format({"bold": True})
    rows = _write_rows(book.add_worksheet("visits"), pieces, bold, tell)
    _write_dictionary(book.add_worksheet("dictionary"), bold)
    sheet = book.add_worksheet("notes")
    sheet.set_column(0, 0, 2 * WIDER)
    for number, note in enumerate(notes):
        write_row(sheet, number, (note,))
    book.close()
    return rows


def _write_rows(
    sheet: Worksheet, pieces: Iterable[bytes], bold: object, tell: Callable[[int], None]
) -> int:
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(COLUMNS):
        sheet.set_column(place, place, WIDTHS.get(column.name, WIDE))
    number = 0
    for number, row in enumerate(csv.reader(_lines(pieces))):
        if number > MOST_ROWS:
            raise TooManyRows
        for place, cell in enumerate(row):  # codes, and always texts: none becomes a formula
            if cell:
                sheet.write_string(number, place, cell, None if number else bold)
        if number % STEP == 0:
            tell(number)
    return number


def _lines(pieces: Iterable[bytes]) -> Iterator[str]:
    """A piece may end anywhere in a line."""
    rest = b""
    for piece in pieces:
        *whole, rest = (rest + piece).split(b"\n")
        yield from (line.decode() for line in whole)


def _write_dictionary(sheet: Worksheet, bold: object) -> None:
    """Column and value, and what they mean in every language."""
    languages = list(in_languages(""))
    sheet.set_column(0, 1, WIDE)
    sheet.set_column(2, 1 + len(languages), WIDER)
    write_row(sheet, 0, ("column", "value", *languages), bold)
    number = 0
    for column in COLUMNS:
        for value, label in (("", column.note), *column.values.items()):
            number += 1
            write_row(sheet, number, (column.name, value, *in_languages(label).values()))
