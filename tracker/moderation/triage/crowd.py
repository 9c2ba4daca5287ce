"""What stands out in all the recent entries of a worker, beside those of others. Pure.

Everything is compared with what other workers answered in the same ward and kind of shop, never
with a fixed share: honest answers to few questions repeat (Simmons et al. 2016).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from math import log, sqrt

from tracker.moderation.triage.arithmetic import entropy, percentile, robust_z
from tracker.moderation.triage.facts import Record, WorkerFinding
from tracker.moderation.triage.habits import (
    PRIOR,
    Cell,
    Habits,
    HabitTally,
    Pattern,
    beyond,
    excess,
    habits_of,
    pour,
    share,
)

LEAST_ENTRIES = 30  # fewer say too little of a person
LEAST_PEERS = 8
Z_LIMIT = 2.5
MIX_RATIO, COPIES_RATIO = 2.0, 1.25
LEAST_DURATIONS, QUICK_PART = 30, 0.1


class Crowd:
    """All workers of an area and what is usual there."""

    def __init__(self, records: Iterable[Record]) -> None:
        by_worker: defaultdict[int, list[Record]] = defaultdict(list)
        for record in records:
            by_worker[record.worker].append(record)
        self.habits = {
            worker: habits_of(sorted(own, key=lambda one: (one.at, one.key)))
            for worker, own in sorted(by_worker.items())
        }
        self.patterns: defaultdict[Cell, Counter[Pattern]] = defaultdict(Counter)
        self.copies: defaultdict[Cell, HabitTally] = defaultdict(HabitTally)
        self.unanswered: defaultdict[str, HabitTally] = defaultdict(HabitTally)
        for habits in self.habits.values():
            self._add(habits)
        self._variety: dict[int, float] | None = None

    def _add(self, habits: Habits) -> None:
        for cell, patterns in habits.patterns.items():
            self.patterns[cell].update(patterns)
        pour(self.copies, habits.copies)
        pour(self.unanswered, habits.unanswered)

    def findings(self, worker: int) -> tuple[WorkerFinding, ...]:
        """What stands out of one worker; nothing while there are few entries or few others."""
        habits = self.habits.get(worker)
        if habits is None or habits.n < LEAST_ENTRIES or len(self.habits) <= LEAST_PEERS:
            return ()
        found = (
            self._uniform(worker),
            self._copies(worker),
            self._mix(worker),
            self._short(worker),
        )
        return tuple(finding for finding in found if finding is not None)

    def signals(self, worker: int) -> dict[str, float]:
        """The four measures as deviations from the crowd; higher is odder."""
        return {
            "uniform": -self.variety_z(worker),
            "copies": excess(self.habits[worker].copies, self.copies),
            "mix": excess(self.habits[worker].unanswered, self.unanswered),
            "shortest": self.shortest_z(worker),
        }

    def quick(self, worker: int) -> float | None:
        """The seconds that nine in ten entries of others in the same wards take at least."""
        own = self.habits.get(worker)
        wards = set(own.seconds) if own else set()
        others = [
            seconds
            for other, habits in self.habits.items()
            if other != worker
            for ward in wards & set(habits.seconds)
            for seconds in habits.seconds[ward]
        ]
        return percentile(others, QUICK_PART) if len(others) >= LEAST_DURATIONS else None

    def variety_z(self, worker: int) -> float:
        """How much more the answers vary than those of others at such shops, in deviations."""
        if self._variety is None:
            enough = [w for w, habits in self.habits.items() if habits.n >= LEAST_ENTRIES]
            self._variety = {w: self._variety_of(w) for w in enough}
        noise = 1 / sqrt(max(1, self.habits[worker].n))
        return robust_z(self._variety[worker], list(self._variety.values()), noise=noise)

    def _variety_of(self, worker: int) -> float:
        """Entropy of the answers less that of others at the same mix of shops, in bits."""
        own: Counter[Pattern] = Counter()
        expected: defaultdict[Pattern, float] = defaultdict(float)
        usual = self._others(worker)
        for cell, patterns in self.habits[worker].patterns.items():
            own.update(patterns)
            n = patterns.total()
            others = self.patterns[cell] - patterns
            scale = n / (others.total() + PRIOR)
            for pattern in {*others, *usual}:
                expected[pattern] += scale * (others[pattern] + PRIOR * usual.get(pattern, 0.0))
        if not own:
            return 0.0
        bias = (len(own) - 1) / (2 * own.total() * log(2))  # Miller & Madow 1955
        return entropy(own.values()) + bias - entropy(expected.values())

    def _others(self, worker: int) -> dict[Pattern, float]:
        """Shares of the patterns among all other workers."""
        total: Counter[Pattern] = Counter()
        for patterns in self.patterns.values():
            total.update(patterns)
        for patterns in self.habits[worker].patterns.values():
            total.subtract(patterns)
        n = total.total()
        return {pattern: count / n for pattern, count in total.items() if count > 0} if n else {}

    def shortest_z(self, worker: int) -> float:
        shares = [share(habits.shortest) for habits in self.habits.values()]
        own = self.habits[worker].shortest
        usual = sum(shares) / len(shares)
        noise = sqrt(usual * (1 - usual) / max(1, own.n))
        return robust_z(share(own), shares, noise=noise)

    def _uniform(self, worker: int) -> WorkerFinding | None:
        z = -self.variety_z(worker)
        if z <= Z_LIMIT:
            return None
        return WorkerFinding("uniform", z, Z_LIMIT, {"n": self.habits[worker].n})

    def _short(self, worker: int) -> WorkerFinding | None:
        z, own = self.shortest_z(worker), self.habits[worker].shortest
        if z <= Z_LIMIT:
            return None
        percent = round(100 * share(own))
        return WorkerFinding("shortest", z, Z_LIMIT, {"n": own.n, "share": percent})

    def _copies(self, worker: int) -> WorkerFinding | None:
        return beyond("copies", self.habits[worker].copies, self.copies, ratio=COPIES_RATIO)

    def _mix(self, worker: int) -> WorkerFinding | None:
        return beyond("mix", self.habits[worker].unanswered, self.unanswered, ratio=MIX_RATIO)
