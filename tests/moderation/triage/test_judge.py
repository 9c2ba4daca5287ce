"""All rules together: pure, in the order of the table, and what they add up to."""

import json
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.moderation.triage.makers import NOON, at, entry, facts, place
from tracker.moderation.kinds import Priority
from tracker.moderation.triage.facts import Facts, Finding, PhotoMatch, Record, WorkerFinding
from tracker.moderation.triage.judge import RULES, findings_of, priority_of, score_of
from tracker.moderation.triage.table import FLAGS

ANSWER = st.sampled_from(["yes", "no", "unsure", "not_checked"])
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
FIX = st.builds(at, st.integers(-900, 900), st.integers(-900, 900), st.integers(0, 300) | st.none())


@st.composite
def records(draw: st.DrawFn) -> Record:
    moment = NOON + draw(st.integers(-40_000, 0))
    return entry(
        draw(st.integers(1, 10**6)),
        worker=draw(st.integers(1, 3)),
        at=moment,
        received=moment + draw(st.integers(0, 90)),
        place=place(draw(st.integers(1, 4)), east=draw(st.integers(-2000, 2000))),
        answers=tuple(draw(st.tuples(ANSWER, ANSWER, ANSWER))),
        outcome=draw(st.sampled_from(["answered", "answered", "closed_today"])),
        fixes=tuple(draw(st.lists(FIX, max_size=2))),
        seconds=draw(st.floats(0, 60) | st.none()),
        is_app=draw(st.booleans()),
        offset_s=draw(st.floats(-1e9, 1e9) | st.none()),
        state=draw(st.sampled_from(["submitted", "approved", "rejected"])),
    )


@st.composite
def any_facts(draw: st.DrawFn) -> Facts:
    around = draw(st.lists(records(), max_size=12))
    around.sort(key=lambda one: one.at)
    match = st.builds(
        PhotoMatch, st.integers(1, 9), st.integers(1, 4), st.floats(0, 1), st.booleans()
    )
    return facts(
        draw(records()),
        own=tuple(around),
        shop=tuple(around),
        number=draw(st.integers(1, 60)),
        quick_s=draw(st.floats(1, 60) | st.none()),
        matches=tuple(draw(st.lists(match, max_size=3))),
        is_photo_due=draw(st.booleans()),
    )


@QUICK
@given(any_facts())
def test_the_same_facts_give_the_same_flags_and_are_left_as_they_were(some: Facts) -> None:
    before = repr(some)
    first = findings_of(some, first_entries=30)
    assert findings_of(replace(some), first_entries=30) == first
    assert repr(some) == before


@QUICK
@given(any_facts())
def test_every_flag_is_of_the_table_once_and_can_be_kept(some: Facts) -> None:
    found = findings_of(some, first_entries=30)
    codes = [finding.code for finding in found]
    assert codes == [code for code in FLAGS if code in codes]
    for finding in found:
        assert json.loads(json.dumps(finding.facts)) == finding.facts
        assert abs(finding.number) < float("inf")
        assert 0 <= finding.weight <= FLAGS[finding.code].strong


def test_an_ordinary_entry_has_no_flag() -> None:
    assert findings_of(facts(), first_entries=30) == []


def test_there_is_a_rule_for_every_flag_but_those_of_the_worker() -> None:
    of_workers = {"uniform", "copies", "mix", "shortest", "new_worker"}
    assert {rule.__name__ for rule in RULES} == set(FLAGS) - of_workers


def test_what_is_found_of_the_worker_comes_with_each_entry() -> None:
    odd = WorkerFinding("mix", 40, 0.001, {"n": 60, "expected": 3.0})
    (found,) = findings_of(facts(worker=(odd,)), first_entries=30)
    assert (found.code, found.number, found.weight) == ("mix", 40, 1.0)


def test_the_thirtieth_entry_is_among_the_first_and_the_next_is_not() -> None:
    (found,) = findings_of(facts(number=30), first_entries=30)
    assert (found.code, found.number, found.weight) == ("new_worker", 30, 0.0)
    assert findings_of(facts(number=31), first_entries=30) == []


def flag(code: str, weight: float) -> Finding:
    return Finding(code, 1, 1, weight, {})


def test_the_priority_follows_the_score_and_a_change_is_looked_at_earlier() -> None:
    assert priority_of([]) == priority_of([flag("new_worker", 0)]) == Priority.LOW
    assert (
        priority_of([flag("changed", 0)]) == priority_of([flag("no_gps", 0.5)]) == Priority.MEDIUM
    )
    assert priority_of([flag("far", 1.0), flag("fast", 0.9)]) == Priority.MEDIUM
    assert priority_of([flag("far", 1.0), flag("fast", 1.0)]) == Priority.HIGH
    assert score_of([flag("far", 1.0), flag("no_gps", 0.5)]) == 1.5
