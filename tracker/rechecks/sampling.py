"""Which visits are made again: a systematic sample over a list in the order of its strata.

Pure: no Django. Every k-th of a list sorted by area, from a random start, spreads the sample over
the areas in proportion to their visits (Cochran 1977, *Sampling Techniques*, 3rd ed., ch. 8).
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple, TypeVar

Item = TypeVar("Item")


class Candidate(NamedTuple):
    """One approved visit, with the area that is its stratum."""

    key: str  # of the visit, for the order within an area
    area: str
    visit_id: int


def chance(secret: bytes, *parts: str) -> float:
    """A number from 0 to under 1 that nobody can guess without the secret; always the same."""
    text = secret + b"|" + "|".join(parts).encode()
    return int.from_bytes(sha256(text).digest()[:8]) / 2**64


def in_order(candidates: Sequence[Candidate], secret: bytes) -> list[Candidate]:
    """By area, and within an area in an order that nobody can guess."""
    return sorted(candidates, key=lambda one: (one.area, chance(secret, one.key), one.visit_id))


def every_kth(items: Sequence[Item], *, rate: float, start: float) -> list[Item]:
    """A systematic sample of `rate` of the items; `start` from 0 to under 1.

    On average over the starts exactly `rate` of the items are drawn, however few there are.
    """
    if not 0 <= rate <= 1:
        raise ValueError(f"{rate} is no rate")
    return [
        item
        for number, item in enumerate(items)
        if int((number + 1) * rate + start) > int(number * rate + start)
    ]
