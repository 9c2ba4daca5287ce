"""How many cheats the flags find: `python -m tests.bench.calibration [--seeds 1 20]`.

Twenty seasons of 40 honest workers, 10 cheats and 12,000 entries, judged in memory by the same pure
rules. Thresholds were set on seeds 101 to 120; docs/method.md reports seeds 1 to 20.
"""

import os
import sys
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from tests.bench.season import Watched, watch  # noqa: E402
from tracker.moderation.triage.standings import SIGNALS, listed, standings_of  # noqa: E402
from tracker.workflows.simulated.cast import PARTIAL_KINDS, Kind, Person  # noqa: E402
from tracker.workflows.simulated.plan import Season  # noqa: E402

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
    if person.kind is Kind.HONEST:
        return [HONEST]
    group = PARTIAL if person.kind in PARTIAL_KINDS else FULL
    careful = [f"{group}, careful"] if person.care > CAREFUL else []
    return [group, person.kind.value, *careful]


def caught_in(watched: Watched, without: frozenset[str] = frozenset()) -> Caught:
    """The list of one season against the truth; `without` leaves signals out."""
    caught = Caught()
    standings = standings_of(watched.crowd, watched.flags, without=without)
    chosen = {standing.worker for standing in listed(standings)}
    for person in watched.story.people:
        caught.add(person, is_listed=person.number in chosen)
    return caught


def spent_on(watched: Watched, budget: float = 0.10) -> Spent:
    """Entries alone, in the order of their scores, until the budget is used up."""
    in_order = sorted(watched.judged, key=lambda one: (-one.score, one.record.key))
    looked = in_order[: round(budget * len(in_order))]
    reused = [one for one in watched.judged if is_exact_reuse(watched, one.record.key)]
    return Spent(
        looked=len(looked),
        made_up=sum(one.draft.is_made_up for one in looked),
        made_up_in_all=sum(one.draft.is_made_up for one in in_order),
        reused=len(reused),
        reused_found=sum(
            any(finding.code == "photo_same" for finding in one.findings) for one in reused
        ),
    )


def is_exact_reuse(watched: Watched, key: int) -> bool:
    """Whether the photo of an entry was sent unchanged with an earlier entry of another shop."""
    draft = watched.judged[key - 1].draft
    if draft.shot is None or draft.shot.change:
        return False
    return any(
        one.draft.shot == draft.shot and one.draft.front.number != draft.front.number
        for one in watched.judged[: key - 1]
        if one.record.worker == draft.worker
    )


def pool(parts: Sequence[Caught]) -> Caught:
    whole = Caught()
    for part in parts:
        for group, n in part.n.items():
            whole.n[group] += n
            whole.hits[group] += part.hits[group]
    return whole


def main() -> None:
    parser = ArgumentParser()
    parser.add_argument("--seeds", type=int, nargs=2, default=[1, 20], help="first and last")
    parser.add_argument(
        "--care", type=float, default=0.0, help="how well all cheats hide, at least"
    )
    options = parser.parse_args()
    first, last = options.seeds
    ways = {"all signals": frozenset[str](), **{f"without {s}": frozenset({s}) for s in SIGNALS}}
    ways |= {f"only {s}": frozenset(SIGNALS) - {s} for s in SIGNALS}
    results: dict[str, list[Caught]] = {way: [] for way in ways}
    spent = []
    for seed in range(first, last + 1):
        season = Season(40, 10, 12_000, seed, least_care=options.care)
        watched = watch(season)
        spent.append(spent_on(watched))
        for way, without in ways.items():
            results[way].append(caught_in(watched, without))
        print(f"seed {seed}: {dict(results['all signals'][-1].hits)}", file=sys.stderr, flush=True)
    report({way: pool(parts) for way, parts in results.items()}, spent)


def report(results: dict[str, Caught], spent: list[Spent]) -> None:
    """The tables of docs/method.md."""
    whole = results["all signals"]
    print("| workers | on the list | of | share |\n|---|---|---|---|")
    for group in sorted(whole.n):
        print(f"| {group} | {whole.hits[group]} | {whole.n[group]} | {whole.share(group):.1%} |")
    print("\n| signals | full | partial | honest |\n|---|---|---|---|")
    for way, caught in results.items():
        shares = " | ".join(f"{caught.share(group):.1%}" for group in (FULL, PARTIAL, HONEST))
        print(f"| {way} | {shares} |")
    looked, made_up = sum(s.looked for s in spent), sum(s.made_up for s in spent)
    print(f"\nentries looked at: {looked}, made up among them {made_up / looked:.1%}; ", end="")
    print(f"found of those made up: {made_up / sum(s.made_up_in_all for s in spent):.1%}")
    print(f"exact reuse: {sum(s.reused_found for s in spent)} of {sum(s.reused for s in spent)}")


if __name__ == "__main__":
    main()
