"""What a newcomer reads first says the same in every file: the licence and the version."""

import hashlib
import json
import re
import tomllib
from pathlib import Path

import pytest
from django.conf import settings

from config.catalogs import LANGUAGES, kept
from tracker import __version__
from tracker.publication.figures import licence
from tracker.publication.files.columns import COLUMNS, FIRST_VERSION

pytestmark = pytest.mark.once
BASE = Path(settings.BASE_DIR)
ROOMS = ("config", "docs", "templates", "tests", "tracker")
TEXTS = {".py", ".html", ".js", ".css", ".md", ".txt", ".json", ".toml", ".po", ".svg"}
CODE = "Apache-2.0"  # SPDX names
# Of LICENSE-2.0.txt as the Apache Software Foundation publishes it: not one word is ours.
APACHE_2_0 = "cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30"


def page(name: str) -> str:
    return (BASE / name).read_text(encoding="utf-8")


def versions() -> list[str]:
    """As CHANGELOG.md heads them, the newest first."""
    return re.findall(r"^## (\d+\.\d+\.\d+) — ", page("CHANGELOG.md"), re.MULTILINE)


def project() -> dict[str, object]:
    found: dict[str, object] = tomllib.loads(page("pyproject.toml"))["project"]
    return found


def test_the_licence_of_the_code_is_whole() -> None:
    assert hashlib.sha256((BASE / "LICENSE").read_bytes()).hexdigest() == APACHE_2_0


def test_every_package_file_names_the_licence_of_the_code() -> None:
    lock = json.loads(page("package-lock.json"))
    assert project()["license"] == CODE
    assert project()["license-files"] == ["LICENSE"]
    assert json.loads(page("package.json"))["license"] == CODE
    assert lock["packages"][""]["license"] == CODE


def test_the_readme_tells_the_licence_of_the_code_from_that_of_the_figures() -> None:
    told = page("README.md").split("## Licence")[1]
    assert f"[{CODE}](LICENSE)" in told
    assert licence.LICENCE_NAME in told


def test_the_version_stands_in_one_place_and_the_changelog_begins_with_it() -> None:
    told = tomllib.loads(page("pyproject.toml"))
    assert told["project"]["dynamic"] == ["version"]
    assert told["tool"]["setuptools"]["dynamic"]["version"] == {"attr": "tracker.__version__"}
    assert "version" not in project() | json.loads(page("package.json"))
    assert settings.SPECTACULAR_SETTINGS["VERSION"] == __version__
    assert versions()[0] == __version__
    assert len(versions()) == len(set(versions()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_translations_name_the_version_that_they_were_collected_for(language: str) -> None:
    assert kept(BASE, language).version == __version__


def test_a_column_is_there_since_a_version_that_the_changelog_has() -> None:
    assert {column.since for column in COLUMNS} <= set(versions())
    assert versions()[-1] == FIRST_VERSION


def test_every_path_and_link_of_the_front_pages_leads_somewhere() -> None:
    for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md"):
        paths = re.findall(r"\]\(([^)h#][^)#]*)", page(name))
        paths += re.findall(r"`((?:tracker|config|docs|tests|templates)/[\w./-]*)`", page(name))
        assert len(paths) > 2
        assert [path for path in paths if not (BASE / path).exists()] == []


def test_every_text_is_written_as_the_editors_are_told() -> None:
    found = [path for root in ROOMS for path in (BASE / root).rglob("*.*") if path.suffix in TEXTS]
    found += [path for path in BASE.glob("*") if path.suffix in TEXTS]
    texts = {str(path.relative_to(BASE)): path.read_bytes() for path in found}
    assert len(texts) > 500
    wrong = {
        name
        for name, text in texts.items()
        if b"\r" in text or (text and not text.endswith(b"\n")) or re.search(rb"[ \t]\n", text)
    }
    assert wrong == set()


def test_every_recipe_names_the_files_that_it_touches() -> None:
    recipes = re.split(r"^### ", page("CONTRIBUTING.md").split("## Recipes")[1], flags=re.MULTILINE)
    named = {
        recipe.splitlines()[0]: set(re.findall(r"`((?:tracker|config|tests|docs)/[^`]+)`", recipe))
        for recipe in recipes[1:]
    }
    assert set(named) == {"A trait", "A city", "A language", "A flag", "A file format"}
    assert [title for title, paths in named.items() if len(paths) < 3] == []
