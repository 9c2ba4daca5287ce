"""A workbook: the data, the dictionary, notes, how to cite. Every text stays a text."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from tracker.publication.files.columns import COLUMNS, NAMES, Value
from tracker.publication.files.csv_file import harmless
from tracker.publication.files.languages import in_languages

# No text becomes a formula, a number or a link by itself; rows go to the disk one by one.
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
WIDE, WIDER = 14, 60  # characters


def write_xlsx(
    path: Path, rows: Iterable[Sequence[Value]], *, notes: Sequence[str], citation: Sequence[str]
) -> None:
    """Write the file. `notes` and `citation` are lines of their own sheets."""
    book = xlsxwriter.Workbook(str(path), OPTIONS)
    try:
        bold = book.add_format({"bold": True})
        data = book.add_worksheet("data")
        data.freeze_panes(1, 0)
        data.set_column(0, len(NAMES), WIDE)
        write_row(data, 0, (*NAMES, "note"), bold)
        for number, row in enumerate(rows, start=1):
            write_row(data, number, row)
        _dictionary(book.add_worksheet("dictionary"), bold)
        _lines(book.add_worksheet("notes"), notes)
        _lines(book.add_worksheet("cite"), citation)
    finally:
        book.close()


def write_row(sheet: Worksheet, number: int, values: Sequence[Value], style: object = None) -> None:
    """One row of a sheet: texts made harmless, empty cells left out."""
    for place, value in enumerate(values):
        if isinstance(value, str):
            if value:
                sheet.write_string(number, place, str(harmless(value)), style)
        elif value is not None:
            sheet.write_number(number, place, value, style)


def _dictionary(sheet: Worksheet, bold: object) -> None:
    """Column, type and value, and what they mean in every language."""
    languages = list(in_languages(""))
    sheet.set_column(0, 2, WIDE)
    sheet.set_column(3, 2 + len(languages), WIDER)
    write_row(sheet, 0, ("column", "type", "value", *languages, "since"), bold)
    number = 0
    for column in COLUMNS:
        for value, label in (("", column.note), *column.values.items()):
            number += 1
            words = in_languages(label).values()
            write_row(sheet, number, (column.name, column.kind.value, value, *words, column.since))


def _lines(sheet: Worksheet, lines: Sequence[str]) -> None:
    sheet.set_column(0, 0, 2 * WIDER)
    for number, line in enumerate(lines):
        write_row(sheet, number, (line,))
