"""A table as lines: what each kind of reader gets, and that no text becomes a formula."""

import csv
import io
from types import SimpleNamespace
from typing import Any

import pytest

from tracker.adoption.queries import Count
from tracker.places.kinds import AreaLevel
from tracker.publication.figures.cells import Cell
from tracker.publication.files.columns import NAMES
from tracker.publication.files.csv_file import BOM, csv_lines, harmless, table_lines
from tracker.survey.measures import Measure

pytestmark = pytest.mark.once
NAMED = ("name", "number")
ROWS = [("千歳屋, 銀座", 1), ('two "quotes"', -2.5), ("", None)]
# What a spreadsheet begins a formula with, and what it trims before it looks.
SIGNS = ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠"]
BLANKS = ["", " ", "   ", "\u3000", "\u00a0", "\ufeff", "\ufeff \u3000\u00a0"]


def test_programs_get_lines_that_end_with_a_newline_and_no_mark() -> None:
    assert list(table_lines(NAMED, ROWS, for_excel=False)) == [
        "name,number\n",
        '"千歳屋, 銀座",1\n',
        '"two ""quotes""",-2.5\n',
        ",\n",
    ]


def test_excel_gets_a_mark_once_and_both_ends() -> None:
    assert list(table_lines(NAMED, ROWS, for_excel=True)) == [
        "\ufeffname,number\r\n",
        '"千歳屋, 銀座",1\r\n',
        '"two ""quotes""",-2.5\r\n',
        ",\r\n",
    ]
    assert BOM == "\ufeff"


@pytest.mark.parametrize("for_excel", [False, True])
@pytest.mark.parametrize("text", ["a\rb", "a\nb", "a\r\nb", "end\r\n", "\r\n"])
def test_an_end_of_a_line_within_a_text_begins_no_row(text: str, for_excel: bool) -> None:
    lines = "".join(table_lines(NAMED, [(text, 1), ("next", 2)], for_excel=for_excel))
    for newline in ("", None):  # a reader that takes lines as they are, and one that mends them
        rows = list(csv.reader(io.StringIO(lines.removeprefix(BOM), newline=newline)))
        assert [row[1] for row in rows] == ["number", "1", "2"]


@pytest.mark.parametrize("blank", BLANKS, ids=ascii)
@pytest.mark.parametrize("sign", SIGNS, ids=ascii)
def test_a_sign_is_taken_for_a_text_whatever_blanks_stand_before_it(blank: str, sign: str) -> None:
    for text in (f"{blank}{sign}1+1", f"{blank}{sign}"):
        assert harmless(text) == f"'{text}"
    assert harmless(f"1{blank}{sign}") == f"1{blank}{sign}"


@pytest.mark.parametrize(
    "value", [0, -1, -0.5, 1.25, None, "", " ", "'=1", "１－２", "1=1", "X=1", "~"]
)
def test_what_no_spreadsheet_runs_is_left_alone(value: str | float | None) -> None:
    assert harmless(value) == value


def lines_of(**words: Any) -> list[str]:
    """Two wards as they go over the wire."""
    wanted: Any = SimpleNamespace(
        month=24_314, segment="all", measure=Measure["ALIPAY"], as_of=None, release="2026q1-1"
    )
    cells = [
        Cell(AreaLevel.WARD, code, "中央区", "=Chuo", "中央区", Count(200, 100))
        for code in (13102, 27128)
    ]
    return list(csv_lines(wanted, cells, **words))


def figures(**words: Any) -> list[list[str]]:
    """The same as a program reads them."""
    text = "".join(lines_of(**words))
    return list(csv.reader(io.StringIO(text.removeprefix(BOM), newline="")))


@pytest.mark.parametrize(("for_excel", "mark", "end"), [(True, BOM, "0\r\n"), (False, "", "0\n")])
def test_figures_are_written_for_whom_they_are_asked(for_excel: bool, mark: str, end: str) -> None:
    lines = lines_of(for_excel=for_excel, note="10")
    assert lines[0].startswith(f"{mark}release_id,")
    assert [line.startswith(BOM) for line in lines[1:]] == [False, False]
    assert [line.endswith(end) for line in lines[1:]] == [True, True]


def test_a_file_of_figures_has_a_row_for_each_cell_under_the_names_of_its_columns() -> None:
    rows = figures(for_excel=False)
    assert rows[0] == list(NAMES)
    assert [row[NAMES.index("geo_code")] for row in rows[1:]] == ["13102", "27128"]
    assert {row[NAMES.index("geo_name_en")] for row in rows[1:]} == {"'=Chuo"}
    assert {row[NAMES.index("n_observed")] for row in rows[1:]} == {"200"}
    assert {len(row) for row in rows} == {len(NAMES)}


def test_a_note_is_a_last_column_of_every_row() -> None:
    rows = figures(for_excel=True, note="cite us")
    assert [row[-1] for row in rows] == ["note", "cite us", "cite us"]
    assert {len(row) for row in rows} == {len(NAMES) + 1}
