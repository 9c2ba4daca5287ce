"""Workers side by side: in which signals each stands out, and how much together. Pure.

The score is the sum of the robust z-scores of those signals in which a worker stands out (Bredl,
Winker & Kötschau 2012: several together beat any single one). A rank average over all signals was
tried and lets most cheats go, for each of them stands out in few: docs/method.md. The score orders
reviews and back-checks; it never rejects anything and costs nobody anything.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from tracker.moderation.triage.arithmetic import robust_z
from tracker.moderation.triage.crowd import LEAST_ENTRIES, Crowd

# The flags whose share is compared from worker to worker; several count as one signal.
RATES: dict[str, tuple[str, ...]] = {
    "far": ("far",),
    "gps": ("no_gps", "gps_poor"),
    "frozen": ("frozen", "accuracy"),
    "travel": ("travel",),
    "fast": ("fast",),
    "burst": ("burst", "walk"),
    "batch": ("batch",),
    "night": ("night",),
    "photo": ("photo_same", "photo_near"),
    "photo_missing": ("photo_missing",),
    "all_unsure": ("all_unsure",),
    "conflict": ("conflict",),
    "flip_flop": ("flip_flop",),
}  # not the clock: it is the phone's
HABITS = ("uniform", "copies", "mix", "shortest")
SIGNALS = (*RATES, *HABITS)
STANDS_OUT, MOST = 3.0, 10.0  # deviations from the crowd: from where on, and at most, they count
PEOPLE_DIFFER = 0.02  # honest people differ so much in a rate, beyond chance
LISTED = 6.0  # the score from which a worker is on the list; calibrated, see docs/method.md
BUDGET = 0.10  # of all entries may be looked at for the list
PART = 0.5  # of the entries of a listed worker are looked at


@dataclass(frozen=True)
class Signal:
    """One measure of one worker: what it is, and how far from the crowd."""

    name: str
    value: float
    z: float


@dataclass(frozen=True)
class Standing:
    """A worker among the others. `reasons` are those signals that stand out, the oddest first."""

    worker: int
    n: int
    score: float
    reasons: tuple[Signal, ...]


def rates_of(counts: Mapping[str, int], n: int) -> dict[str, float]:
    """Signal → share of the entries with one of its flags."""
    return {
        name: min(1.0, sum(counts.get(code, 0) for code in codes) / n)
        for name, codes in RATES.items()
    }


def standings_of(
    crowd: Crowd,
    flags: Mapping[int, Mapping[str, int]],
    *,
    without: frozenset[str] = frozenset(),
) -> list[Standing]:
    """Everybody with enough entries, the oddest first. `flags`: worker → code → entries."""
    workers = [w for w, habits in crowd.habits.items() if habits.n >= LEAST_ENTRIES]
    measured = {
        worker: crowd.signals(worker) | rates_of(flags.get(worker, {}), crowd.habits[worker].n)
        for worker in workers
    }
    names = [name for name in SIGNALS if name not in without]
    deviations = {name: _deviations(name, measured, crowd) for name in names}
    found = [
        _standing(worker, crowd.habits[worker].n, measured[worker], deviations)
        for worker in workers
    ]
    return sorted(found, key=lambda standing: (-standing.score, standing.worker))


def _deviations(
    name: str, measured: Mapping[int, Mapping[str, float]], crowd: Crowd
) -> dict[int, float]:
    """Worker → how far above the crowd; chance alone is allowed for."""
    values = [signals[name] for signals in measured.values()]
    return {
        worker: robust_z(signals[name], values, noise=_noise(name, values, crowd.habits[worker].n))
        for worker, signals in measured.items()
    }


def _noise(name: str, values: Sequence[float], n: int) -> float:
    """What a rate of `n` entries spreads by chance; the habits are in deviations already."""
    if name in HABITS:
        return 1.0
    usual = min(0.5, max(sorted(values)[len(values) // 2], 1 / n))
    return sqrt(usual * (1 - usual) / n + PEOPLE_DIFFER**2)


def _standing(
    worker: int,
    n: int,
    signals: Mapping[str, float],
    deviations: Mapping[str, Mapping[int, float]],
) -> Standing:
    reasons = [
        Signal(name, signals[name], of_all[worker])
        for name, of_all in deviations.items()
        if of_all[worker] >= STANDS_OUT
    ]
    reasons.sort(key=lambda signal: (-signal.z, signal.name))
    return Standing(worker, n, sum(min(r.z, MOST) for r in reasons), tuple(reasons))


def listed(standings: Sequence[Standing], *, budget: float = BUDGET) -> list[Standing]:
    """The oddest workers, as long as the budget pays for a look at half of their entries each."""
    left = budget * sum(standing.n for standing in standings)
    found = []
    for standing in standings:
        left -= PART * standing.n
        if standing.score < LISTED or left < 0:
            break
        found.append(standing)
    return found
