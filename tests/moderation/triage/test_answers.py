"""What was answered, beside earlier answers. Each flag at its limit, raised and not."""

from tests.moderation.triage.makers import DAY, NOON, entry, facts
from tracker.moderation.triage.answers import (
    all_unsure,
    chain,
    changed,
    conflict,
    flip_flop,
    twin_shop,
)
from tracker.moderation.triage.facts import ChainOfShop, Duplicate, Record

YES, NO = ("yes", "no", "no"), ("no", "no", "no")


def earlier(key: int, days: float, answers: tuple[str, ...], **values: object) -> Record:
    return entry(key, at=NOON - days * DAY, answers=answers, **values)


def test_three_times_unsure_is_said_and_twice_is_not() -> None:
    assert all_unsure(facts(entry(answers=("unsure",) * 3))) is not None
    assert all_unsure(facts(entry(answers=("unsure", "unsure", "no")))) is None


def test_two_workers_disagree_within_fourteen_days() -> None:
    other = earlier(2, 14, YES, worker=2)
    found = conflict(facts(entry(answers=NO), shop=(other,)))
    assert found is not None
    assert (found.number, found.limit, found.facts["trait"]) == (14, 14, "alipay")
    late = earlier(2, 14.1, YES, worker=2)
    assert conflict(facts(entry(answers=NO), shop=(late,))) is None


def test_nobody_disagrees_with_oneself_a_rejected_entry_or_an_unsure_one() -> None:
    for other in (
        earlier(2, 3, YES),
        earlier(2, 3, YES, worker=2, state="rejected"),
        earlier(2, 3, ("unsure", "no", "no"), worker=2),
    ):
        assert conflict(facts(entry(answers=NO), shop=(other,))) is None
    unsure = entry(answers=("unsure", "no", "no"))
    assert conflict(facts(unsure, shop=(earlier(2, 3, YES, worker=2),))) is None


def test_the_last_word_of_another_worker_counts() -> None:
    others = (earlier(2, 9, YES, worker=2), earlier(3, 2, NO, worker=3))
    assert conflict(facts(entry(answers=NO), shop=others)) is None


def test_the_third_change_within_a_year_is_back_and_forth() -> None:
    shop = tuple(
        earlier(key, days, answers, state="approved")
        for key, days, answers in ((2, 365, YES), (3, 200, NO), (4, 100, YES))
    )
    found = flip_flop(facts(entry(answers=NO), shop=shop))
    assert found is not None
    assert (found.number, found.limit, found.facts) == (3, 3, {"trait": "alipay"})
    assert flip_flop(facts(entry(answers=YES), shop=shop)) is None  # nothing changed now
    assert flip_flop(facts(entry(answers=NO), shop=shop[1:])) is None  # the second change


def test_a_change_more_than_a_year_ago_is_forgotten() -> None:
    shop = tuple(
        earlier(key, days, answers, state="approved")
        for key, days, answers in ((2, 366, YES), (3, 200, NO), (4, 100, YES))
    )
    assert flip_flop(facts(entry(answers=NO), shop=shop)) is None


def test_a_difference_from_the_last_approved_entry_weighs_nothing() -> None:
    found = changed(facts(entry(answers=NO), shop=(earlier(2, 90, YES, state="approved"),)))
    assert found is not None
    assert (found.number, found.weight) == (1, 0.0)
    assert changed(facts(entry(answers=NO), shop=(earlier(2, 90, YES),))) is None
    same = earlier(2, 90, NO, state="approved")
    assert changed(facts(entry(answers=NO), shop=(same,))) is None


def test_nine_in_ten_of_a_chain_are_information_without_weight() -> None:
    found = chain(facts(chains=(ChainOfShop(0, 10, 9),)))
    assert found is not None
    assert (found.number, found.weight, found.facts) == (9, 0.0, {"n": 10, "trait": "alipay"})
    assert chain(facts(chains=(ChainOfShop(0, 10, 8),))) is None
    assert chain(facts(chains=(ChainOfShop(0, 9, 9),))) is None  # too few shops


def test_a_new_shop_beside_one_of_like_name_is_named() -> None:
    duplicates = (Duplicate(5, "千歳屋", 30.0), Duplicate(6, "千歳や", 12.0))
    found = twin_shop(facts(duplicates=duplicates, is_new_shop=True))
    assert found is not None
    assert (found.number, found.limit, found.facts) == (12.0, 40, {"name": "千歳や", "shop": 6})
    assert twin_shop(facts(duplicates=duplicates)) is None
    assert twin_shop(facts(is_new_shop=True)) is None
