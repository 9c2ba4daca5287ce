"""How many cheats the flags find: `python -m tests.bench.calibration [--seeds 1 20]`.

Twenty seasons of 40 honest workers, 10 cheats and 12,000 entries, judged in memory by the same pure
rules. Thresholds were set on seeds 101 to 118; docs/method.md reports seeds 1 to 20.
"""

import os
import sys
from argparse import ArgumentParser
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from typing import NamedTuple

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from tests.bench.season import watch  # noqa: E402
from tests.bench.verdict import (  # noqa: E402
    FULL,
    HONEST,
    PARTIAL,
    Caught,
    Spent,
    caught_in,
    pool,
    spent_on,
)
from tracker.demo.simulated.plan import Season  # noqa: E402
from tracker.moderation.triage.standings import RATES, SIGNALS  # noqa: E402


class Way(NamedTuple):
    """What is left out."""

    signals: frozenset[str] = frozenset()
    flags: frozenset[str] = frozenset()


def main() -> None:
    parser = ArgumentParser()
    parser.add_argument("--seeds", type=int, nargs=2, default=[1, 20], help="first and last")
    parser.add_argument(
        "--care", type=float, default=0.0, help="how well all cheats hide, at least"
    )
    parser.add_argument("--cheats", type=int, default=10)
    parser.add_argument("--brief", action="store_true", help="without leaving signals out")
    parser.add_argument("--processes", type=int, default=1)
    options = parser.parse_args()
    first, last = options.seeds
    seasons = [
        Season(40, options.cheats, 12_000, seed, least_care=options.care)
        for seed in range(first, last + 1)
    ]
    ways = ways_of(options.brief)
    results: dict[str, list[Caught]] = {way: [] for way in ways}
    spent = []
    with ProcessPoolExecutor(options.processes) as processes:
        for season, (caught, one) in zip(
            seasons, processes.map(partial(judged, ways=ways), seasons), strict=True
        ):
            spent.append(one)
            for way in ways:
                results[way].append(caught[way])
            hits = dict(caught["all signals"].hits)
            print(f"seed {season.seed}: {hits}", file=sys.stderr, flush=True)
    report({way: pool(parts) for way, parts in results.items()}, spent)


def ways_of(is_brief: bool) -> dict[str, Way]:
    """Name → the signals and the single flags that are left out."""
    ways = {"all signals": Way()}
    if is_brief:
        return ways
    ways |= {f"without {s}": Way(frozenset({s})) for s in SIGNALS}
    ways |= {f"only {s}": Way(frozenset(SIGNALS) - {s}) for s in SIGNALS}
    for signal, codes in RATES.items():
        for code in codes if len(codes) > 1 else ():
            ways[f"without flag {code}"] = Way(frozenset(), frozenset({code}))
            others = frozenset(codes) - {code}
            ways[f"only flag {code}"] = Way(frozenset(SIGNALS) - {signal}, others)
    return ways


def judged(season: Season, ways: dict[str, Way]) -> tuple[dict[str, Caught], Spent]:
    """One season: who is on the list in each way, and what the entries alone give."""
    watched = watch(season)
    caught = {
        name: caught_in(watched, way.signals, without_flags=way.flags) for name, way in ways.items()
    }
    return caught, spent_on(watched)


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
    print(f"found of those made up: {made_up / max(1, sum(s.made_up_in_all for s in spent)):.1%}")
    print(f"exact reuse: {sum(s.reused_found for s in spent)} of {sum(s.reused for s in spent)}")


if __name__ == "__main__":
    main()
