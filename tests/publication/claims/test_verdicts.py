"""What a share says of a claim, and how many shops would settle it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.publication.claims.verdicts import (
    MOST_WANTED,
    ClaimVerdict,
    shops_wanted,
    together,
    verdict_of,
)

YES, NO, OPEN = ClaimVerdict.SUPPORTED, ClaimVerdict.NOT_SUPPORTED, ClaimVerdict.CANNOT_SAY


@pytest.mark.parametrize(
    ("yes", "observed", "at_least", "said"),
    [
        (0, 0, 0.5, OPEN),  # nothing observed
        (9, 9, 0.5, OPEN),  # too few to be told
        (60, 100, 0.5, YES),  # 50.2 to 69.1
        (59, 100, 0.5, OPEN),  # 49.2 to 68.1
        (40, 100, 0.5, NO),  # 30.9 to 49.8
        (41, 100, 0.5, OPEN),  # 31.9 to 50.8
        (100, 100, 0.95, YES),  # 96.3 to 100
        (99, 100, 1.0, NO),  # one without is enough against “every”
        (100, 100, 1.0, OPEN),  # and no sample is enough for it
    ],
)
def test_the_whole_interval_decides(
    yes: int, observed: int, at_least: float, said: ClaimVerdict
) -> None:
    assert verdict_of(yes, observed, at_least=at_least) is said


def test_a_claim_about_several_places_needs_them_all() -> None:
    assert together([YES, YES, YES]) is YES
    assert together([YES, OPEN, YES]) is OPEN
    assert together([YES, OPEN, NO]) is NO
    assert together([]) is OPEN


def test_what_would_settle_it() -> None:
    assert shops_wanted(0, 0, at_least=0.5) is None
    assert shops_wanted(50, 100, at_least=0.5) is None  # never, while the share is the limit
    assert shops_wanted(55, 100, at_least=0.5) == pytest.approx(385, rel=0.03)
    assert shops_wanted(5, 5, at_least=1.0) is None  # “every” is never proved by a sample


@given(observed=st.integers(1, 500), part=st.floats(0, 1), at_least=st.integers(1, 100))
def test_so_many_shops_do_settle_it(observed: int, part: float, at_least: int) -> None:
    yes, limit = round(part * observed), at_least / 100
    wanted = shops_wanted(yes, observed, at_least=limit)
    if wanted is None:
        return
    assert wanted <= MOST_WANTED
    said = verdict_of(round(yes / observed * wanted), wanted, at_least=limit)
    assert said is (YES if yes / observed > limit else NO)
