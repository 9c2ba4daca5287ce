"""docs/testing.md names for every promise the tests that hold it, and what runs them."""

import ast
import re
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest
from django.conf import settings

from tests.tiers import Tier

pytestmark = [pytest.mark.once, pytest.mark.slow(2)]
BASE = Path(settings.BASE_DIR)
PAGE = (BASE / "docs/testing.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (\d+)\. [^|]+ \|([^|]*)\|([^|]*)\|([^|]*)\|$", re.MULTILINE)
MARK = re.compile(r"pytest\.mark\.(\w+)")
PROMISES = 14
NOT_QUICK = {"browser", "slow", "postgresql"}


def rows() -> dict[int, dict[Tier, list[str]]]:
    """Promise → the tests named in the column of each command."""
    return {
        int(number): {
            tier: re.findall(r"`(test_\w+)`", cell) for tier, cell in zip(Tier, cells, strict=True)
        }
        for number, *cells in ROW.findall(PAGE)
    }


def tiers() -> dict[str, set[Tier]]:
    """Test → the first command that runs it; two tests may have one name."""
    found: dict[str, set[Tier]] = defaultdict(set)
    for path in (BASE / "tests").rglob("test_*.py"):
        module = ast.parse(path.read_text(encoding="utf-8"))
        lines = [ast.unparse(one) for one in module.body if isinstance(one, ast.Assign)]
        whole = [line for line in lines if line.startswith("pytestmark = ")]
        for one in module.body:
            if isinstance(one, ast.FunctionDef) and one.name.startswith("test_"):
                words = " ".join([*whole, *map(ast.unparse, one.decorator_list)])
                found[one.name].add(tier_of(set(MARK.findall(words))))
    return found


def tier_of(marks: set[str]) -> Tier:
    if "full" in marks:
        return Tier.ALL
    return Tier.TEST if marks & NOT_QUICK else Tier.QUICK


def test_every_promise_has_a_row() -> None:
    assert list(rows()) == list(range(1, PROMISES + 1))


def test_every_test_that_is_named_is_there_and_runs_where_the_page_says() -> None:
    known = tiers()
    wrong = {
        f"{number}: {name}": known.get(name)
        for number, cells in rows().items()
        for tier, names in cells.items()
        for name in names
        if known.get(name) != {tier}
    }
    assert wrong == {}


def test_a_promise_that_no_test_holds_is_said_to_be_open() -> None:
    for line in PAGE.splitlines():
        if ROW.match(line):
            assert "`test_" in line or "not yet" in line, line


def test_every_mark_is_explained() -> None:
    project = tomllib.loads((BASE / "pyproject.toml").read_text(encoding="utf-8"))
    known = [line.split(":")[0] for line in project["tool"]["pytest"]["ini_options"]["markers"]]
    table = PAGE.split("## Marks")[1].split("## ")[0]
    assert sorted(re.findall(r"^\| `([\w()]+)` \|", table, re.MULTILINE)) == known
