"""How whole histories and whole series are kept in a few bytes. Pure: no Django.

A visit is one integer, so that one sort puts every history in order; a span is one; the
series of a cell are whole numbers side by side, one per month.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

import numpy as np

from tracker.adoption.timeline import Span
from tracker.adoption.timelines import Bools, Ints, Spans
from tracker.months import TOKYO
from tracker.survey.shapes import SurveyBroken
from tracker.survey.specs import TRAITS

# A visit: shop, seconds since 2000, facts, from the highest bit to the lowest. Every trait more
# takes two bits from the shops.
FACT_BITS, SECOND_BITS = 1 + 2 * len(TRAITS), 31
SHOP_SHIFT = FACT_BITS + SECOND_BITS
EPOCH = int(datetime(2000, 1, 1, tzinfo=UTC).timestamp())
SHOP_LIMIT = 1 << (63 - SHOP_SHIFT)  # 33,554,432 with three traits, 2,097,152 with five
TOKYO_AHEAD = 9 * 3600  # seconds; Japan has had no summer time since 1951

# A span: trait << 29 | first month << 12 | months after it << 1 | yes.
TRAIT_SHIFT, FIRST_SHIFT = 29, 12
FIRST_MASK, LENGTH_MASK = (1 << 17) - 1, (1 << 11) - 1
MOST_TRAITS = 1 << (32 - TRAIT_SHIFT)

# Looked up: the calendar arithmetic of five million dates costs half a second.
MONTH_OF_DAY = (np.datetime64("2000-01-01") + np.arange(25_000).astype("m8[D]")).astype(
    "M8[M]"
).astype(np.int64) + 1970 * 12

WIDTHS = (1, 2, 4)  # bytes of a number
FEWEST_SHOPS = 1 << 20  # that there must be numbers for: three cities have about half as many


def check_room(traits: int) -> None:
    """Raise SurveyBroken where so many traits have no place in a visit or in a span."""
    shops = 1 << max(0, 63 - SECOND_BITS - 1 - 2 * traits)
    if shops < FEWEST_SHOPS or traits > MOST_TRAITS:
        raise SurveyBroken(
            f"{traits} traits leave {shops:,} numbers for shops in the key of a visit: fewer than "
            f"{FEWEST_SHOPS:,}. Take traits out, or widen the key in tracker/adoption/packing.py."
        )


check_room(len(TRAITS))


def tokyo_months(seconds: Ints) -> Ints:
    """Seconds since 2000 → months of tracker.months, in Asia/Tokyo."""
    days = (seconds + TOKYO_AHEAD) // 86_400
    return MONTH_OF_DAY[days]


def seconds_of(moment: datetime) -> int:
    """Whole seconds since 2000."""
    return int(moment.astimezone(TOKYO).timestamp() // 1) - EPOCH


class Keys(NamedTuple):
    """Visits taken apart again, in the order of the keys."""

    shop: Ints
    seconds: Ints
    facts: Ints


def taken_apart(keys: Ints) -> Keys:
    return Keys(
        keys >> SHOP_SHIFT,
        (keys >> FACT_BITS) & ((1 << SECOND_BITS) - 1),
        keys & ((1 << FACT_BITS) - 1),
    )


def span_codes(trait: int, first: Ints, last: Ints, is_yes: Bools) -> Ints:
    """Spans of one trait as integers of 32 bits."""
    codes: Ints = (trait << TRAIT_SHIFT) | (first << FIRST_SHIFT) | ((last - first) << 1) | is_yes
    return codes


def spans_to_bytes(spans: dict[str, list[Span]], traits: Sequence[str]) -> bytes:
    """The spans of one shop, trait after trait."""
    codes = [
        (number << TRAIT_SHIFT)
        | (span.first << FIRST_SHIFT)
        | ((span.last - span.first) << 1)
        | span.is_yes
        for number, trait in enumerate(traits)
        for span in spans[trait]
    ]
    return np.array(codes, dtype="<u4").tobytes()


def spans_from_bytes(data: bytes, traits: Sequence[str]) -> dict[str, list[Span]]:
    """What `spans_to_bytes` made; ValueError where it names a trait there is none of."""
    spans: dict[str, list[Span]] = {trait: [] for trait in traits}
    for code in np.frombuffer(data, dtype="<u4").tolist():
        number, first = code >> TRAIT_SHIFT, (code >> FIRST_SHIFT) & FIRST_MASK
        if number >= len(traits):
            raise ValueError(f"there is no trait {number}")
        last = first + ((code >> 1) & LENGTH_MASK)
        spans[traits[number]].append(Span(first, last, bool(code & 1)))
    return spans


def codes_by_shop(spans: dict[str, Spans], traits: Sequence[str]) -> tuple[Ints, Ints]:
    """The shops that have spans, each once per span and in order, and the spans' codes."""
    shops = np.concatenate([spans[trait].shop for trait in traits])
    codes = np.concatenate(
        [
            span_codes(number, spans[trait].first, spans[trait].last, spans[trait].is_yes)
            for number, trait in enumerate(traits)
        ]
    )
    order = np.argsort(shops, kind="stable")
    return shops[order], codes[order]


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
