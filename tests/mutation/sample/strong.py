"""Tests that hold every edge."""

import pytest

from tests.mutation.sample.judged import fits


@pytest.mark.parametrize(("kind", "most"), [("small", 3), ("large", 30)])
def test_a_thing_fits_up_to_its_limit(kind: str, most: int) -> None:
    assert [fits(kind, size) for size in (0, 1, most, most + 1)] == [True, True, True, False]
    with pytest.raises(ValueError, match="-1"):
        fits(kind, -1)
