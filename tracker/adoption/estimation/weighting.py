"""The share of a city, with every ward and group in its due weight. Pure: no Django.

Fieldwork sees more shops in some wards and groups than in others. Post-stratification gives
each stratum the weight that it has in the frame, instead of the weight that it has among the
observed shops. It does not make a random sample of them.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum
from math import fsum, inf, isfinite
from typing import NamedTuple

from tracker.adoption.estimation.collapsing import Rule, Stratum, StratumCell, collapse
from tracker.adoption.estimation.estimates import Interval, score_interval

LEAST_REPRESENTED = 0.5  # under half of the frame, the unseen outweigh the seen


class NoEstimate(StrEnum):
    """Why there is no weighted share."""

    NO_FRAME = "no_frame"
    TOO_LITTLE_REPRESENTED = "too_little_represented"


class Weighted(NamedTuple):
    """A weighted share with its 95 % interval and effective number of shops, 0 to 1."""

    share: float
    interval: Interval
    variance: float
    effective_n: float


class CityEstimate(NamedTuple):
    """`weighted` or the reason why not; and what either rests on.

    `represented` is the part of the frame's weight, 0 to 1, in strata that have observed shops
    of their own which were used. `rules` tells of every stratum in the frame on whose shops it
    rests; `without_frame` are the strata left out for want of establishments.
    """

    weighted: Weighted | None
    reason: NoEstimate | None
    represented: float
    rules: tuple[tuple[Stratum, Rule], ...]
    without_frame: tuple[Stratum, ...]


def city_estimate(strata: Iterable[Stratum]) -> CityEstimate:
    """The post-stratified share of a city from its strata, ward × group.

    Σ W_h p_h with W_h = N_h / ΣN (Cochran 1977, Sampling Techniques, 3rd ed., §5A.9), after
    thin strata are collapsed. ValueError where a count is impossible or a stratum comes twice.
    """
    ordered = sorted(strata, key=lambda stratum: stratum[:2])
    _check_strata(ordered)
    framed = [stratum for stratum in ordered if stratum.establishments]
    without = tuple(stratum for stratum in ordered if not stratum.establishments)
    if not framed:
        return CityEstimate(None, NoEstimate.NO_FRAME, 0.0, (), without)
    cells, rules = collapse(framed)
    represented = _represented(rules)
    if represented < LEAST_REPRESENTED:
        reason = NoEstimate.TOO_LITTLE_REPRESENTED
        return CityEstimate(None, reason, represented, rules, without)
    return CityEstimate(weighted_share(cells), None, represented, rules, without)


def weighted_share(cells: Sequence[StratumCell]) -> Weighted:
    """Σ W p over the cells, with the Wilson interval on the effective number of shops.

    n_eff = p(1−p)/v: Korn & Graubard 1998, Survey Methodology 24:193–201; with Wilson's interval
    Franco et al. 2019, Journal of Survey Statistics and Methodology 7:334–364. It is never more
    than the weights alone allow, 1/Σ W²(1−f)/n: Kish 1992, Journal of Official Statistics
    8:183–200. For cells of two or three shops are often all yes or all no by chance, and v then
    far too small, or 0. Where every establishment was seen, the interval is a point. Each cell
    needs two shops.
    """
    total = fsum(cell.establishments for cell in cells)
    summed = fsum(cell.establishments * (cell.yes / cell.observed) for cell in cells)
    share = min(1.0, summed / total)  # rounding may carry it past 1
    variance = fsum((cell.establishments / total) ** 2 * _variance(cell) for cell in cells)
    unevenness = fsum(
        (cell.establishments / total) ** 2 * _unseen(cell) / cell.observed for cell in cells
    )
    by_weights = 1 / unevenness if unevenness > 0 else inf
    by_variance = share * (1 - share) / variance if variance > 0 else inf
    effective_n = min(by_weights, by_variance)
    return Weighted(share, _interval(share, effective_n), variance, effective_n)


def _variance(cell: StratumCell) -> float:
    """(1−f) p(1−p)/(n−1): Cochran 1977, §5.10.

    The n of each cell is taken as it came: Holt & Smith 1979, JRSS A 142:33–46. Cochran's §5A.9
    averages over the n that a random sample of the whole city would bring; ours is none.
    """
    share = cell.yes / cell.observed
    return _unseen(cell) * share * (1 - share) / (cell.observed - 1)


def _unseen(cell: StratumCell) -> float:
    """The finite population correction 1 − n/N; 1 where more was seen than the frame holds."""
    # Such a frame is not the list that these shops come from, and promises no exhaustion.
    fraction = cell.observed / cell.establishments
    return 1 - fraction if fraction <= 1 else 1.0


def _interval(share: float, effective_n: float) -> Interval:
    if effective_n == inf:
        return Interval(share, share)
    return score_interval(share, effective_n)


def _represented(rules: Sequence[tuple[Stratum, Rule]]) -> float:
    whole = fsum(stratum.establishments or 0.0 for stratum, _ in rules)
    seen = (
        stratum.establishments or 0.0
        for stratum, rule in rules
        if rule == Rule.OWN or (rule == Rule.POOLED and stratum.observed > 0)
    )
    return fsum(seen) / whole


def _check_strata(strata: Sequence[Stratum]) -> None:
    twice = [key for key, times in Counter(stratum[:2] for stratum in strata).items() if times > 1]
    if twice:
        raise ValueError(f"strata given twice: {twice}")
    for stratum in strata:
        if not 0 <= stratum.yes <= stratum.observed:
            raise ValueError(f"{stratum.yes} of {stratum.observed} is no share: {stratum}")
        size = stratum.establishments
        if size is not None and not (isfinite(size) and size >= 0):
            raise ValueError(f"{size} establishments are impossible: {stratum}")
