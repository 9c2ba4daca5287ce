"""Names of shops made comparable."""

import pytest

from tracker.places.matching import fold, is_look_alike, likeness


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("マツモトキヨシ 銀座店", "ﾏﾂﾓﾄｷﾖｼ銀座"),
        ("ドトールコーヒー", "どとーるこーひー"),
        ("STARBUCKS", "ｓｔａｒｂｕｃｋｓ"),
        ("若葉珈琲 本店", "若葉珈琲"),
        ("Bic・Camera", "bic camera"),
    ],
)
def test_spellings_of_one_name_fold_together(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_a_name_that_is_only_a_tail_stays() -> None:
    assert fold("本店") == "本店"
    assert fold("店") == "店"


def test_different_names_are_not_alike() -> None:
    assert likeness(fold("若葉珈琲"), fold("三日月食堂")) < 0.5


def test_a_nameless_shop_is_like_nothing() -> None:
    assert likeness("", "") == 0.0


@pytest.mark.parametrize(("metres", "expected"), [(5.0, True), (40.0, True), (41.0, False)])
def test_look_alikes_stand_within_forty_metres(metres: float, expected: bool) -> None:
    assert is_look_alike(fold("若葉珈琲"), fold("若葉珈琲店"), metres=metres) is expected
