"""Agreement of two looks: against published figures, against statsmodels, and at its ends."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.inter_rater import cohens_kappa, to_table

from tracker.rechecks.agreement import Pair, agreement_of

pytestmark = pytest.mark.slow(2)


def pairs_of(table: list[list[int]]) -> list[Pair]:
    """A square table of counts as the pairs it counts."""
    return [
        (row, column)
        for row, counts in enumerate(table)
        for column, count in enumerate(counts)
        for _ in range(count)
    ]


def test_kappa_is_that_of_fleiss_cohen_and_everitt() -> None:
    """Their example of 200 patients in three classes: kappa 0.429, standard error 0.054."""
    found = agreement_of(pairs_of([[106, 10, 4], [22, 28, 10], [2, 12, 6]]))
    assert found is not None
    assert found.n == 200
    assert found.kappa == pytest.approx(0.429, abs=0.0005)
    assert found.kappa_interval is not None
    error = (found.kappa_interval[1] - found.kappa_interval[0]) / 2 / 1.959964
    assert error == pytest.approx(0.054, abs=0.0005)
    assert found.difference == pytest.approx(0.3)


@given(st.lists(st.tuples(st.sampled_from("ynu"), st.sampled_from("ynu")), min_size=2))
def test_kappa_is_that_of_statsmodels(pairs: list[tuple[str, str]]) -> None:
    found = agreement_of(pairs)
    assert found is not None
    if found.kappa is None or found.kappa_interval is None:
        assert len({answer for pair in pairs for answer in pair}) == 1
        return
    coded = [["ynu".index(answer) for answer in pair] for pair in pairs]
    table, _ = to_table(coded, bins=[0, 1, 2, 3])
    with np.errstate(invalid="ignore", divide="ignore"):  # its z-value, which is not ours
        theirs = cohens_kappa(table)
    assert found.kappa == pytest.approx(theirs.kappa)
    low, high = found.kappa_interval
    if np.isnan(theirs.std_kappa):  # a variance of nought that rounding made negative
        assert low == pytest.approx(high, abs=1e-6)
        return
    assert low == pytest.approx(max(-1.0, theirs.kappa_low), abs=1e-6)
    assert high == pytest.approx(min(1.0, theirs.kappa_upp), abs=1e-6)


def test_no_pair_says_nothing() -> None:
    assert agreement_of([]) is None


def test_where_everybody_says_the_same_there_is_no_kappa() -> None:
    found = agreement_of([("yes", "yes")] * 30)
    assert found is not None
    assert (found.kappa, found.kappa_interval, found.differing) == (None, None, 0)
    assert found.difference_interval.high == pytest.approx(0.1135, abs=0.0001)


def test_full_agreement_is_one_and_full_contradiction_is_below_nought() -> None:
    same = agreement_of([("yes", "yes"), ("no", "no")] * 10)
    apart = agreement_of([("yes", "no"), ("no", "yes")] * 10)
    assert same is not None
    assert apart is not None
    assert (same.kappa, same.difference) == (1.0, 0.0)
    assert (apart.kappa, apart.difference) == (-1.0, 1.0)
