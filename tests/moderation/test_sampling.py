"""What is drawn for review, and with what chance."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.moderation.kinds import ReviewReason
from tracker.moderation.sampling import (
    RATES,
    random_draw_of,
    rates_from,
    review_reason_of,
    share_of,
)

RATES_NOW = rates_from({})
KEY = b"a key of the tests"


def test_without_settings_the_defaults_hold() -> None:
    assert (RATES_NOW.first_entries, RATES_NOW.share, RATES_NOW.is_rule_on) == (30, 0.1, True)
    assert (RATES_NOW.share_least, RATES_NOW.share_most) == (0.05, 0.5)
    assert rates_from({"first_entries": 5, "rule": 0}).first_entries == 5
    assert all(kind.low <= kind.default <= kind.high for kind in RATES.values())


@pytest.mark.parametrize(
    ("reviewed", "sent_back", "share"),
    [(0, 0, 0.10), (980, 0, 0.05), (180, 9, 0.10), (80, 19, 0.40), (80, 80, 0.50)],
)
def test_the_share_follows_what_was_sent_back(reviewed: int, sent_back: int, share: float) -> None:
    assert share_of(RATES_NOW, reviewed=reviewed, sent_back=sent_back) == pytest.approx(share)


@given(reviewed=st.integers(0, 5000), part=st.floats(0, 1))
def test_the_share_keeps_its_bounds_and_never_falls_with_more_sent_back(
    reviewed: int, part: float
) -> None:
    bad = int(reviewed * part)
    share = share_of(RATES_NOW, reviewed=reviewed, sent_back=bad)
    assert 0.05 <= share <= 0.5
    assert share <= share_of(RATES_NOW, reviewed=reviewed, sent_back=min(reviewed, bad + 1))


def test_with_rule_approval_off_everything_is_drawn() -> None:
    off = replace(RATES_NOW, is_rule_on=False)
    share = share_of(off, reviewed=900, sent_back=0)
    assert share == 1.0
    review_reason = review_reason_of(
        off, number=99, score=0, revision=1, random_draw=0.9999999, share=share
    )
    assert review_reason == ReviewReason.RANDOM


@pytest.mark.parametrize(
    ("number", "score", "revision", "random_draw", "review_reason"),
    [
        (30, 0.0, 1, 0.9, ReviewReason.NEW_WORKER),
        (31, 0.0, 1, 0.9, ReviewReason.RULE),
        (31, 0.5, 1, 0.9, ReviewReason.FLAGGED),
        (31, 0.0, 2, 0.9, ReviewReason.AGAIN),
        (31, 0.0, 1, 0.0999, ReviewReason.RANDOM),
        (31, 0.0, 1, 0.1, ReviewReason.RULE),
        (30, 3.0, 2, 0.0, ReviewReason.NEW_WORKER),
    ],
)
def test_the_review_reason_is_the_first_that_fits(
    number: int, score: float, revision: int, random_draw: float, review_reason: ReviewReason
) -> None:
    found = review_reason_of(
        RATES_NOW, number=number, score=score, revision=revision, random_draw=random_draw, share=0.1
    )
    assert found == review_reason


def test_a_random_draw_is_the_same_every_time_and_nobody_guesses_it_without_the_key() -> None:
    uuid = UUID(int=7)
    assert random_draw_of(uuid, 1, key=KEY) == random_draw_of(uuid, 1, key=KEY)
    others = {
        random_draw_of(uuid, 2, key=KEY),
        random_draw_of(UUID(int=8), 1, key=KEY),
        random_draw_of(uuid, 1, key=b"x"),
    }
    assert random_draw_of(uuid, 1, key=KEY) not in others
    assert len(others) == 3


def test_random_draws_are_spread_evenly() -> None:
    random_draws = [random_draw_of(uuid4(), 1, key=KEY) for _each in range(4000)]
    assert min(random_draws) >= 0
    assert max(random_draws) < 1
    assert sum(random_draw < 0.1 for random_draw in random_draws) == pytest.approx(
        400, abs=100
    )  # five deviations
