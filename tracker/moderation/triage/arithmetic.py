"""Distances, tails and robust measures the rules are made of. Pure: no Django.

Moments are seconds since 1970; places are whole 1e-7 degrees.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from math import cos, exp, hypot, inf, lgamma, log, log2, radians, sqrt

METRES_PER_E7 = 0.0111195  # of latitude
TOKYO_OFFSET_S = 9 * 3600  # Japan has had no summer time since 1951
MAD_TO_SD = 1.4826  # of a normal distribution


def metres(lat_e7: int, lon_e7: int, other_lat_e7: int, other_lon_e7: int) -> float:
    """Distance on a flat map around the two points: 0.1 % off at 50 km, and quick."""
    middle = radians((lat_e7 + other_lat_e7) / 2e7)
    east = (lon_e7 - other_lon_e7) * cos(middle)
    return METRES_PER_E7 * hypot(lat_e7 - other_lat_e7, east)


def tokyo_hour(at: float) -> int:
    """The hour of the day in Tokyo, 0 to 23."""
    return int((at + TOKYO_OFFSET_S) // 3600 % 24)


def percentile(values: Sequence[float], part: float) -> float:
    """The value below which `part` of the values lie, by linear interpolation."""
    ordered = sorted(values)
    place = part * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def binomial_tail(hits: int, n: int, p: float) -> float:
    """Exactly how often `hits` or more of `n` come where each comes with chance `p`."""
    if hits <= 0:
        return 1.0
    if p <= 0.0:
        return 0.0
    if p >= 1.0:
        return 1.0
    scale = lgamma(n + 1)
    terms = (
        exp(scale - lgamma(k + 1) - lgamma(n - k + 1) + k * log(p) + (n - k) * log(1 - p))
        for k in range(hits, n + 1)
    )
    return min(1.0, sum(terms))


def entropy(counts: Iterable[float]) -> float:
    """Of a distribution given by its counts or weights, in bits."""
    known = [count for count in counts if count > 0]
    total = sum(known)
    return -sum(count / total * log2(count / total) for count in known) if total else 0.0


def median(values: Sequence[float]) -> float:
    return percentile(values, 0.5)


def spread(values: Sequence[float]) -> float:
    """The standard deviation as the median distance from the median tells it."""
    middle = median(values)
    return MAD_TO_SD * median([abs(value - middle) for value in values])


def robust_z(value: float, values: Sequence[float], *, noise: float) -> float:
    """How many deviations above the crowd; `noise` is what chance alone spreads this value."""
    scale = sqrt(spread(values) ** 2 + noise**2)
    if scale == 0.0:
        return 0.0 if value <= median(values) else inf
    return (value - median(values)) / scale


def rank(value: float, ordered: Sequence[float]) -> float:
    """The share of sorted values that are smaller, 0 to 1."""
    return bisect_left(ordered, value) / len(ordered) if ordered else 0.0
