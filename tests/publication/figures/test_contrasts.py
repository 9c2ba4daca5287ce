"""Differences: the class, the sign, the hatch, and what is not said of few shops."""

import pytest
from django.utils import translation

from tracker.adoption.estimation.comparison import Overlap, overlap_difference
from tracker.adoption.estimation.estimates import Tier
from tracker.adoption.estimation.transitions import Transitions
from tracker.adoption.queries import Count
from tracker.places.kinds import AreaLevel
from tracker.publication.drawing.change_map import (
    COLOURS,
    change_key,
    change_paints,
    change_signs,
    class_of,
)
from tracker.publication.drawing.styles import INK, PAPER, WHITE
from tracker.publication.figures import contrast_words
from tracker.publication.figures.cells import Cell
from tracker.publication.figures.contrasts import Contrast, largest_first

# Shops of both months: yes→yes, yes→no, no→yes, no→no.
RISE = Overlap(100, 5, 150, 145)
FALL = Overlap(100, 150, 5, 145)
SAME = Overlap(200, 3, 4, 193)
FEW = Overlap(2, 1, 2, 2)
NOBODY = Overlap()


def contrast(overlap: Overlap, code: int = 13101) -> Contrast:
    def cell(observed: int, yes: int) -> Cell:
        return Cell(AreaLevel.WARD, code, "千代田区", "Chiyoda", "千代田区", Count(observed, yes))

    return Contrast(
        cell(overlap.observed_before, overlap.yes_before),
        cell(overlap.observed_after, overlap.yes_after),
        overlap,
    )


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (-1.0, 0), (-0.201, 0), (-0.2, 1), (-0.051, 1), (-0.05, 2), (0.0, 2), (0.45 - 0.40, 2),
        (0.05, 2), (0.55 - 0.50, 2), (0.051, 3), (0.2, 3), (0.21, 4), (1.0, 4),
    ],
)  # fmt: skip
def test_the_classes_are_fixed_and_even(value: float, number: int) -> None:
    assert class_of(value) == number
    assert class_of(-value) == len(COLOURS) - 1 - number


def test_a_clear_change_has_its_colour_and_sign_and_no_hatch() -> None:
    rise, fall = contrast(RISE, 13101), contrast(FALL, 13102)
    paints = {paint.code: paint for paint in change_paints([rise, fall])}
    assert (paints[13101].fill, paints[13101].tier) == (COLOURS[4], Tier.RELIABLE)
    assert (paints[13102].fill, paints[13102].tier) == (COLOURS[0], Tier.RELIABLE)
    signs = change_signs([rise, fall])
    assert {code: sign.is_rise for code, sign in signs.items()} == {13101: True, 13102: False}
    assert {sign.ink for sign in signs.values()} == {WHITE}


def test_a_difference_that_may_be_none_is_hatched_and_said() -> None:
    one = contrast(SAME)
    assert one.difference == overlap_difference(SAME)
    assert [paint.tier for paint in change_paints([one])] == [Tier.WIDE]
    assert change_signs([one]) == {}
    with translation.override("en"):
        assert one.difference is not None
        assert "includes 0" in contrast_words.doubt_sentence(one.difference)


def test_too_few_shops_have_neither_difference_nor_transitions() -> None:
    few, nobody = contrast(FEW), contrast(NOBODY, 13102)
    assert (few.difference, few.transitions) == (None, None)
    looks = [(paint.fill, paint.tier) for paint in change_paints([few, nobody])]
    assert looks == [(WHITE, Tier.TOO_FEW), (PAPER, Tier.NOT_SURVEYED)]
    with translation.override("en"):
        assert contrast_words.pair_sentence(few) == "not enough data (n = 7 and 7)"


def test_one_month_without_shops_is_not_a_change_from_nothing() -> None:
    one = contrast(Overlap(only_after_yes=60, only_after_no=60))
    assert (one.difference, one.tier) == (None, Tier.NOT_SURVEYED)


def test_the_transitions_are_the_shops_of_both_months() -> None:
    assert contrast(RISE).transitions == Transitions(100, 5, 150, 145, 0, 0)


def test_the_largest_gain_comes_first_and_the_unknown_last() -> None:
    some = [contrast(FEW, 1), contrast(FALL, 2), contrast(RISE, 3), contrast(SAME, 4)]
    assert [one.after.code for one in largest_first(some)] == [3, 4, 2, 1]


@pytest.mark.parametrize(
    ("value", "text"), [(0.052, "+5"), (-0.052, "−5"), (0.004, "0"), (-0.004, "0"), (0.3, "+30")]
)
def test_points_have_a_sign_and_no_decimals(value: float, text: str) -> None:
    assert contrast_words.points(value) == text


def test_the_key_shows_every_class_and_every_pattern() -> None:
    key = change_key()
    assert [item.fill for item in key[:5]] == list(COLOURS)
    assert [item.tier for item in key[5:]] == [Tier.WIDE, Tier.TOO_FEW, Tier.NOT_SURVEYED]
    assert [item.sign.ink if item.sign else "" for item in key[:5]] == [WHITE, INK, "", INK, WHITE]
