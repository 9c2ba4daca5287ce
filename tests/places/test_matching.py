"""Names of shops made comparable."""

import json
from pathlib import Path

import pytest

from tracker.places.matching import fold, is_look_alike, likeness

# The phone folds too, in its own language: both are held to these pairs.
CASES: list[tuple[str, str]] = json.loads(
    Path(__file__).with_name("fold_cases.json").read_text(encoding="utf-8")
)


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


def test_fold_gives_what_was_agreed_with_the_phone() -> None:
    wrong = [(name, fold(name), folded) for name, folded in CASES if fold(name) != folded]
    assert wrong == []
    assert len(CASES) == len({name for name, _folded in CASES}) >= 200


def test_the_agreed_names_reach_every_rule_of_fold() -> None:
    folded = dict(CASES)
    assert folded["ﾏﾂﾓﾄｷﾖｼ"] == folded["マツモトキヨシ"]
    assert folded["カ\u3099ト\u3099"] == "がど"
    assert folded["銀座"] != folded["银座"]
    assert (folded["𠮷店"], folded["𠮷野店"]) == ("𠮷店", "𠮷野")
    assert max(len(name) for name in folded) >= 500
    assert "" in folded.values()
