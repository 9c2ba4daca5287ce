"""What stands out of a worker beside others at the same kind of shops."""

from dataclasses import replace
from random import Random

import pytest

from tests.moderation.triage.makers import NOON, entry, place
from tracker.moderation.triage.crowd import LEAST_ENTRIES, Crowd
from tracker.moderation.triage.facts import Record

PEERS = 12
VARIED = [("yes", "yes", "no"), ("no", "no", "no"), ("yes", "no", "no"), ("no", "no", "yes")]
Answers = tuple[str, ...]


def usual(worker: int, n: int = 60, ward: str = "13102", **values: object) -> list[Record]:
    """Entries as everybody has them; the same worker, the same entries."""
    rng = Random(worker)
    ordinary: dict[str, object] = {"evidence": "asked", "seconds": 10.0 + worker}
    return [
        entry(
            worker * 1000 + number,
            worker=worker,
            at=NOON + 600 * number,
            place=place(number, ward=ward),
            answers=rng.choice(VARIED),
            outcome="closed_today" if number % 20 == 0 else "answered",
            **(ordinary | values),
        )
        for number in range(n)
    ]


def crowd_with(odd: list[Record]) -> Crowd:
    peers = [record for worker in range(2, PEERS + 2) for record in usual(worker)]
    return Crowd([*odd, *peers])


def codes(odd: list[Record]) -> list[str]:
    return [finding.code for finding in crowd_with(odd).findings(1)]


def said(records: list[Record], answers: Answers) -> list[Record]:
    return [replace(record, answers=answers) for record in records]


def test_a_worker_like_all_others_does_not_stand_out() -> None:
    assert codes(usual(1)) == []


def test_always_the_same_answers_are_too_uniform_and_copies() -> None:
    found = crowd_with(said(usual(1), VARIED[1])).findings(1)
    assert [finding.code for finding in found] == ["uniform", "copies"]
    uniform, copies = found
    assert uniform.number > uniform.limit == 2.5
    assert (copies.limit, copies.facts["n"]) == (0.001, 56)
    assert copies.number == 56 > float(copies.facts["expected"])


def test_where_everybody_answers_the_same_nobody_copies() -> None:
    street = [
        record
        for worker in range(1, PEERS + 2)
        for record in said(usual(worker, ward="13104"), VARIED[1])
    ]
    assert Crowd(street).findings(1) == ()


def test_many_closed_shops_stand_out_and_a_few_more_do_not() -> None:
    def closing(every: int) -> list[Record]:
        return [
            replace(record, outcome="closed_today") if number % every == 0 else record
            for number, record in enumerate(usual(1))
        ]

    assert codes(closing(2)) == ["mix"]
    assert codes(closing(15)) == []


def test_answers_and_nothing_else_are_the_shortest_way() -> None:
    found = crowd_with(usual(1, evidence="")).findings(1)
    assert [finding.code for finding in found] == ["shortest"]
    assert found[0].facts == {"n": 57, "share": 100}
    assert codes(usual(1, evidence="", no_photo="no_sign")) == []


def test_few_entries_or_few_others_say_nothing() -> None:
    few = said(usual(1, n=LEAST_ENTRIES - 1), VARIED[1])
    assert codes(few) == []
    alone = said(usual(1), VARIED[1])
    assert Crowd([*alone, *usual(2), *usual(3)]).findings(1) == ()


def test_the_quickest_tenth_is_that_of_others_in_the_same_wards() -> None:
    crowd = crowd_with(usual(1))
    assert crowd.quick(1) == pytest.approx(13, abs=1)
    assert Crowd([*usual(1), *usual(2, ward="13104")]).quick(1) is None
    assert crowd.quick(99) is None
