"""Workers side by side: who is on the list, for what, and what the budget pays for."""

from tests.moderation.triage.test_crowd import PEERS, crowd_with, said, usual
from tracker.moderation.triage.crowd import Crowd
from tracker.moderation.triage.standings import (
    LISTED,
    MOST,
    RATES,
    SIGNALS,
    Standing,
    listed,
    rates_of,
    standings_of,
)
from tracker.moderation.triage.table import FLAGS


def test_everybody_alike_leaves_the_list_empty() -> None:
    standings = standings_of(crowd_with(usual(1)), {})
    assert len(standings) == PEERS + 1
    assert listed(standings) == []


def test_who_stands_out_comes_first_with_the_reasons() -> None:
    crowd = crowd_with(said(usual(1), ("no", "no", "no")))
    flags = {1: {"far": 40, "photo_near": 30}, 2: {"far": 1}}
    first, *others = standings_of(crowd, flags)
    assert (first.worker, first.n) == (1, 60)
    names = [reason.name for reason in first.reasons]
    assert set(names) == {"far", "photo", "uniform", "copies"}
    assert [reason.z for reason in first.reasons] == sorted(
        (reason.z for reason in first.reasons), reverse=True
    )
    assert first.score <= MOST * len(names)
    assert all(other.score < LISTED for other in others)
    assert [standing.worker for standing in listed([first, *others], budget=0.5)] == [1]


def test_a_signal_can_be_left_out() -> None:
    crowd, flags = crowd_with(usual(1)), {1: {"far": 40}}
    assert standings_of(crowd, flags)[0].score == MOST
    assert standings_of(crowd, flags, without=frozenset({"far"}))[0].score == 0


def test_few_entries_are_too_few_to_say() -> None:
    crowd = Crowd([*usual(1, n=29), *usual(2)])
    assert [standing.worker for standing in standings_of(crowd, {1: {"far": 29}})] == [2]


def test_a_wrong_clock_is_no_reason_to_distrust_a_person() -> None:
    standings = standings_of(crowd_with(usual(1)), {1: {"clock": 60}})
    assert listed(standings) == []


def test_the_budget_ends_the_list() -> None:
    standings = [Standing(worker, 100, 20.0, ()) for worker in range(10)]
    assert len(listed(standings, budget=0.10)) == 2  # half of 100 entries each, 100 in all
    assert len(listed(standings, budget=0.149)) == 2
    assert len(listed(standings, budget=0.15)) == 3


def test_flags_of_one_kind_are_one_signal() -> None:
    assert rates_of({"no_gps": 3, "gps_poor": 2}, 50)["gps"] == 0.1
    assert rates_of({"photo_same": 40, "photo_near": 30}, 50)["photo"] == 1.0
    assert {code for codes in RATES.values() for code in codes} < set(FLAGS)
    assert len(SIGNALS) == len(set(SIGNALS))
