"""Hostile files: each is refused with a code we know, or becomes two bare pictures."""

import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.fieldwork.pictures.bareness import assert_clean
from tests.fieldwork.pictures.hostile import FAMILIES, Hostile
from tracker.errors import PhotoRejected
from tracker.fieldwork.pictures import photos

pytestmark = [pytest.mark.once, pytest.mark.slow(24)]


class Outcome(NamedTuple):
    file: Hostile
    passed_the_door: bool
    refusal: str
    made: photos.Prepared | None


Run = Callable[[str], list[Outcome]]


def outcome(file: Hostile, folder: Path) -> Outcome:
    """At the door, and in the child whatever the door said."""
    path = folder / hashlib.sha256(file.data).hexdigest()
    path.write_bytes(file.data)
    try:
        photos.check_upload(file.data)
        is_in = True
    except PhotoRejected:
        is_in = False
    try:
        return Outcome(file, is_in, "", photos.prepare(path))
    except PhotoRejected as refusal:
        return Outcome(file, is_in, refusal.message, None)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The outcomes of a family, worked out once, two children at a time."""
    known: dict[str, list[Outcome]] = {}
    folder = tmp_path_factory.mktemp("hostile")

    def outcomes(family: str) -> list[Outcome]:
        if family not in known:
            with ThreadPoolExecutor(2) as pool:
                files = FAMILIES[family]()
                known[family] = list(pool.map(outcome, files, [folder] * len(files)))
        return known[family]

    return outcomes


@pytest.mark.parametrize("family", FAMILIES)
def test_each_has_the_fate_it_should_have(family: str, run: Run) -> None:
    wrong = [
        (found.file.name, found.refusal or "used")
        for found in run(family)
        if found.file.fate not in ("either", "refused" if found.refusal else "used")
    ]
    assert wrong == []


@pytest.mark.parametrize("family", FAMILIES)
def test_each_refusal_is_one_we_have_a_sentence_for(family: str, run: Run) -> None:
    codes = {found.refusal for found in run(family)} - {""}
    assert codes <= set(photos.REFUSALS) - {"lost"}


@pytest.mark.parametrize("family", FAMILIES)
def test_nothing_but_the_picture_is_left_of_those_that_are_used(family: str, run: Run) -> None:
    for found in run(family):
        if found.made is not None:
            assert_clean(found.made)


@pytest.mark.parametrize("family", FAMILIES)
def test_the_door_refuses_nothing_that_could_be_used(family: str, run: Run) -> None:
    turned_away = [found for found in run(family) if not found.passed_the_door]
    assert [found.file.name for found in turned_away if not found.refusal] == []


def test_there_are_150_different_files_in_10_families() -> None:
    files = [file for build in FAMILIES.values() for file in build()]
    assert len({hashlib.sha256(file.data).digest() for file in files}) >= 150
    assert len(FAMILIES) >= 10
