"""What a newcomer reads first says the same in every file: the licence and the version."""

import hashlib
import json
import tomllib
from pathlib import Path

import pytest
from django.conf import settings

from tracker.publication import citation

pytestmark = pytest.mark.once
BASE = Path(settings.BASE_DIR)
CODE = "Apache-2.0"  # SPDX names
# Of LICENSE-2.0.txt as the Apache Software Foundation publishes it: not one word is ours.
APACHE_2_0 = "cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30"


def page(name: str) -> str:
    return (BASE / name).read_text(encoding="utf-8")


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
    assert citation.LICENCE_NAME in told
