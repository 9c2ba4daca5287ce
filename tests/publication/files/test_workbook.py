"""The workbook as another program reads it: four sheets, every text a text, every number one."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from django.utils.translation import override

from tracker.publication.files.columns import COLUMNS, NAMES
from tracker.publication.files.xlsx_file import OPTIONS, write_row, write_xlsx

pytestmark = pytest.mark.once
LINKS = ["https://x.example/", "mailto:a@x.example", "internal:data!A1"]
NUMERALS = ["00123", "1e5", "12"]
WIDTH = len(NAMES) + 1  # with the note


def row(text: str, number: float | None) -> tuple[str | float | None, ...]:
    """Text, number, and nothing more until the note at the end."""
    return (text, number, "", None, *[None] * (WIDTH - 5), "n")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = tmp_path_factory.mktemp("book") / "adoption.xlsx"
    rows = [row(text, 0.5) for text in (*LINKS, *NUMERALS)]
    rows += [row("=1+1", -3), row("千歳屋", None)]
    write_xlsx(path, rows, notes=["one", "=two", ""], citation=["Noren 2026", "@us"])
    return openpyxl.load_workbook(path)


def values(sheet: Any) -> list[list[object]]:
    return [[cell.value for cell in line] for line in sheet.iter_rows()]


def test_the_sheets_are_data_dictionary_notes_and_how_to_cite(book: Any) -> None:
    assert book.sheetnames == ["data", "dictionary", "notes", "cite"]
    assert values(book["notes"]) == [["one"], ["'=two"]]
    assert values(book["cite"]) == [["Noren 2026"], ["'@us"]]


def test_texts_stay_texts_and_numbers_are_numbers(book: Any) -> None:
    sheet = book["data"]
    for number, text in enumerate((*LINKS, *NUMERALS), start=2):
        cell = sheet.cell(number, 1)
        assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)
    assert [sheet.cell(number, 2).value for number in range(2, 10)] == [0.5] * 6 + [-3, None]
    assert sheet.cell(8, 1).value == "'=1+1"
    assert [cell.data_type for line in sheet.iter_rows() for cell in line].count("f") == 0
    assert values(sheet)[8] == ["千歳屋", *[None] * (WIDTH - 2), "n"]


def test_the_head_of_the_data_is_bold_and_stays_in_sight(book: Any) -> None:
    sheet = book["data"]
    assert values(sheet)[0] == [*NAMES, "note"]
    assert sheet.freeze_panes == "A2"
    assert {cell.font.bold for cell in sheet[1]} == {True}
    assert {cell.font.bold for cell in sheet[2]} == {False}
    assert sheet.max_row == 9


def test_every_column_is_wide_enough_to_be_read(book: Any) -> None:
    data, words = book["data"].column_dimensions, book["dictionary"].column_dimensions
    assert (data["A"].min, data["A"].max) == (1, WIDTH)
    assert data["A"].width == pytest.approx(14, abs=1)
    assert (words["A"].min, words["A"].max, words["D"].min, words["D"].max) == (1, 3, 4, 6)
    assert words["A"].width == pytest.approx(14, abs=1)
    assert words["D"].width == pytest.approx(60, abs=1)
    for name in ("notes", "cite"):
        column = book[name].column_dimensions["A"]
        assert (column.min, column.max) == (1, 1)
        assert column.width == pytest.approx(120, abs=1)


def test_the_dictionary_says_of_every_column_and_value_what_it_is(book: Any) -> None:
    lines = values(book["dictionary"])
    assert lines[0] == ["column", "type", "value", "ja", "zh", "en", "since"]
    assert {cell.font.bold for cell in book["dictionary"][1]} == {True}
    assert {cell.font.bold for cell in book["dictionary"][2]} == {False}
    expected = []
    for column in COLUMNS:
        for value, label in (("", column.note), *column.values.items()):
            with override("en"):
                words = str(label)
            expected.append([column.name, column.kind.value, value or None, words, column.since])
    found = [[line[0], line[1], line[2], line[5], line[6]] for line in lines[1:]]
    assert found == expected
    assert {line[0]: line[3] for line in lines}["measure"] is not None
    assert all(line[3] and line[4] for line in lines)


def test_a_cell_written_by_the_general_way_is_a_text_too(tmp_path: Path) -> None:
    """`Worksheet.write` guesses what a text means; our options let it guess nothing."""
    path = tmp_path / "guess.xlsx"
    guessed = ["=1+1", "12", *LINKS]
    with xlsxwriter.Workbook(str(path), OPTIONS) as book:
        sheet = book.add_worksheet()
        for number, text in enumerate(guessed):
            sheet.write(number, 0, text)
        assert list(sheet.table) == [len(guessed) - 1]  # what went before is on the disk already
    cells = [line[0] for line in openpyxl.load_workbook(path).worksheets[0].iter_rows()]
    assert [(cell.value, cell.data_type, cell.hyperlink) for cell in cells] == [
        (text, "s", None) for text in guessed
    ]


def test_a_style_is_that_of_every_cell_of_its_row(tmp_path: Path) -> None:
    path = tmp_path / "style.xlsx"
    with xlsxwriter.Workbook(str(path), OPTIONS) as book:
        write_row(book.add_worksheet(), 0, ("a", 1), book.add_format({"bold": True}))
    assert [cell.font.bold for cell in openpyxl.load_workbook(path).worksheets[0][1]] == [True] * 2


def test_rows_go_to_the_disk_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A release has a million rows: none may wait in memory for the end of the file."""
    made: list[xlsxwriter.Workbook] = []
    waiting: list[int] = []

    class Watched(xlsxwriter.Workbook):  # type: ignore[misc]  # has no types
        def __init__(self, *words: Any) -> None:
            super().__init__(*words)
            made.append(self)

    def rows() -> Iterator[tuple[str | float | None, ...]]:
        for number in range(5):
            waiting.append(len(made[0].worksheets()[0].table))
            yield row("a", number)

    monkeypatch.setattr(xlsxwriter, "Workbook", Watched)
    write_xlsx(tmp_path / "long.xlsx", rows(), notes=[], citation=[])
    assert max(waiting) == 1


def test_a_file_is_closed_even_where_its_rows_break(tmp_path: Path) -> None:
    path = tmp_path / "broken.xlsx"

    def rows() -> Any:
        yield row("a", 1)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write_xlsx(path, rows(), notes=[], citation=[])
    assert openpyxl.load_workbook(path)["data"].max_row == 2
