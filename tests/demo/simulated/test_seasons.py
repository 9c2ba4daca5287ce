"""Simulated seasons: the same for a seed, honest ones like real ones, and the cheats are found.

Smaller than those of docs/method.md, which `python -m tests.bench.calibration` makes.
"""

from collections import Counter

import pytest

from tests.bench.season import Watched, watch
from tests.bench.verdict import FULL, HONEST, PARTIAL, caught_in, pool, spent_on
from tracker.demo.simulated.cast import CHEATS, PersonKind
from tracker.demo.simulated.plan import PERIOD_DAYS, Season, tell

pytestmark = [pytest.mark.once, pytest.mark.slow(8)]
SEEDS = (41, 42, 43)


@pytest.fixture(scope="module")
def seasons() -> list[Watched]:
    return [watch(Season(workers=24, cheats=6, visits=3000, seed=seed)) for seed in SEEDS]


def test_a_seed_tells_the_same_story_and_another_seed_another() -> None:
    season = Season(workers=3, cheats=6, visits=300, seed=5)
    assert tell(season) == tell(season)
    assert tell(season).days != tell(Season(3, 6, 300, 6)).days


def test_a_season_has_as_many_entries_and_people_as_asked_for() -> None:
    story = tell(Season(workers=5, cheats=7, visits=500, seed=9))
    assert Counter(person.kind for person in story.people)[PersonKind.HONEST] == 5
    assert {person.kind for person in story.people[5:]} == set(CHEATS)
    assert len(story.days) == PERIOD_DAYS
    assert sum(len(day) for day in story.days) == 500
    for day in story.days:
        assert [draft.received for draft in day] == sorted(draft.received for draft in day)
        assert all(draft.at <= draft.received for draft in day)


def test_cheats_come_in_all_kinds_whatever_the_seed_begins_with() -> None:
    people = tell(Season(2, 6, 100, seed=4)).people
    assert {person.kind for person in people[2:]} == set(CHEATS)
    assert all(person.care >= 0.9 for person in tell(Season(2, 6, 99, 4, least_care=0.9)).people)


def test_honest_workers_make_nothing_up_and_all_cheats_do(seasons: list[Watched]) -> None:
    for watched in seasons:
        made_up = Counter(one.record.worker for one in watched.judged if one.draft.is_made_up)
        for person in watched.story.people:
            assert (made_up[person.number] > 0) == (person.kind is not PersonKind.HONEST)


def test_the_cheats_are_on_the_list_and_honest_workers_are_not(seasons: list[Watched]) -> None:
    caught = pool([caught_in(watched) for watched in seasons])
    assert caught.n[FULL] == 12
    assert caught.share(FULL) >= 0.8
    assert caught.share(PARTIAL) >= 0.5
    assert caught.share(HONEST) <= 0.05


def test_without_any_signal_nobody_is_on_the_list(seasons: list[Watched]) -> None:
    caught = caught_in(seasons[0], without=frozenset({"all"}))
    assert caught.hits == {FULL: 0, PARTIAL: 0, HONEST: 0} | dict.fromkeys(caught.hits, 0)


def test_every_photo_sent_again_unchanged_is_found(seasons: list[Watched]) -> None:
    spent = [spent_on(watched) for watched in seasons]
    reused = sum(one.reused for one in spent)
    assert reused > 50
    assert sum(one.reused_found for one in spent) == reused


def test_a_tenth_of_the_entries_is_mostly_well_spent(seasons: list[Watched]) -> None:
    for watched in seasons:
        spent = spent_on(watched)
        assert spent.looked == 300
        assert spent.made_up >= 0.8 * spent.looked


def test_most_honest_entries_need_no_re_review(seasons: list[Watched]) -> None:
    honest = {person.number for watched in seasons for person in watched.story.people[:24]}
    entries = [one for watched in seasons for one in watched.judged if one.record.worker in honest]
    assert sum(one.score > 0 for one in entries) <= 0.35 * len(entries)
    assert sum(one.score >= 2 for one in entries) <= 0.03 * len(entries)


def test_judging_again_gives_the_same(seasons: list[Watched]) -> None:
    again = watch(Season(workers=24, cheats=6, visits=3000, seed=SEEDS[0]))
    assert [one.findings for one in again.judged] == [one.findings for one in seasons[0].judged]


def test_a_cast_of_honest_people_has_no_cheats() -> None:
    people = tell(Season(workers=4, cheats=0, visits=40, seed=1)).people
    assert [person.kind for person in people] == [PersonKind.HONEST] * 4
