"""Rows of a frame out of three kinds of file. Pure but for reading the file's text.

A mark that stands for a number that is not told stays None; it is never 0, and no sum is
made with it.
"""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from tracker.frames.groups import GROUPS, group_of_jsic

MARKS = frozenset({"", "-", "‐", "－", "x", "X", "χ", "…", "***", "**", "*"})
NUMBER = re.compile(r"[0-9]{1,3}(,[0-9]{3})+|[0-9]+")
SQUARE = re.compile(r"[0-9]{8}[1-4]")
MUNICIPALITY = re.compile(r"[0-9]{5}")


class FrameRow(NamedTuple):
    """One number of the file: `level` is ward or grid500; `ward` is empty where not told."""

    line: int
    level: str
    area: str
    ward: str
    group: str
    establishments: int | None


class BadRow(NamedTuple):
    """A row that cannot be right, by its line, with the reason in plain English."""

    line: int
    reason: str


Rows = Iterator[FrameRow | BadRow]


class Unreadable(ValueError):
    """The file is not what it was taken for."""


def number_of(text: str, missing: frozenset[str] = MARKS) -> int | None:
    """`4,958` → 4958, a mark → None. ValueError for anything else."""
    value = text.strip()
    if value in missing:
        return None
    if NUMBER.fullmatch(value) is None:
        raise ValueError(f"{text!r} is not a whole number")
    return int(value.replace(",", ""))


def mesh500_rows(text: str) -> Rows:
    """Columns `mesh500`, `main_ward`, `…_est`; columns of one group are added, None stays None."""
    for line, row in _table(text, ("mesh500", "main_ward")):
        area, ward = row["mesh500"], row["main_ward"]
        if SQUARE.fullmatch(area) is None:
            yield BadRow(line, f"{area!r} is no 500 m square")
            continue
        for name, group in GROUPS.items():
            if not group.columns:
                continue
            try:
                parts = [number_of(row.get(column) or "") for column in group.columns]
            except ValueError as error:
                yield BadRow(line, str(error))
                continue
            yield FrameRow(line, "grid500", area, ward, name, _sum(parts, len(parts)))


def plain_rows(text: str) -> Rows:
    """Columns `area`, `group`, `establishments`; an area has 5 digits (ward) or 9 (square)."""
    for line, row in _table(text, ("area", "group", "establishments")):
        area, group = row["area"].strip(), row["group"].strip()
        level = _level(area)
        if level is None:
            yield BadRow(line, f"{area!r} is neither a ward nor a 500 m square")
        elif group not in GROUPS:
            yield BadRow(line, f"{group!r} is no group; known are {', '.join(GROUPS)}")
        else:
            yield _counted(FrameRow(line, level, area, "", group, None), row["establishments"])


def estat_rows(text: str, *, industry: str, only: dict[str, str], group: str) -> Rows:
    """VALUEs of a getStatsData reply.

    `industry` is the dimension that holds JSIC codes, such as `cat01`; or all rows belong to
    `group`. `only` keeps the rows with these codes, such as {"cat02": "1", "tab": "2021_01"}.
    Codes of one group are added up for an area; where one of them is not told, or not
    there, the sum is not told either.
    """
    parts: dict[tuple[str, str], dict[str, FrameRow]] = {}
    for code, row in _estat_values(_estat_data(text), industry=industry, only=only, group=group):
        if isinstance(row, BadRow):
            yield row
            continue
        told = parts.setdefault((row.area, row.group), {})
        if code in told:
            yield BadRow(row.line, f"{row.area} {code or row.group} was told before")
        else:
            told[code] = row
    for (_area, name), told in parts.items():
        needed = 1 if group else len(GROUPS[name].jsic)
        total = _sum([row.establishments for row in told.values()], needed)
        yield next(iter(told.values()))._replace(establishments=total)


def _estat_values(
    data: dict[str, Any], *, industry: str, only: dict[str, str], group: str
) -> Iterator[tuple[str, FrameRow | BadRow]]:
    """JSIC code and row of each VALUE that is asked for; no code where all are of one group."""
    marks = MARKS | {note["@char"] for note in _as_list(data.get("NOTE")) if "@char" in note}
    for line, value in enumerate(_as_list(data.get("VALUE")), start=1):
        area = str(value.get("@area", ""))
        code = "" if group else str(value.get(f"@{industry}", ""))
        name = group or group_of_jsic(code)
        if name is None or any(value.get(f"@{key}") != wanted for key, wanted in only.items()):
            continue  # not asked for, an industry we do not compare with, or a part of one
        if MUNICIPALITY.fullmatch(area) is None:
            yield code, BadRow(line, f"{area!r} is no municipality")
        else:
            row = FrameRow(line, "ward", area, "", name, None)
            yield code, _counted(row, str(value.get("$", "")), marks)


def _sum(parts: list[int | None], needed: int) -> int | None:
    """The sum of so many parts; None where one of them is missing or not told."""
    known = [part for part in parts if part is not None]
    return sum(known) if len(known) == needed else None


def _counted(row: FrameRow, text: str, marks: frozenset[str] = MARKS) -> FrameRow | BadRow:
    """The row with its number."""
    try:
        return row._replace(establishments=number_of(text, marks))
    except ValueError as error:
        return BadRow(row.line, str(error))


def _estat_data(text: str) -> dict[str, Any]:
    try:
        reply = json.loads(text)["GET_STATS_DATA"]
        if reply["RESULT"]["STATUS"] not in (0, "0"):
            raise Unreadable(f"e-Stat answered: {reply['RESULT'].get('ERROR_MSG', '')}")
        data: dict[str, Any] = reply["STATISTICAL_DATA"]["DATA_INF"]
    except (KeyError, TypeError, json.JSONDecodeError) as error:
        raise Unreadable(f"not a reply of e-Stat's getStatsData: {error!r}") from error
    return data


def _as_list(value: object) -> list[dict[str, Any]]:
    """e-Stat writes a list of one as the thing itself."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]  # type: ignore[list-item]


def _level(area: str) -> str | None:
    if MUNICIPALITY.fullmatch(area):
        return "ward"
    return "grid500" if SQUARE.fullmatch(area) else None


def _table(text: str, needed: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.DictReader(io.StringIO(text))
    missing = [name for name in needed if name not in (reader.fieldnames or ())]
    if missing:
        raise Unreadable(f"the column {missing[0]} is missing")
    for line, row in enumerate(reader, start=2):
        yield line, {key: value or "" for key, value in row.items() if isinstance(key, str)}


def kind_of(text: str) -> str:
    """Which reader a text is for: estat, mesh500 or csv."""
    if text.lstrip().startswith("{"):
        return "estat"
    return "mesh500" if "mesh500" in text.partition("\n")[0] else "csv"


READERS: dict[str, Callable[[str], Rows]] = {"mesh500": mesh500_rows, "csv": plain_rows}
KINDS = ("estat", *READERS)
