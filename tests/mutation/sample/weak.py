"""Tests that call everything and hold little; a run is told to collect them."""

from tests.mutation.sample.judged import fits


def test_small_things_fit() -> None:
    assert fits("small", 1)
    assert fits("large", 1)
