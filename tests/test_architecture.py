"""The house rules, checked: layers, lint, types, sizes."""

import ast
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.once
BASE = Path(settings.BASE_DIR)
FILE_LINES, FUNCTION_LINES, MODULES = 250, 40, 20
OURS = ("tracker", "config", "tests")
Function = ast.FunctionDef | ast.AsyncFunctionDef


def sources(*roots: str) -> Iterator[tuple[str, ast.Module]]:
    for root in roots:
        yield from _sources(root)


@cache
def _sources(root: str) -> list[tuple[str, ast.Module]]:
    return [
        (str(path.relative_to(BASE)), ast.parse(path.read_text(encoding="utf-8")))
        for path in sorted((BASE / root).rglob("*.py"))
        if "migrations/0001" not in str(path)
    ]


def functions(*roots: str) -> Iterator[tuple[str, Function]]:
    for name, module in sources(*roots):
        for node in ast.walk(module):
            if isinstance(node, Function):
                yield f"{name}:{node.lineno} {node.name}", node


def run(*words: str) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name(words[0])), *words[1:]]
    return subprocess.run(command, cwd=BASE, capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    "words",
    [
        ("lint-imports",),
        ("ruff", "check", "."),
        ("ruff", "format", "--check", "."),
        pytest.param(
            ("mypy", "config", "tracker", "tests", "manage.py"), marks=pytest.mark.slow(60)
        ),
    ],
    ids=["imports", "lint", "format", "types"],
)
def test_a_checker_has_nothing_to_say(words: tuple[str, ...]) -> None:
    done = run(*words)
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_file_is_longer_than_250_lines() -> None:
    long = [
        str(path.relative_to(BASE))
        for root in OURS
        for path in (BASE / root).rglob("*.py")
        if len(path.read_text(encoding="utf-8").splitlines()) > FILE_LINES
        and "migrations" not in path.parts
    ]
    assert long == []


def test_no_folder_has_more_than_20_modules() -> None:
    """Migrations are a history, which only grows, and nobody looks for a file there."""
    doors = (BASE / "tracker").rglob("__init__.py")
    rooms = [path.parent for path in doors if path.parent.name != "migrations"]
    counts = {str(room.relative_to(BASE)): len([*room.glob("*.py")]) - 1 for room in rooms}
    assert {room: number for room, number in counts.items() if number > MODULES} == {}


def test_no_function_is_longer_than_40_lines() -> None:
    long = [
        name
        for name, node in functions("tracker", "config")
        if (node.end_lineno or 0) - node.lineno + 1 > FUNCTION_LINES
    ]
    assert long == []


def test_every_signature_is_typed() -> None:
    bare = [
        name
        for name, node in functions(*OURS)
        if node.returns is None
        or any(
            argument.annotation is None and argument.arg not in ("self", "cls")
            for argument in (*node.args.args, *node.args.kwonlyargs)
        )
    ]
    assert bare == []


def test_nobody_imports_inside_a_function() -> None:
    hidden = [
        name
        for name, node in functions("tracker", "config")
        if any(isinstance(inner, ast.Import | ast.ImportFrom) for inner in ast.walk(node))
    ]
    assert hidden == []


def test_models_have_no_save_of_their_own() -> None:
    assert [name for name, node in functions("tracker") if node.name in ("save", "delete")] == []


def test_no_file_is_a_drawer_for_anything() -> None:
    names = {path.stem for root in OURS for path in (BASE / root).rglob("*.py")}
    assert names & {"utils", "util", "helpers", "helper", "misc", "common", "signals"} == set()


def test_only_config_reads_the_environment() -> None:
    readers = [
        name
        for name, module in sources("tracker")
        for node in ast.walk(module)
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv")
    ]
    assert readers == []


def test_nothing_hides_a_type_behind_type_checking() -> None:
    hidden = [
        name
        for name, module in sources("tracker", "config")
        for node in ast.walk(module)
        if isinstance(node, ast.Name) and node.id == "TYPE_CHECKING"
    ]
    assert hidden == []


def imported(module: ast.Module) -> Iterator[str]:
    """What a module imports, by statement or by name; "." for a relative import."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." if node.level else str(node.module)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            if name in ("import_module", "__import__"):
                yield "."


def test_migrations_import_no_code_of_ours() -> None:
    """They are frozen: what they did on the first day they do on a database made today."""
    migrations = sorted((BASE / "tracker" / "migrations").glob("*.py"))
    thawed = [
        f"{path.name}: {name}"
        for path in migrations
        for name in imported(ast.parse(path.read_text(encoding="utf-8")))
        if name.split(".")[0] in ("", *OURS)
    ]
    assert len(migrations) > 16
    assert thawed == []


def test_no_public_class_name_stands_twice() -> None:
    places: defaultdict[str, list[str]] = defaultdict(list)
    for path, module in sources("tracker", "config"):
        for node in module.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].append(path)
    # Django asks for a class of this name in every command and every migration.
    named_by_django = {"Command", "Migration"}
    twice = {name: at for name, at in places.items() if len(at) > 1 and name not in named_by_django}
    assert twice == {}
