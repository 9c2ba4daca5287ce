"""A trait costs one TraitSpec and a made migration: a fourth and a fifth are added to a copy."""

import pytest

from tests.installed import fresh_database, site_once
from tests.promises.new_traits import CARD, CASH, MENU, TALK_AND_PAY, UNIONPAY, add_to_survey
from tests.promises.scratch import Scratch

pytestmark = [pytest.mark.once, pytest.mark.slow(80)]
PROGRAM = ("-m", "tests.promises.more_traits")


def add_unionpay(scratch: Scratch) -> None:
    """One entry and `makemigrations`: nothing else is changed."""
    add_to_survey(scratch.folder, traits=UNIONPAY)
    said = scratch.manage("makemigrations", "tracker", "--no-input")
    assert "Add field unionpay to visit" in said
    assert "Add field unionpay to adoptioncount" in said


def test_an_installation_of_today_takes_a_fourth_trait_in(of_today: Scratch) -> None:
    add_unionpay(of_today)
    said = of_today.python(*PROGRAM, "existing")
    assert said.count("0 differences") == 8, said
    assert "No changes detected" in of_today.manage("makemigrations", "--check", "--dry-run")


def test_a_new_installation_has_the_fourth_trait(
    scratch: Scratch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    add_unionpay(scratch)
    scratch.python(*PROGRAM, "empty")
    like = site_once(tmp_path_factory)
    with fresh_database(tmp_path_factory.mktemp("another"), like=like) as url:
        Scratch(scratch.folder, url).python(*PROGRAM, "simulated")


def test_a_fifth_trait_and_a_measure_of_two_are_counted(of_today: Scratch) -> None:
    add_unionpay(of_today)
    add_to_survey(of_today.folder, traits=MENU, unions=TALK_AND_PAY)
    said = of_today.manage("makemigrations", "tracker", "--no-input")
    assert "Add field talk_and_pay to adoptioncount" in said
    assert of_today.python(*PROGRAM, "five").count("0 differences") == 5


def test_a_seventh_trait_is_refused_with_a_sentence(scratch: Scratch) -> None:
    add_to_survey(scratch.folder, traits=UNIONPAY + MENU + CASH + CARD)
    with pytest.raises(AssertionError, match="9 traits and rules are numbered"):
        scratch.manage("check")


@pytest.mark.parametrize("code", ["shop", "note", "answers", "level"])
def test_a_trait_named_like_another_field_is_refused_with_a_sentence(
    scratch: Scratch, code: str
) -> None:
    add_to_survey(scratch.folder, traits=UNIONPAY.replace('"unionpay"', f'"{code}"'))
    with pytest.raises(
        AssertionError, match=rf"field of its own called \['{code}'\]: take another"
    ):
        scratch.manage("check")
