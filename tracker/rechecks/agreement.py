"""How well two independent looks at the same thing agree. Pure: no Django."""

from collections import Counter
from collections.abc import Hashable, Sequence
from math import sqrt
from typing import NamedTuple

from tracker.intervals import Z95, Interval, wilson

Pair = tuple[Hashable, Hashable]
FEWEST_PAIRS = 20  # under this a figure says more about luck than about work


class Agreement(NamedTuple):
    """`difference` is the gross difference rate, `kappa` None where chance alone explains all."""

    n: int
    differing: int
    difference: float
    difference_interval: Interval
    kappa: float | None
    kappa_interval: tuple[float, float] | None


def agreement_of(pairs: Sequence[Pair]) -> Agreement | None:
    """Both measures over pairs of answers (first look, re-review); None without a pair.

    The gross difference rate is the share of pairs that differ (U.S. Bureau of the Census 1985,
    *Evaluating Censuses of Population and Housing*, STD-ISP-TR-5), with its Wilson interval.
    """
    if not pairs:
        return None
    differing = sum(one != other for one, other in pairs)
    kappa, interval = _kappa(pairs)
    return Agreement(
        n=len(pairs),
        differing=differing,
        difference=differing / len(pairs),
        difference_interval=wilson(differing, len(pairs)),
        kappa=kappa,
        kappa_interval=interval,
    )


def _kappa(pairs: Sequence[Pair]) -> tuple[float | None, tuple[float, float] | None]:
    """Cohen's kappa (Cohen 1960, *Educational and Psychological Measurement* 20:37–46), with the
    large-sample interval of Fleiss, Cohen & Everitt 1969, *Psychological Bulletin* 72:323–327.
    """
    n = len(pairs)
    cells = {pair: count / n for pair, count in Counter(pairs).items()}
    rows = {key: count / n for key, count in Counter(one for one, _ in pairs).items()}
    columns = {key: count / n for key, count in Counter(other for _, other in pairs).items()}
    observed = sum(share for (one, other), share in cells.items() if one == other)
    expected = sum(share * columns.get(key, 0.0) for key, share in rows.items())
    if expected >= 1:
        return None, None  # everybody always said the same: nothing is left to agree on
    kappa = (observed - expected) / (1 - expected)
    reach = Z95 * sqrt(max(0.0, _variance(cells, rows, columns, kappa, expected)) / n)
    return kappa, (max(-1.0, kappa - reach), min(1.0, kappa + reach))


def _variance(
    cells: dict[Pair, float],
    rows: dict[Hashable, float],
    columns: dict[Hashable, float],
    kappa: float,
    expected: float,
) -> float:
    """The asymptotic variance of kappa, times n: equation 13 of Fleiss, Cohen & Everitt."""
    rest = 1 - kappa
    same = sum(
        share * (1 - (rows[one] + columns[one]) * rest) ** 2
        for (one, other), share in cells.items()
        if one == other
    )
    apart = rest**2 * sum(
        share * (columns.get(one, 0.0) + rows.get(other, 0.0)) ** 2
        for (one, other), share in cells.items()
        if one != other
    )
    drift = (kappa - expected * rest) ** 2
    return (same + apart - drift) / (1 - expected) ** 2
