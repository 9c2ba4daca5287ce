"""Three hundred mutants of good photos; five thousand are a command: see mutants.py."""

import pytest

from tests.fieldwork.pictures.bareness import assert_bare
from tests.fieldwork.pictures.hostile.broken import mutants
from tests.fieldwork.pictures.mutants import Result, results
from tracker.fieldwork.pictures import photos

pytestmark = pytest.mark.once
COUNT, SEED = 300, 20261124


@pytest.fixture(scope="module")
def found() -> list[Result]:
    return results(mutants(COUNT, SEED))


def test_every_mutant_is_answered_for(found: list[Result]) -> None:
    assert len(found) == COUNT
    assert {one.refusal for one in found} <= {*photos.REFUSALS, "", "died"}


def test_mutants_are_both_used_and_refused(found: list[Result]) -> None:
    used = sum(not one.refusal for one in found)
    assert COUNT / 10 < used < COUNT * 9 / 10


def test_nothing_but_the_picture_is_left_of_a_mutant(found: list[Result]) -> None:
    for one in found:
        assert len(one.files) == (0 if one.refusal else 2)
        for data, side in zip(one.files, (1600, 320), strict=False):
            assert_bare(data, side)


def test_the_same_seed_makes_the_same_mutants() -> None:
    assert mutants(5, SEED) == mutants(5, SEED)
    assert mutants(5, SEED) != mutants(5, SEED + 1)
