"""Which photos are one picture, also mirrored or cropped. Pure: numbers in, numbers out.

The *look* of a photo is its picture in 32 × 32 greys. Two looks are compared by correlation,
which light and compression hardly touch; a crop is found by cutting the other look, first at
eight corners, and where that comes near, in steps of four hundredths. Bits of a difference hash
turned out to miss crops and to err on flat walls: docs/method.md has the figures.
"""

from collections.abc import Sequence
from itertools import product
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

SIDE, FINE = 32, 16
LOOK_BYTES = SIDE * SIDE
ALIKE = 0.96  # correlation from which two pictures are one
NEARLY = 0.85  # from which it is worth to look for a crop
FLAT = 6.0  # grey levels of deviation: a wall, a lid, the night
STEPS = (0.0, 0.04, 0.08, 0.12, 0.16, 0.2)
MOST_CUT = 0.2  # of one side, both edges together

Floats = NDArray[np.float32]
Cut = tuple[float, float, float, float]  # top, bottom, left, right, as parts of the side
WHOLE: Cut = (0.0, 0.0, 0.0, 0.0)
CORNERS: tuple[Cut, ...] = tuple(
    (part * up, part * (1 - up), part * left, part * (1 - left))
    for part in (0.05, 0.1)
    for up, left in product((0, 1), repeat=2)
)
EDGES = [pair for pair in product(STEPS, repeat=2) if sum(pair) <= MOST_CUT + 1e-9]
MOST_COMPARED = 30  # photos that come near, the nearest first, whose cuts are tried


class Likeness(NamedTuple):
    """The best match of a look: its place among the others, how alike from 0 to 1, and how."""

    place: int
    alike: float
    how: str  # whole, mirrored or cropped


def _sampling(low: float, high: float) -> Floats:
    """16 × 32: means over sixteen equal parts of what is left between the two cuts."""
    edges = np.linspace(low * SIDE, (1 - high) * SIDE, FINE + 1)
    cells = np.arange(SIDE)
    begin, end = edges[:-1, None], edges[1:, None]
    overlap = np.clip(np.minimum(end, cells + 1) - np.maximum(begin, cells), 0, None)
    means: Floats = (overlap / overlap.sum(axis=1, keepdims=True)).astype(np.float32)
    return means


_EDGES = np.stack([_sampling(*pair) for pair in EDGES])  # 21 × 16 × 32


def _unit(vectors: NDArray[np.floating]) -> Floats:
    """Each of mean 0 and length 1."""
    flat = vectors - vectors.mean(axis=1, keepdims=True)
    length = np.linalg.norm(flat, axis=1, keepdims=True)
    units: Floats = (flat / np.where(length > 0, length, 1)).astype(np.float32)
    return units


def _cut(greys: Floats, cut: Cut) -> Floats:
    """n × 32 × 32 greys as n × 256 vectors, cut at the edges."""
    small = _sampling(*cut[:2]) @ greys @ _sampling(*cut[2:]).T
    return _unit(small.reshape(len(greys), -1))


def _all_cuts(grey: Floats) -> Floats:
    """One picture cut in all 441 ways: 441 × 256 vectors."""
    rows = _EDGES @ grey  # 21 × 16 × 32
    both = rows[:, None] @ _EDGES.transpose(0, 2, 1)[None]  # 21 × 21 × 16 × 16
    return _unit(both.reshape(len(EDGES) ** 2, -1))


def greys_of(looks: Sequence[bytes]) -> Floats:
    """n × 32 × 32 floats; ValueError where a look has another size."""
    if any(len(look) != LOOK_BYTES for look in looks):
        raise ValueError(f"a look has {LOOK_BYTES} bytes")
    levels = np.frombuffer(b"".join(looks), np.uint8)
    return levels.reshape(len(looks), SIDE, SIDE).astype(np.float32)


class Album:
    """The looks of many photos, made ready once and searched often."""

    def __init__(self, looks: Sequence[bytes]) -> None:
        self.greys = greys_of(looks)
        self.size = len(looks)
        if not looks:
            return
        self.has_contrast = self.greys.reshape(len(looks), -1).std(axis=1) >= FLAT
        self.whole = _cut(self.greys, WHOLE)
        self.corners = np.stack([_cut(self.greys, cut) for cut in CORNERS], axis=1)

    def alike(self, look: bytes) -> list[Likeness]:
        """Every photo that is the same picture as `look`, the most alike first."""
        grey = greys_of([look])
        if not self.size or grey.std() < FLAT:
            return []
        coarse = np.maximum(self._coarse(grey), self._coarse(grey[:, :, ::-1]))
        coarse = np.where(self.has_contrast, coarse, 0)
        near = np.flatnonzero(coarse >= NEARLY)
        near = near[np.argsort(-coarse[near], kind="stable")][:MOST_COMPARED]
        compared = [self._best(grey[0], int(place)) for place in near]
        found = [one for one in compared if one.alike >= ALIKE]
        return sorted(found, key=lambda one: (-one.alike, one.place))

    def _coarse(self, grey: Floats) -> Floats:
        whole = _cut(grey, WHOLE)[0]
        corners = np.concatenate([_cut(grey, cut) for cut in CORNERS])
        ways = [self.whole @ whole, (self.corners @ whole).max(axis=1)]
        best: Floats = np.max([*ways, (self.whole @ corners.T).max(axis=1)], axis=0)
        return best

    def _best(self, grey: Floats, place: int) -> Likeness:
        """The best of all cuts of either picture, mirrored too."""
        other_whole = self.whole[place]
        ways: list[tuple[float, str]] = []
        for one, how in ((grey, "whole"), (grey[:, ::-1], "mirrored")):
            whole = _cut(one[None], WHOLE)[0]
            ways.append((float(whole @ other_whole), how))
        if max(ways)[0] < ALIKE:
            other_cuts = _all_cuts(self.greys[place])
            for one in (grey, grey[:, ::-1]):
                ways.append((float((_all_cuts(one) @ other_whole).max()), "cropped"))
                ways.append((float((other_cuts @ _cut(one[None], WHOLE)[0]).max()), "cropped"))
        alike, how = max(ways)
        return Likeness(place, alike, how)
