"""Strata with too few observed shops, joined with others before they are weighted. Pure.

A thin stratum borrows in this order: it is pooled with the other thin strata of its ward; where
these are thin together, the other strata of the ward speak for them; where the ward has none,
the same group in the other wards; and where there is none either, it is left uncovered. Strata
with enough shops of their own keep them. (Cells collapsed before weighting: Kalton &
Flores-Cervantes 2003, Journal of Official Statistics 19:81–97.)
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from enum import StrEnum
from math import fsum
from typing import NamedTuple

FEWEST_IN_STRATUM = 2  # of one shop alone no spread can be estimated


class Rule(StrEnum):
    """On whose shops a stratum rests."""

    OWN = "own"
    POOLED = "pooled"  # with the other thin strata of its ward
    WARD = "ward"  # the other strata of its ward
    GROUP = "group"  # the same group in the other wards
    UNCOVERED = "uncovered"


class Stratum(NamedTuple):
    """One group of shops in one ward: its establishments in the frame, and what was observed."""

    ward: str
    group: str
    establishments: float | None  # None where the frame is missing
    observed: int
    yes: int


class StratumCell(NamedTuple):
    """Observed shops, and the number of establishments of the frame that they stand for."""

    establishments: float
    observed: int
    yes: int


class Collapsed(NamedTuple):
    """Cells that each have shops enough, and the rule of every stratum, in order of its key."""

    cells: tuple[StratumCell, ...]
    rules: tuple[tuple[Stratum, Rule], ...]


def collapse(strata: Iterable[Stratum]) -> Collapsed:
    """The cells to weight. Every stratum needs a number of establishments above 0."""
    ordered = sorted(strata)
    own = [stratum for stratum in ordered if stratum.observed >= FEWEST_IN_STRATUM]
    thin = defaultdict(list)
    for stratum in ordered:
        if stratum.observed < FEWEST_IN_STRATUM:
            thin[stratum.ward].append(stratum)
    rules = dict.fromkeys(own, Rule.OWN)
    loads = {stratum: [_size(stratum)] for stratum in own}
    pooled = []
    for ward, poor in thin.items():
        if sum(stratum.observed for stratum in poor) >= FEWEST_IN_STRATUM:
            pooled.append(_pool(poor))
            rules |= dict.fromkeys(poor, Rule.POOLED)
            continue
        in_ward = [stratum for stratum in own if stratum.ward == ward]
        for stratum in poor:
            donors = in_ward or [other for other in own if other.group == stratum.group]
            _lay_on(loads, donors, _size(stratum))
            rules[stratum] = _rule(bool(in_ward), bool(donors))
    cells = [StratumCell(fsum(loads[stratum]), stratum.observed, stratum.yes) for stratum in own]
    return Collapsed((*cells, *pooled), tuple(sorted(rules.items())))


def _rule(has_ward: bool, has_donors: bool) -> Rule:
    if not has_donors:
        return Rule.UNCOVERED
    return Rule.WARD if has_ward else Rule.GROUP


def _size(stratum: Stratum) -> float:
    if stratum.establishments is None:
        raise ValueError(f"{stratum.ward} {stratum.group} has no frame")
    return stratum.establishments


def _pool(strata: Sequence[Stratum]) -> StratumCell:
    return StratumCell(
        fsum(_size(stratum) for stratum in strata),
        sum(stratum.observed for stratum in strata),
        sum(stratum.yes for stratum in strata),
    )


def _lay_on(loads: dict[Stratum, list[float]], donors: Sequence[Stratum], size: float) -> None:
    """Share the establishments of a thin stratum among its donors, by the size of each."""
    whole = fsum(_size(donor) for donor in donors)
    for donor in donors:
        loads[donor].append(size * _size(donor) / whole)
