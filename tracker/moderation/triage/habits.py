"""The recent entries of a worker, counted, and how a count compares with that of others. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import sqrt
from typing import TypeVar

from tracker.moderation.triage.arithmetic import binomial_tail
from tracker.moderation.triage.facts import ANSWERED, Record, WorkerFinding

CHANCE = 0.001
PRIOR = 10  # entries of everybody that are mixed into a thin cell

Cell = tuple[str, str]  # ward and segment
Pattern = tuple[str, ...]
Key = TypeVar("Key")


@dataclass
class HabitTally:
    """Hits and tries."""

    hits: int = 0
    n: int = 0

    def add(self, is_hit: bool) -> None:
        self.hits += is_hit
        self.n += 1


@dataclass
class Habits:
    """The entries of one worker, or of all, counted."""

    n: int = 0
    patterns: dict[Cell, Counter[Pattern]] = field(default_factory=lambda: defaultdict(Counter))
    copies: dict[Cell, HabitTally] = field(default_factory=lambda: defaultdict(HabitTally))
    unanswered: dict[str, HabitTally] = field(default_factory=lambda: defaultdict(HabitTally))
    shortest: HabitTally = field(default_factory=HabitTally)
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))


def _cell(record: Record) -> Cell:
    return record.place.ward, record.place.segment


def _is_shortest(record: Record) -> bool:
    """Answers and nothing else."""
    return not (record.evidence or record.has_note or record.photos or record.no_photo)


def habits_of(records: Sequence[Record]) -> Habits:
    """Counted from the entries of one worker, in order of observation."""
    habits = Habits(n=len(records))
    for record in records:
        is_answered = record.outcome == ANSWERED
        habits.unanswered[record.place.ward].add(not is_answered)
        if is_answered:
            habits.patterns[_cell(record)][record.answers] += 1
            habits.shortest.add(_is_shortest(record))
            if record.seconds is not None:
                habits.seconds[record.place.ward].append(record.seconds)
    for before, record in pairwise(one for one in records if one.outcome == ANSWERED):
        habits.copies[_cell(record)].add(_is_copy(before, record))
    return habits


def _is_copy(before: Record, record: Record) -> bool:
    return (before.answers, before.evidence) == (record.answers, record.evidence)


def share(tally: HabitTally) -> float:
    return tally.hits / tally.n if tally.n else 0.0


def pour(into: dict[Key, HabitTally], tallies: Mapping[Key, HabitTally]) -> None:
    """Add the tallies to those of the crowd."""
    for key, tally in tallies.items():
        into[key].hits += tally.hits
        into[key].n += tally.n


def expected_rates(
    own: Mapping[Key, HabitTally], everybody: Mapping[Key, HabitTally]
) -> Iterator[tuple[int, float]]:
    """For each cell of a worker the tries, and the rate of the others there.

    A thin cell leans on the others in all cells.
    """
    hits = sum(tally.hits for tally in everybody.values()) - sum(t.hits for t in own.values())
    n = sum(tally.n for tally in everybody.values()) - sum(t.n for t in own.values())
    usual = hits / n if n else 0.0
    for key, tally in own.items():
        others = everybody[key]
        rate = (others.hits - tally.hits + PRIOR * usual) / (others.n - tally.n + PRIOR)
        yield tally.n, rate


def excess(own: Mapping[Key, HabitTally], everybody: Mapping[Key, HabitTally]) -> float:
    """Hits beyond those expected, in deviations of chance."""
    rates = list(expected_rates(own, everybody))
    variance = sum(n * rate * (1 - rate) for n, rate in rates)
    hits = sum(tally.hits for tally in own.values())
    return (hits - sum(n * rate for n, rate in rates)) / sqrt(variance) if variance > 0 else 0.0


def beyond(
    code: str, own: Mapping[Key, HabitTally], everybody: Mapping[Key, HabitTally], *, ratio: float
) -> WorkerFinding | None:
    """A finding where so many hits are no chance and well above what others have.

    The exact binomial test with the mean rate: never too sharp for rates that differ by cell.
    """
    rates = list(expected_rates(own, everybody))
    n, hits = sum(n for n, _rate in rates), sum(tally.hits for tally in own.values())
    expected = sum(n * rate for n, rate in rates)
    if not n or hits <= ratio * expected or binomial_tail(hits, n, expected / n) >= CHANCE:
        return None
    return WorkerFinding(code, hits, CHANCE, {"n": n, "expected": round(expected, 1)})
