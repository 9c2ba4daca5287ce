"""How much a run tries: which tier it is, and the seed of everything that is drawn at random."""

import os
from collections.abc import Sequence
from enum import StrEnum
from secrets import randbelow
from typing import Any, TypeVar


class Tier(StrEnum):
    """What was typed: `make quick`, `make test` or `make test-all`."""

    QUICK = "quick"
    TEST = "test"
    ALL = "all"


Kind = TypeVar("Kind")
TIER = Tier(os.environ.setdefault("NOREN_TIER", Tier.TEST))
# Another one in every run; all processes of a run have that of the first.
SEED = int(os.environ.setdefault("NOREN_SEED", str(randbelow(1_000_000))))


def tries(*, quick: Kind, test: Kind, whole: Kind) -> Kind:
    """How often something is tried in the tier that runs, or what."""
    return {Tier.QUICK: quick, Tier.TEST: test, Tier.ALL: whole}[TIER]


def looks(*sides: Sequence[Any]) -> list[list[Any]]:
    """Of each side of a look at a screen (language, width, theme) the one drawn; or all."""
    if TIER is Tier.ALL:
        return [list(side) for side in sides]
    seed, found = SEED, []
    for side in sides:
        seed, place = divmod(seed, len(side))
        found.append([side[place]])
    return found


def drawn(choices: Sequence[Kind]) -> list[Kind]:
    """One of several looks at the same thing, another with each seed; in `test-all` every one."""
    return list(choices) if TIER is Tier.ALL else [choices[SEED % len(choices)]]
