"""How much of the frame was observed. Pure: no Django."""

from enum import StrEnum
from math import isfinite
from typing import NamedTuple


class FrameNote(StrEnum):
    """What is to be said beside a coverage."""

    WITHIN = "within"
    ABOVE = "above"  # more shops observed than the frame has: it is older, or counts otherwise
    EMPTY = "empty"  # the frame has no establishment here
    MISSING = "missing"  # no frame is loaded for this area and group


class Coverage(NamedTuple):
    """Observed shops per establishment of the frame; `ratio` is never clipped at 1."""

    ratio: float | None
    note: FrameNote


def coverage_of(observed: int, establishments: float | None) -> Coverage:
    """The shops observed per establishment that the frame lists for the same area and group.

    `establishments` may be a fraction, where the frame was shared out over areas; None where
    it is missing. ValueError where a number is below 0 or not finite.
    """
    if observed < 0:
        raise ValueError(f"{observed} observed shops are impossible")
    if establishments is None:
        return Coverage(None, FrameNote.MISSING)
    if not isfinite(establishments) or establishments < 0:
        raise ValueError(f"{establishments} establishments are impossible")
    if establishments == 0:
        return Coverage(None, FrameNote.EMPTY)
    ratio = observed / establishments
    return Coverage(ratio, FrameNote.ABOVE if ratio > 1 else FrameNote.WITHIN)
