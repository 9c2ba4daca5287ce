"""The modules of the phone keep the site rules, and export what their document says."""

import re
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = [pytest.mark.once, pytest.mark.slow(2)]
BASE = Path(settings.BASE_DIR)
FOLDER = BASE / "tracker/static/field"
MODULES = {path.relative_to(FOLDER).as_posix(): path.read_text() for path in FOLDER.rglob("*.js")}
IMPORT = re.compile(r'^(?:import|export)\b[^;]*?\bfrom "(\.[^"]+)";', re.MULTILINE)
EXPORT = re.compile(r"^export (?:async )?(?:const|function|class|let) (\w+)", re.MULTILINE)
EXPORT_FROM = re.compile(r"^export \{([^}]+)\} from", re.MULTILINE)


def imports_of(name: str) -> set[str]:
    folder = (FOLDER / name).parent
    paths = [(folder / found).resolve() for found in IMPORT.findall(MODULES[name])]
    return {path.relative_to(FOLDER).as_posix() for path in paths if path.is_relative_to(FOLDER)}


def exports_of(name: str) -> set[str]:
    named = [
        part.strip() for group in EXPORT_FROM.findall(MODULES[name]) for part in group.split(",")
    ]
    return {*EXPORT.findall(MODULES[name]), *named}


def documented() -> list[tuple[list[str], set[str]]]:
    """Modules of a row of the table, and the functions that it calls by name."""
    text = (BASE / "docs/field-app.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`[\w-]+\.js`[^|]*) \| (.*) \|$", text, re.MULTILINE)
    return [
        (re.findall(r"`([\w-]+\.js)`", modules), set(re.findall(r"`(\w+)\(", exports)))
        for modules, exports in rows
    ]


def test_no_module_is_longer_than_250_lines() -> None:
    assert [name for name, text in MODULES.items() if len(text.splitlines()) > 250] == []


def test_every_import_leads_to_a_module() -> None:
    lost = [(name, one) for name in MODULES for one in imports_of(name) if one not in MODULES]
    assert lost == []


def test_no_module_imports_in_a_circle() -> None:
    """In one file each runs when it is first asked for: in a circle none could be first."""

    def reached(name: str, seen: frozenset[str]) -> set[str]:
        if name in seen:
            return {name}
        return set().union(*(reached(one, seen | {name}) for one in imports_of(name)), set())

    assert {name: found for name in MODULES if (found := reached(name, frozenset()))} == {}


def test_the_document_names_what_is_exported() -> None:
    wrong = [
        (modules, missing)
        for modules, names in documented()
        if all(module in MODULES for module in modules)
        and (missing := names - set().union(*(exports_of(module) for module in modules)))
    ]
    assert wrong == []
    assert len(documented()) >= 16


def test_data_modules_know_no_document() -> None:
    """Except for its language, its visibility and where it stands."""
    allowed = {"words.js", "app.js", "router.js"}
    data = {module for modules, _names in documented() for module in modules} - allowed
    for name in data & set(MODULES):
        assert not re.search(r"document\.(query|getElement|create|body|cookie)", MODULES[name]), (
            name
        )


def test_nothing_is_kept_in_local_storage_or_a_cookie() -> None:
    data = {module for modules, _names in documented() for module in modules} & set(MODULES)
    assert [name for name in data if re.search(r"localStorage|sessionStorage", MODULES[name])] == []
