"""Map data say of a square what files and table say, and nothing where nothing may be told."""

import json
from typing import Any

import pytest

from tracker.adoption.queries import Count
from tracker.places.atlas.cities import City
from tracker.places.grid import bounds
from tracker.places.kinds import AreaLevel
from tracker.publication.cache.map_data import map_data_of
from tracker.publication.drawing.scene import fill_of
from tracker.publication.figures.cells import Cell
from tracker.publication.figures.filters import Filter
from tracker.publication.files.columns import row_of
from tracker.survey.measures import Measure
from tracker.web.explore.shares import share_cells

pytestmark = pytest.mark.once
CODE = {AreaLevel.GRID1000: 53394601, AreaLevel.GRID500: 533946013, AreaLevel.GRID250: 5339460134}
COUNTS = [(observed, yes) for observed in (1, 9, 10, 16, 24, 96, 1234) for yes in range(observed)]


def shown(level: AreaLevel = AreaLevel.GRID250) -> Filter:
    return Filter(City["TOKYO"], Measure["ALIPAY"], level, 24_300, "all")


def square(observed: int, yes: int, level: AreaLevel = AreaLevel.GRID250) -> Cell:
    return Cell(level, CODE[level], "", "", "", Count(observed, yes))


def read(wanted: Filter, cells: list[Cell]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    found = json.loads(map_data_of(wanted, cells))
    return found, [dict(zip(found["columns"], row, strict=True)) for row in found["rows"]]


def test_every_figure_is_that_of_the_files_and_of_the_table() -> None:
    cells = [square(observed, yes) for observed, yes in COUNTS]
    _head, rows = read(shown(), cells)
    for cell, row in zip(cells, rows, strict=True):
        file = row_of(shown(), cell)
        assert {name: row[name] for name in row if name in file} == {
            name: file[name] for name in row if name in file
        }
        told = [row["percent"], row["percent_low"], row["percent_high"], f"{row['n_observed']:,}"]
        share, interval, n = share_cells(cell)
        if row["percent"] is None:
            assert (share, interval, n) == ("–", "–", told[3])
        else:
            assert (share, interval, n) == (f"{told[0]}%", f"{told[1]}%–{told[2]}%", told[3])
        assert row["fill"] == fill_of(cell)


def test_too_few_shops_have_a_number_and_no_value() -> None:
    _head, [row] = read(shown(), [square(7, 3)])
    said = {name for name, value in row.items() if value is not None}
    assert row["reliability"] == "too_few"
    assert row["n_observed"] == 7
    assert said == {
        *("geo_code", "column", "row", "fill", "n_observed", "reliability", "obs_status")
    }


@pytest.mark.parametrize("level", CODE)
def test_a_square_lies_where_its_code_says(level: AreaLevel) -> None:
    head, [row] = read(shown(level), [square(50, 20, level)])
    edges = bounds(CODE[level])
    for name, steps, low, high in (
        ("column", "steps_east", edges.west - head["west"], edges.east - head["west"]),
        ("row", "steps_north", edges.south, edges.north),
    ):
        assert row[name] / head[steps] == pytest.approx(low, abs=1e-12)
        assert (row[name] + 1) / head[steps] == pytest.approx(high, abs=1e-12)
    assert (head["geo_level"], row["geo_code"]) == (level.value, str(CODE[level]))
