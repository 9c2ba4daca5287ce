"""Shares with their uncertainty. Pure: no Django."""

from enum import StrEnum

from tracker.intervals import Z95, Interval, score_interval, wilson

__all__ = ["Z95", "Interval", "Tier", "score_interval", "tier_of", "wilson"]
RELIABLE_HALF_WIDTH = 0.10
WIDE_HALF_WIDTH = 0.20
FEWEST_SHOPS = 10


class Tier(StrEnum):
    """How far a share can be trusted: by the half-width of its interval, and by n."""

    RELIABLE = "reliable"
    WIDE = "wide"
    TOO_FEW = "too_few"
    NOT_SURVEYED = "not_surveyed"


def tier_of(yes: int, observed: int) -> Tier:
    """The reliability of yes/observed; thresholds in docs/method.md."""
    if observed == 0:
        return Tier.NOT_SURVEYED
    half_width = wilson(yes, observed).half_width
    if observed < FEWEST_SHOPS or half_width > WIDE_HALF_WIDTH:
        return Tier.TOO_FEW
    return Tier.WIDE if half_width > RELIABLE_HALF_WIDTH else Tier.RELIABLE
