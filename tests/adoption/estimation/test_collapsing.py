"""The rules by which thin strata borrow, one by one."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.adoption.estimation.collapsing import Rule, Stratum, StratumCell, collapse

pytestmark = pytest.mark.slow(2)

STRATA = st.lists(
    st.tuples(
        st.sampled_from("ABCD"), st.sampled_from("xyz"), st.integers(1, 500), st.integers(0, 6)
    ),
    unique_by=lambda row: row[:2],
    min_size=1,
).map(lambda rows: [Stratum(ward, group, float(n), k, k // 2) for ward, group, n, k in rows])


def rules_of(*strata: Stratum) -> list[Rule]:
    """The rules in the order in which the strata are given."""
    rules = dict(collapse(strata).rules)
    return [rules[stratum] for stratum in strata]


def test_strata_with_enough_shops_keep_them() -> None:
    cafes, hotels = Stratum("A", "cafe", 60.0, 4, 1), Stratum("A", "hotel", 40.0, 2, 2)
    assert collapse([hotels, cafes]).cells == (StratumCell(60.0, 4, 1), StratumCell(40.0, 2, 2))
    assert rules_of(cafes, hotels) == [Rule.OWN, Rule.OWN]


def test_the_thin_strata_of_a_ward_are_pooled() -> None:
    cafes, hotels = Stratum("A", "cafe", 60.0, 1, 1), Stratum("A", "hotel", 40.0, 1, 0)
    empty = Stratum("A", "fashion", 10.0, 0, 0)
    assert collapse([cafes, empty, hotels]).cells == (StratumCell(110.0, 2, 1),)
    assert rules_of(cafes, empty, hotels) == [Rule.POOLED, Rule.POOLED, Rule.POOLED]


def test_for_a_thin_stratum_the_others_of_its_ward_speak_by_their_size() -> None:
    strata = [
        Stratum("A", "cafe", 60.0, 4, 1),
        Stratum("A", "fashion", 20.0, 2, 1),
        Stratum("A", "hotel", 40.0, 1, 1),
        Stratum("B", "hotel", 30.0, 5, 5),  # of another ward: not asked
    ]
    assert collapse(strata).cells == (
        StratumCell(90.0, 4, 1),
        StratumCell(30.0, 2, 1),
        StratumCell(30.0, 5, 5),
    )
    assert rules_of(*strata) == [Rule.OWN, Rule.OWN, Rule.WARD, Rule.OWN]


def test_for_an_empty_ward_the_same_groups_of_the_city_speak() -> None:
    strata = [
        Stratum("A", "cafe", 60.0, 4, 1),
        Stratum("A", "hotel", 40.0, 3, 1),
        Stratum("B", "cafe", 20.0, 2, 0),
        Stratum("C", "cafe", 40.0, 0, 0),
    ]
    assert collapse(strata).cells == (
        StratumCell(90.0, 4, 1),
        StratumCell(40.0, 3, 1),
        StratumCell(30.0, 2, 0),
    )
    assert rules_of(*strata)[-1] == Rule.GROUP


def test_where_nobody_can_speak_a_stratum_is_left_uncovered() -> None:
    strata = [Stratum("A", "cafe", 60.0, 4, 1), Stratum("B", "hotel", 40.0, 0, 0)]
    assert collapse(strata).cells == (StratumCell(60.0, 4, 1),)
    assert rules_of(*strata) == [Rule.OWN, Rule.UNCOVERED]


@given(STRATA)
def test_no_establishment_is_lost_but_those_uncovered(strata: list[Stratum]) -> None:
    cells, rules = collapse(strata)
    covered = [s.establishments or 0.0 for s, rule in rules if rule != Rule.UNCOVERED]
    assert sum(cell.establishments for cell in cells) == pytest.approx(sum(covered))
    assert sorted(strata) == [stratum for stratum, _ in rules]


@given(STRATA)
def test_every_cell_has_two_shops_or_more(strata: list[Stratum]) -> None:
    assert [cell for cell in collapse(strata).cells if cell.observed < 2] == []


@given(STRATA, st.randoms(use_true_random=False))
def test_the_order_of_the_strata_does_not_matter(strata: list[Stratum], chance: Random) -> None:
    mixed = strata.copy()
    chance.shuffle(mixed)
    assert collapse(mixed) == collapse(strata)


def test_a_stratum_without_a_frame_is_refused() -> None:
    with pytest.raises(ValueError, match="A cafe has no frame"):
        collapse([Stratum("A", "cafe", None, 4, 1), Stratum("A", "hotel", 40.0, 0, 0)])
