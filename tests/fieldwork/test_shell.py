"""The version of the field app."""

import re
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import LazySettings

from tracker.fieldwork import shell

pytestmark = pytest.mark.once
INCLUDE = re.compile(r'{% include "field/app/(\w+\.html)"')


def version_with(monkeypatch: pytest.MonkeyPatch, names: dict[str, str]) -> str:
    monkeypatch.setattr(shell, "staticfiles_storage", SimpleNamespace(hashed_files=names))
    shell.shell_version.cache_clear()
    found = shell.shell_version()
    shell.shell_version.cache_clear()
    return found


@pytest.fixture
def copied(settings: LazySettings, tmp_path: Path) -> Path:
    """The folder with the templates of the app, where they may be changed."""
    shutil.copytree(settings.BASE_DIR / shell.FOLDER, tmp_path / shell.FOLDER)
    settings.BASE_DIR = tmp_path
    return tmp_path / shell.FOLDER


def test_a_new_version_of_any_file_is_a_new_version_of_the_app(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = version_with(monkeypatch, {"field/app.js": "field/app.1.js"})
    assert version_with(monkeypatch, {"field/app.js": "field/app.1.js"}) == first
    assert version_with(monkeypatch, {"field/app.js": "field/app.2.js"}) != first
    assert version_with(monkeypatch, {"idb/index.js": "idb/index.1.js"}) != first
    elsewhere = {"field/app.js": "field/app.1.js", "tracker/site.css": "tracker/site.9.css"}
    assert version_with(monkeypatch, elsewhere) == first


def test_a_change_in_any_template_of_the_shell_is_a_new_version(
    monkeypatch: pytest.MonkeyPatch, copied: Path
) -> None:
    pages = sorted((copied / "app").glob("*.html"))
    included = {name for page in pages for name in INCLUDE.findall(page.read_text())}
    assert {page.name for page in pages} == included | {"app.html"}
    versions = [version_with(monkeypatch, {})]
    for page in pages:
        page.write_text(page.read_text() + "\n")
        versions.append(version_with(monkeypatch, {}))
    assert len(set(versions)) == len(pages) + 1


def test_a_template_of_another_page_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, copied: Path
) -> None:
    first = version_with(monkeypatch, {})
    (copied / "elsewhere.html").write_text("another page")
    assert version_with(monkeypatch, {}) == first
