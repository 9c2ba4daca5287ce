"""The version of the field app."""

from types import SimpleNamespace

import pytest

from tracker.fieldwork import shell

pytestmark = pytest.mark.once


def version_with(monkeypatch: pytest.MonkeyPatch, names: dict[str, str]) -> str:
    monkeypatch.setattr(shell, "staticfiles_storage", SimpleNamespace(hashed_files=names))
    shell.shell_version.cache_clear()
    found = shell.shell_version()
    shell.shell_version.cache_clear()
    return found


def test_a_new_version_of_any_file_is_a_new_version_of_the_app(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = version_with(monkeypatch, {"field/app.js": "field/app.1.js"})
    assert version_with(monkeypatch, {"field/app.js": "field/app.1.js"}) == first
    assert version_with(monkeypatch, {"field/app.js": "field/app.2.js"}) != first
    assert version_with(monkeypatch, {"idb/index.js": "idb/index.1.js"}) != first
    elsewhere = {"field/app.js": "field/app.1.js", "tracker/site.css": "tracker/site.9.css"}
    assert version_with(monkeypatch, elsewhere) == first
