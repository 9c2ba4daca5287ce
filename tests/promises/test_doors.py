"""The door of a room, its `__init__`, says what lives there and which rooms it may import.

For a room of `tracker` these are the stages below it; for a room in a room, those beside it.
"""

import ast
import re
import tomllib
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = [pytest.mark.once, pytest.mark.slow(2)]
BASE = Path(settings.BASE_DIR)
ROOMS = sorted(path.parent for path in (BASE / "tracker").glob("*/**/__init__.py"))
NAME = re.compile(r"`(\w+)`")


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(BASE).with_suffix("").parts)


def said(room: Path) -> str:
    """The sentence on imports."""
    door = ast.get_docstring(ast.parse((room / "__init__.py").read_text(encoding="utf-8"))) or ""
    found = re.search(r"(?:^|\s)(Imports .+?)\.(?:\s|$)", door, re.DOTALL)
    assert found, f"{room} does not say what it imports"
    assert door[: found.start()].strip(), f"{room} does not say what lives there"
    return " ".join(found[1].split()).split(":")[0].split(";")[0]


@cache
def floors(container: str) -> list[set[str]]:
    """The layers of a container from the top, as import-linter holds them."""
    told = tomllib.loads((BASE / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = told["tool"]["importlinter"]["contracts"]
    for contract in contracts:
        if contract["type"] == "layers" and contract["containers"] == [container]:
            return [set(re.findall(r"\w+", layer)) for layer in contract["layers"]]
    return []


def allowed(room: Path) -> set[str]:
    """The rooms that the door names, with all that stands below where it says so."""
    sentence = said(room)
    names = set(NAME.findall(sentence))
    assert bool(names) != ("no other room" in sentence), sentence
    if "stands below" in sentence:
        layers = floors(dotted(room.parent))
        top = min(number for number, layer in enumerate(layers) if layer & names)
        names = names.union(*layers[top + 1 :])
    return names


def imported(room: Path) -> set[str]:
    """The rooms beside this one that its files import."""
    found: set[str] = set()
    for path in room.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                found |= {f"{node.module}.{alias.name}" for alias in node.names}
            elif isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
    beside = f"{dotted(room.parent)}."
    names = {name.removeprefix(beside).split(".")[0] for name in found if name.startswith(beside)}
    return names - {room.name}


def is_room(name: str, beside: Path) -> bool:
    """At the top `months` and `errors` are rooms of one file; in a room only folders are."""
    return (beside / name).is_dir() or dotted(beside) == "tracker"


@pytest.mark.parametrize("room", ROOMS, ids=dotted)
def test_a_door_names_every_room_that_is_imported(room: Path) -> None:
    names = {name for name in imported(room) if is_room(name, room.parent)}
    assert names - allowed(room) == set()


@pytest.mark.parametrize("room", ROOMS, ids=dotted)
def test_a_door_names_only_rooms_that_stand_below(room: Path) -> None:
    names = set(NAME.findall(said(room)))
    missing = [
        name
        for name in names
        if not ((room.parent / name).is_dir() or (room.parent / f"{name}.py").is_file())
    ]
    assert missing == []
    layers = floors(dotted(room.parent))
    own = next((number for number, layer in enumerate(layers) if room.name in layer), -1)
    if own >= 0:
        assert names <= set().union(*layers[own + 1 :])
