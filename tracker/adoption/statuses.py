"""The statuses of many shops in one month, out of their kept spans. Pure: no Django."""

from collections.abc import Iterable, Mapping
from functools import reduce
from typing import Any, NamedTuple

import numpy as np

from tracker.adoption.estimation.comparison import Overlap
from tracker.adoption.packing import FIRST_MASK, FIRST_SHIFT, LENGTH_MASK, NUMBER_SHIFT
from tracker.adoption.timelines import Ints, Spans
from tracker.survey.shapes import Join
from tracker.survey.specs import UNIONS

Statuses = np.ndarray[Any, np.dtype[np.int8]]  # one per shop: NONE, NO or YES
NONE, NO, YES = 0, 1, 2


class Look(NamedTuple):
    """A measure at the end of a month."""

    measure: str
    month: int


class KeptSpans(NamedTuple):
    """Spans of many shops side by side: the position of each span's shop, and its code."""

    shop: Ints
    code: Ints
    shops: int


def kept_spans(rows: Iterable[bytes]) -> KeptSpans:
    """The spans of shops as adoption.packing keeps them, one entry a shop."""
    texts = list(rows)
    spans_of_shop = [len(text) // 4 for text in texts]
    code = np.frombuffer(b"".join(texts), dtype="<u4").astype(np.int64)
    return KeptSpans(np.repeat(np.arange(len(texts)), spans_of_shop), code, len(texts))


def statuses_at(spans: KeptSpans, look: Look, singles: Mapping[str, int]) -> Statuses:
    """The status of every shop, as `timeline.joined_spans` joins those of several singles."""
    union = UNIONS.get(look.measure)
    if union is None:
        return _single_statuses(spans, singles[look.measure], look.month)
    parts = (_single_statuses(spans, singles[name], look.month) for name in union.traits)
    return reduce(_either if union.join is Join.ANY else np.minimum, parts)


def _either(one: Statuses, other: Statuses) -> Statuses:
    """Yes where one is, of those where both are known."""
    either: Statuses = np.where(np.minimum(one, other) == NONE, NONE, np.maximum(one, other))
    return either


def single_spans_in(kept: KeptSpans, number: int) -> Spans:
    """The spans of the single of this number, unpacked."""
    own = kept.code >> NUMBER_SHIFT == number
    shop, code = kept.shop[own], kept.code[own]
    first = (code >> FIRST_SHIFT) & FIRST_MASK
    return Spans(shop, first, first + ((code >> 1) & LENGTH_MASK), (code & 1).astype(bool))


def _single_statuses(kept: KeptSpans, number: int, month: int) -> Statuses:
    spans = single_spans_in(kept, number)
    live = (spans.first <= month) & (month <= spans.last)
    statuses = np.full(kept.shops, NONE, dtype=np.int8)
    statuses[spans.shop[live]] = NO + spans.is_yes[live]
    return statuses


def overlaps_of(area: Ints, before: Statuses, after: Statuses) -> dict[int, Overlap]:
    """Area → its shops by both statuses; areas without a status in either are left out."""
    areas, place = np.unique(area, return_inverse=True)
    pair = place * 9 + before * 3 + after
    table = np.bincount(pair, minlength=len(areas) * 9).reshape(-1, 3, 3).tolist()
    found = zip(areas.tolist(), table, strict=True)
    return {
        code: Overlap(
            both_yes_yes=number[YES][YES],
            both_yes_no=number[YES][NO],
            both_no_yes=number[NO][YES],
            both_no_no=number[NO][NO],
            only_before_yes=number[YES][NONE],
            only_before_no=number[NO][NONE],
            only_after_yes=number[NONE][YES],
            only_after_no=number[NONE][NO],
        )
        for code, number in found
        if sum(map(sum, number)) > number[NONE][NONE]
    }
