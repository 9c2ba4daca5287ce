"""How visits, spans and series are kept, bit by bit: what is stored must stay readable."""

import re
import struct
from datetime import UTC, datetime, timedelta, timezone
from importlib.util import find_spec, module_from_spec

import numpy as np
import pytest

from tracker.adoption.packing import (
    EPOCH,
    FACT_BITS,
    MINUTE_BITS,
    SHOP_LIMIT,
    SHOP_SHIFT,
    check_room,
    codes_by_shop,
    minutes_of,
    series_from_bytes,
    series_to_bytes,
    span_codes,
    spans_from_bytes,
    spans_to_bytes,
    taken_apart,
    tokyo_months,
    width_of,
)
from tracker.adoption.timeline import Span
from tracker.adoption.timelines import ENDING, Spans, known_bit, yes_bit
from tracker.months import month_index, month_of
from tracker.survey import specs
from tracker.survey.shapes import SurveyBroken
from tracker.survey.specs import SINGLES

pytestmark = pytest.mark.once
MARCH = month_index(2026, 3)
TWO = {"one": 0, "two": 1}
LAST_MOMENT = datetime(2068, 1, 1, tzinfo=UTC)


def ints(*numbers: int) -> np.ndarray:
    return np.array(numbers, dtype=np.int64)


def test_a_visit_fills_the_whole_of_a_signed_integer_of_64_bits() -> None:
    places = range(len(SINGLES))
    bits = [ENDING, *(bit(place) for place in places for bit in (known_bit, yes_bit))]
    assert bits == [1 << place for place in range(FACT_BITS)]  # every fact its own bit, none free
    assert SHOP_SHIFT == FACT_BITS + MINUTE_BITS
    assert minutes_of(LAST_MOMENT) < 1 << MINUTE_BITS == 2**26
    assert SHOP_LIMIT << SHOP_SHIFT == 2**63


def test_a_visit_is_taken_apart_at_its_edges() -> None:
    facts, minutes = (1 << FACT_BITS) - 1, (1 << MINUTE_BITS) - 1
    rows = [(0, 0, 0), (1, 1, 1), (5, 7, facts), (5, minutes, 3), (SHOP_LIMIT - 1, minutes, facts)]
    keys = [shop << SHOP_SHIFT | minute << FACT_BITS | fact for shop, minute, fact in rows]
    assert keys == sorted(keys)  # so that one sort puts every history in order
    found = taken_apart(ints(*keys))
    columns = (found.shop.tolist(), found.minutes.tolist(), found.facts.tolist())
    assert list(zip(*columns, strict=True)) == rows


def test_eight_traits_and_rules_have_room_and_more_are_refused_with_their_numbers() -> None:
    for traits in range(1, 7):
        check_room([*range(traits), 7, 6])
    assert 1 << (63 - MINUTE_BITS - 1 - 2 * 8) == 1_048_576
    for numbers in ([8], [*range(7), 7, 6], [1, 1]):
        with pytest.raises(SurveyBroken, match=rf"numbered {re.escape(str(sorted(numbers)))}: ea"):
            check_room(numbers)


def test_a_survey_with_too_many_traits_does_not_even_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        specs, "SINGLES", {letter: place for place, letter in enumerate("abcdefghi")}
    )
    spec = find_spec("tracker.adoption.packing")
    assert spec is not None
    assert spec.loader is not None
    with pytest.raises(SurveyBroken, match="9 traits and rules"):
        spec.loader.exec_module(module_from_spec(spec))


@pytest.mark.parametrize(
    ("moment", "minutes"),
    [
        (datetime(2000, 1, 1, tzinfo=UTC), 0),
        (datetime(2000, 1, 1, 9, tzinfo=timezone(timedelta(hours=9))), 0),
        (datetime(2000, 1, 1, 0, 1, 59, 999_999, tzinfo=UTC), 1),
        (datetime(1999, 12, 31, 23, 59, 59, 500_000, tzinfo=UTC), -1),
    ],
)
def test_minutes_are_whole_ones_since_2000(moment: datetime, minutes: int) -> None:
    assert minutes_of(moment) == minutes
    assert EPOCH == 946_684_800


def test_months_reach_from_2000_to_2068() -> None:
    moments = [
        datetime(2000, 1, 1, tzinfo=UTC),
        datetime(2000, 1, 31, 14, 59, 59, tzinfo=UTC),
        datetime(2000, 1, 31, 15, tzinfo=UTC),  # midnight in Tokyo
        datetime(2026, 3, 14, 3, tzinfo=UTC),
        datetime(2068, 1, 1, tzinfo=UTC),
    ]
    found = tokyo_months(ints(*(minutes_of(moment) for moment in moments)))
    assert found.tolist() == [month_of(moment) for moment in moments]
    assert found.tolist()[:3] == [24_000, 24_000, 24_001]
    assert found.dtype == np.int64


def test_a_span_is_32_bits_trait_first_length_and_yes() -> None:
    spans = {"one": [Span(MARCH, MARCH, True)], "two": [Span(MARCH, MARCH + 12, False)]}
    kept = spans_to_bytes(spans, TWO)
    assert kept == struct.pack("<II", MARCH << 12 | 1, 1 << 29 | MARCH << 12 | 12 << 1)
    assert spans_from_bytes(kept, TWO) == spans
    codes = span_codes(1, ints(MARCH), ints(MARCH + 12), np.array([True]))
    assert codes.tolist() == [1 << 29 | MARCH << 12 | 12 << 1 | 1]


def test_the_longest_and_the_latest_span_come_back() -> None:
    most = Span(2**17 - 1, 2**17 - 1 + 2**11 - 1, True)
    spans = {f"t{number}": [most] if number in (0, 7) else [] for number in range(8)}
    numbers = {name: number for number, name in enumerate(spans)}
    kept = spans_to_bytes(spans, numbers)
    assert len(kept) == 8
    assert spans_from_bytes(kept, numbers) == spans


def test_a_trait_that_there_is_none_of_is_refused() -> None:
    kept = spans_to_bytes({"one": [], "two": [Span(MARCH, MARCH, True)]}, TWO)
    with pytest.raises(ValueError, match="there is no trait 1"):
        spans_from_bytes(kept, {"one": 0})
    assert spans_from_bytes(b"", TWO) == {"one": [], "two": []}


def test_spans_of_a_town_are_put_by_shop_and_then_by_trait() -> None:
    none = np.array([], dtype=bool)
    town = {
        "one": Spans(ints(0, 2), ints(MARCH, MARCH), ints(MARCH, MARCH), np.array([True, False])),
        "two": Spans(ints(0, 1), ints(MARCH, MARCH), ints(MARCH, MARCH), np.array([False, True])),
        "three": Spans(ints(), ints(), ints(), none),
    }
    shops, codes = codes_by_shop(town, {**TWO, "three": 2})
    assert shops.tolist() == [0, 0, 1, 2]
    at = MARCH << 12
    assert codes.tolist() == [at | 1, 1 << 29 | at, 1 << 29 | at | 1, at]


@pytest.mark.parametrize(
    ("largest", "width"),
    [(0, 1), (255, 1), (256, 2), (65_535, 2), (65_536, 4), (2**32 - 1, 4)],
)
def test_a_number_is_as_wide_as_it_must_be(largest: int, width: int) -> None:
    assert width_of(largest) == width


@pytest.mark.parametrize(("width", "form"), [(1, "<4B"), (2, "<4H"), (4, "<4I")])
def test_a_series_is_its_numbers_side_by_side_the_low_byte_first(width: int, form: str) -> None:
    series = ints(200, 3, 0, 1).reshape(2, 2)
    kept = series_to_bytes(series, width)
    assert kept == struct.pack(form, 200, 3, 0, 1)
    assert series_from_bytes(kept, width).tolist() == series.tolist()
    assert series_from_bytes(kept, width).dtype == np.int64  # so that sums do not overflow


def test_a_series_of_noughts_is_nothing() -> None:
    assert series_to_bytes(ints(0, 0).reshape(2, 1), 4) == b""
    assert series_from_bytes(b"", 2).shape == (2, 0)
