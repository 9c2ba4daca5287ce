"""Who was found, against the truth that only the simulation knows."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.bench.season import Judged, Watched
from tracker.demo.simulated.cast import PARTIAL_KINDS, Person, PersonKind
from tracker.demo.simulated.entries import Shot
from tracker.moderation.triage.standings import SIGNALS, listed, standings_of

FULL, PARTIAL, HONEST = "full fabricators", "partial fabricators", "honest"
CAREFUL = 2 / 3  # the third of the cheats that hide best


@dataclass
class Caught:
    """Who was on the list, out of how many; by group of workers."""

    hits: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    n: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, person: Person, *, is_listed: bool) -> None:
        for group in groups_of(person):
            self.hits[group] += is_listed
            self.n[group] += 1

    def share(self, group: str) -> float:
        return self.hits[group] / self.n[group] if self.n[group] else 0.0


@dataclass
class Spent:
    """What the tenth of the entries with the highest score holds."""

    looked: int = 0
    made_up: int = 0
    made_up_in_all: int = 0
    reused: int = 0
    reused_found: int = 0


def groups_of(person: Person) -> list[str]:
    if person.kind is PersonKind.HONEST:
        return [HONEST]
    group = PARTIAL if person.kind in PARTIAL_KINDS else FULL
    careful = [f"{group}, careful"] if person.care > CAREFUL else []
    return [group, person.kind.value, *careful]


def caught_in(
    watched: Watched,
    without: frozenset[str] = frozenset(),
    *,
    without_flags: frozenset[str] = frozenset(),
) -> Caught:
    """The list of one season against the truth; `without` leaves signals out, or `all` of them.

    `without_flags` leaves single flags out of the signals that several of them make up.
    """
    caught = Caught()
    without = frozenset(SIGNALS) if "all" in without else without
    flags = {
        worker: {code: n for code, n in counts.items() if code not in without_flags}
        for worker, counts in watched.flags.items()
    }
    standings = standings_of(watched.crowd, flags, without=without)
    chosen = {standing.worker for standing in listed(standings)}
    for person in watched.story.people:
        caught.add(person, is_listed=person.number in chosen)
    return caught


def spent_on(watched: Watched, budget: float = 0.10) -> Spent:
    """Entries alone, in the order of their scores, until the budget is used up."""
    in_order = sorted(watched.judged, key=lambda one: (-one.score, one.record.key))
    looked = in_order[: round(budget * len(in_order))]
    reused = exact_reuses(watched)
    return Spent(
        looked=len(looked),
        made_up=sum(one.draft.is_made_up for one in looked),
        made_up_in_all=sum(one.draft.is_made_up for one in in_order),
        reused=len(reused),
        reused_found=sum(
            any(finding.code == "photo_same" for finding in one.findings) for one in reused
        ),
    )


def exact_reuses(watched: Watched) -> list[Judged]:
    """Entries whose photo the worker had sent unchanged with an earlier entry of another shop."""
    sent: defaultdict[tuple[int, Shot], set[int]] = defaultdict(set)
    found = []
    for one in watched.judged:
        shot, front = one.draft.shot, one.draft.front.number
        if shot is not None and not shot.change:
            before = sent[one.draft.worker, shot]
            if before - {front}:
                found.append(one)
            before.add(front)
    return found


def pool(parts: Sequence[Caught]) -> Caught:
    whole = Caught()
    for part in parts:
        for group, n in part.n.items():
            whole.n[group] += n
            whole.hits[group] += part.hits[group]
    return whole
