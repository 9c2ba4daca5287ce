"""A city costs one file of facts: Fukuoka, and Sakai beside Osaka, are added to a scratch copy."""

import shutil
from pathlib import Path

import pytest

from tests.promises.scratch import Scratch

pytestmark = [pytest.mark.once, pytest.mark.slow(35)]
FILES = Path(__file__).parent / "atlas"
PROGRAM = ("-m", "tests.promises.fourth_city")


def add_cities(scratch: Scratch) -> None:
    """Nothing else is changed."""
    for path in FILES.glob("*.json"):
        shutil.copy(path, scratch.folder / "tracker" / "places" / "atlas")


def test_a_new_installation_has_the_cities(scratch: Scratch) -> None:
    add_cities(scratch)
    scratch.python(*PROGRAM, "empty")
    assert "No changes detected" in scratch.manage("makemigrations", "--check", "--dry-run")


def test_an_installation_of_today_takes_the_cities_in(of_today: Scratch) -> None:
    add_cities(of_today)
    said = of_today.python(*PROGRAM, "existing")
    assert said.count("0 differences") == 4, said
    assert "created 3" in said


def test_a_file_that_is_wrong_stops_with_a_sentence(scratch: Scratch) -> None:
    add_cities(scratch)
    path = scratch.folder / "tracker" / "places" / "atlas" / "sakai.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"27147"', '"2714"'), encoding="utf-8")
    with pytest.raises(AssertionError, match=r"sakai\.json: the code of a ward must be five digit"):
        scratch.manage("check")
