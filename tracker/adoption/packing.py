"""How whole histories and whole series are kept in a few bytes. Pure: no Django.

A visit is one integer, so that one sort puts every history in order; a span is one; the
series of a cell are whole numbers side by side, one per month. A *single* is a measure that
every shop has spans of: a trait, or a trait by rule.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from tracker.adoption.timeline import Span
from tracker.adoption.timelines import Bools, Ints, Spans
from tracker.months import TOKYO
from tracker.survey.shapes import SurveyBroken
from tracker.survey.specs import SINGLES

# A visit: shop, minutes since 2000, facts, from the highest bit to the lowest. Every single more
# takes two bits from the shops. Minutes tell every month, and two visits to a shop in one minute
# are put in order elsewhere.
FACT_BITS, MINUTE_BITS = 1 + 2 * len(SINGLES), 26
SHOP_SHIFT = FACT_BITS + MINUTE_BITS
EPOCH = int(datetime(2000, 1, 1, tzinfo=UTC).timestamp())
SHOP_LIMIT = 1 << (63 - SHOP_SHIFT)  # 67,108,864 with five singles
TOKYO_AHEAD = 9 * 60  # minutes; Japan has had no summer time since 1951

# A span: number of the single << 29 | first month << 12 | months after it << 1 | yes.
NUMBER_SHIFT, FIRST_SHIFT = 29, 12
FIRST_MASK, LENGTH_MASK = (1 << 17) - 1, (1 << 11) - 1
# So many leave 1,048,576 numbers for shops in the key of a visit: twice those of three cities.
MOST_SINGLES = 1 << (32 - NUMBER_SHIFT)

# Looked up: the calendar arithmetic of five million dates costs half a second.
MONTH_OF_DAY = (np.datetime64("2000-01-01") + np.arange(25_000).astype("m8[D]")).astype(
    "M8[M]"
).astype(np.int64) + 1970 * 12

WIDTHS = (1, 2, 4)  # bytes of a number


def check_room(singles: Iterable[int]) -> None:
    """Raise SurveyBroken where singles of these numbers have no place in a span or in a visit."""
    numbers = list(singles)
    if len(set(numbers)) < len(numbers) or max(numbers) >= MOST_SINGLES:
        raise SurveyBroken(
            f"{len(numbers)} traits and rules are numbered {sorted(numbers)}: each has a number of "
            f"its own below {MOST_SINGLES}, as long as spans and keys of visits are as narrow as "
            f"in tracker/adoption/packing.py. Take traits out, or widen both."
        )


check_room(SINGLES.values())


def tokyo_months(minutes: Ints) -> Ints:
    """Minutes since 2000 → months of tracker.months, in Asia/Tokyo."""
    days = (minutes + TOKYO_AHEAD) // 1440
    return MONTH_OF_DAY[days]


def minutes_of(moment: datetime) -> int:
    """Whole minutes since 2000."""
    return (int(moment.astimezone(TOKYO).timestamp() // 1) - EPOCH) // 60


class Keys(NamedTuple):
    """Visits taken apart again, in the order of the keys."""

    shop: Ints
    minutes: Ints
    facts: Ints


def taken_apart(keys: Ints) -> Keys:
    return Keys(
        keys >> SHOP_SHIFT,
        (keys >> FACT_BITS) & ((1 << MINUTE_BITS) - 1),
        keys & ((1 << FACT_BITS) - 1),
    )


def span_codes(number: int, first: Ints, last: Ints, is_yes: Bools) -> Ints:
    """Spans of the single of this number as integers of 32 bits."""
    codes: Ints = (number << NUMBER_SHIFT) | (first << FIRST_SHIFT) | ((last - first) << 1) | is_yes
    return codes


def spans_to_bytes(spans: dict[str, list[Span]], singles: Mapping[str, int]) -> bytes:
    """The spans of one shop, single after single; `singles`: code → number."""
    codes = [
        (number << NUMBER_SHIFT)
        | (span.first << FIRST_SHIFT)
        | ((span.last - span.first) << 1)
        | span.is_yes
        for code, number in singles.items()
        for span in spans[code]
    ]
    return np.array(codes, dtype="<u4").tobytes()


def spans_from_bytes(data: bytes, singles: Mapping[str, int]) -> dict[str, list[Span]]:
    """What `spans_to_bytes` made; ValueError where a number belongs to none of them."""
    spans: dict[str, list[Span]] = {single: [] for single in singles}
    named = {number: spans[single] for single, number in singles.items()}
    for code in np.frombuffer(data, dtype="<u4").tolist():
        number, first = code >> NUMBER_SHIFT, (code >> FIRST_SHIFT) & FIRST_MASK
        if number not in named:
            raise ValueError(f"there is no trait {number}")
        last = first + ((code >> 1) & LENGTH_MASK)
        named[number].append(Span(first, last, bool(code & 1)))
    return spans


def codes_by_shop(spans: dict[str, Spans], singles: Mapping[str, int]) -> tuple[Ints, Ints]:
    """The shops that have spans, each once per span and in order, and the spans' codes."""
    shops = np.concatenate([spans[single].shop for single in singles])
    codes = np.concatenate(
        [
            span_codes(number, spans[single].first, spans[single].last, spans[single].is_yes)
            for single, number in singles.items()
        ]
    )
    order = np.argsort(shops, kind="stable")
    return shops[order], codes[order]


def bytes_by_shop(spans: dict[str, Spans], singles: Mapping[str, int]) -> tuple[Ints, list[bytes]]:
    """The shops that have spans, each once and in order, and their bytes as `spans_to_bytes`."""
    shops, codes = codes_by_shop(spans, singles)
    data = codes.astype("<u4").tobytes()
    begins = np.flatnonzero(np.diff(shops, prepend=-1))
    edges = [*(4 * begins).tolist(), len(data)]
    return shops[begins], [data[begin:end] for begin, end in pairwise(edges)]


def width_of(largest: int) -> int:
    """How many bytes a number of this size needs."""
    return next(width for width in WIDTHS if largest < 1 << 8 * width)


def series_to_bytes(series: Ints, width: int) -> bytes:
    """[observed, yes] × months as bytes; nothing where every number is 0."""
    return series.astype(f"<u{width}").tobytes() if series.any() else b""


def series_from_bytes(data: bytes, width: int) -> Ints:
    """[observed, yes] × months; no months where there are no bytes."""
    numbers: Ints = np.frombuffer(data, dtype=f"<u{width}").astype(np.int64).reshape(2, -1)
    return numbers
