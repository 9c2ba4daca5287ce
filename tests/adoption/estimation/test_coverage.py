"""Observed shops against the frame."""

from math import inf, nan

import pytest

from tracker.adoption.estimation.coverage import Coverage, FrameNote, coverage_of


@pytest.mark.parametrize(
    ("observed", "establishments", "expected"),
    [
        (30, 120.0, Coverage(0.25, FrameNote.WITHIN)),
        (0, 12.5, Coverage(0.0, FrameNote.WITHIN)),
        (40, 40.0, Coverage(1.0, FrameNote.WITHIN)),
        (30, 20.0, Coverage(1.5, FrameNote.ABOVE)),  # told, not clipped
        (3, 0.0, Coverage(None, FrameNote.EMPTY)),
        (3, None, Coverage(None, FrameNote.MISSING)),
    ],
)
def test_coverage_is_observed_over_establishments(
    observed: int, establishments: float | None, expected: Coverage
) -> None:
    assert coverage_of(observed, establishments) == expected


@pytest.mark.parametrize(
    ("observed", "establishments"), [(-1, 5.0), (-1, None), (1, -5.0), (1, nan), (1, inf)]
)
def test_impossible_numbers_are_refused(observed: int, establishments: float | None) -> None:
    with pytest.raises(ValueError, match="impossible"):
        coverage_of(observed, establishments)
