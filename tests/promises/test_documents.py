"""The documents name what the code has: settings, commands, targets, columns."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings

from tracker.publication.files.columns import COLUMNS

pytestmark = pytest.mark.once
BASE = Path(settings.BASE_DIR)


def page(name: str) -> str:
    return (BASE / name).read_text(encoding="utf-8")


def names_read() -> set[str]:
    """Every name that the settings ask the environment for."""
    tree = ast.parse(page("config/settings.py"))
    return {
        str(call.args[0].value)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id.startswith("env_")
        and isinstance(call.args[0], ast.Constant)
    }


def rows(text: str) -> list[str]:
    return re.findall(r"^\| `([\w -]+)` \|", text, re.MULTILINE)


def test_operations_lists_every_setting_and_no_other() -> None:
    table = page("docs/operations.md").split("## Settings")[1].split("## Production")[0]
    assert sorted(rows(table)) == sorted(names_read())


def test_operations_lists_every_target() -> None:
    targets = re.findall(r"^([a-z-]+):.*## ", page("Makefile"), re.MULTILINE)
    assert [f"make {target}" for target in targets] == rows(
        page("docs/operations.md").split("## Settings")[0]
    )


def test_the_method_lists_every_column() -> None:
    table = page("docs/method.md").split("## Columns of the download")[1]
    assert rows(table) == [*(column.name for column in COLUMNS), "note"]


def test_the_readme_names_only_commands_that_exist() -> None:
    commands = {path.stem for path in (BASE / "tracker/management/commands").glob("*.py")}
    named = {word.split()[0] for word in rows(page("README.md"))}
    assert len(named) >= 6
    assert named - commands == set()


def test_decisions_are_numbered_once_and_name_what_was_rejected() -> None:
    pages = sorted((BASE / "docs" / "decisions").glob("*.md"))
    numbers = [int(path.name[:4]) for path in pages]
    assert numbers == list(range(1, len(pages) + 1))
    assert [path.name for path in pages if "**Rejected.**" not in path.read_text()] == []


def test_every_link_of_the_readme_leads_somewhere() -> None:
    links = re.findall(r"\]\(([^)h][^)]*)\)", page("README.md"))
    assert [link for link in links if not (BASE / link).exists()] == []
