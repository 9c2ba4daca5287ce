"""Many shops at once: the vectorised timeline against the one-shop one and the slow reference."""

from datetime import UTC, datetime

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.adoption import reference
from tests.adoption.test_timeline import MARCH, SINGLES, histories
from tests.tiers import tries
from tracker.adoption.packing import (
    EPOCH,
    codes_by_shop,
    series_from_bytes,
    series_to_bytes,
    spans_from_bytes,
    spans_to_bytes,
    tokyo_months,
    width_of,
)
from tracker.adoption.timeline import Span, VisitFacts, spans_of
from tracker.adoption.timelines import ENDING, Histories, known_bit, spans_of_many, yes_bit
from tracker.months import month_of
from tracker.survey.specs import SINGLES as NUMBERS

towns = st.lists(histories, max_size=8)


def bits(visit: VisitFacts) -> int:
    code = ENDING if visit.is_ending else 0
    for number, trait in enumerate(SINGLES):
        if trait in visit.answers:
            code |= known_bit(number) | (yes_bit(number) if visit.answers[trait] else 0)
    return code


def arrays(town: list[list[VisitFacts]]) -> Histories:
    rows = [(at, visit.month, bits(visit)) for at, shop in enumerate(town) for visit in shop]
    shop, month, facts = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    return Histories(shop, month, facts)


def one_by_one(town: list[list[VisitFacts]]) -> dict[str, list[tuple[int, Span]]]:
    found: dict[str, list[tuple[int, Span]]] = {}
    for at, shop in enumerate(town):
        for measure, runs in spans_of(shop, SINGLES).items():
            found.setdefault(measure, []).extend((at, run) for run in runs)
    return found


@settings(max_examples=tries(quick=250, test=700, whole=2000), deadline=None)
@given(towns)
def test_all_shops_at_once_give_what_each_gives_alone(town: list[list[VisitFacts]]) -> None:
    expected = one_by_one(town)
    for measure, runs in spans_of_many(arrays(town), SINGLES).items():
        rows = zip(*(column.tolist() for column in runs), strict=True)
        found = [(shop, Span(first, last, yes)) for shop, first, last, yes in rows]
        assert found == expected.get(measure, [])


@settings(max_examples=tries(quick=60, test=300, whole=300), deadline=None)
@given(towns)
def test_and_what_the_reference_says_month_by_month(town: list[list[VisitFacts]]) -> None:
    found = spans_of_many(arrays(town), SINGLES)
    for at, shop in enumerate(town):
        for month in range(MARCH - 1, MARCH + 56):
            expected = {trait: reference.status(shop, trait, month) for trait in SINGLES}
            expected |= reference.wallets(shop, month)
            for measure, runs in found.items():
                live = (runs.shop == at) & (runs.first <= month) & (month <= runs.last)
                assert runs.is_yes[live].tolist() == [
                    yes for yes in [expected[measure]] if yes is not None
                ]


@given(towns)
def test_spans_survive_being_kept(town: list[list[VisitFacts]]) -> None:
    shops, codes = codes_by_shop(spans_of_many(arrays(town), SINGLES), NUMBERS)
    for at, shop in enumerate(town):
        spans = {trait: runs for trait, runs in spans_of(shop, SINGLES).items() if trait in SINGLES}
        kept = spans_to_bytes(spans, NUMBERS)
        assert codes[shops == at].astype("<u4").tobytes() == kept
        assert spans_from_bytes(kept, NUMBERS) == spans


@given(st.lists(st.integers(0, 3_000_000_000), min_size=1, max_size=20))
def test_a_series_survives_being_kept(numbers: list[int]) -> None:
    series = np.array([numbers, numbers[::-1]], dtype=np.int64)
    width = width_of(max(numbers))
    kept = series_from_bytes(series_to_bytes(series, width), width)
    assert kept.tolist() == (series.tolist() if any(numbers) else [[], []])


@given(st.datetimes(datetime(2000, 1, 1), datetime(2067, 12, 31), timezones=st.just(UTC)))  # noqa: DTZ001
def test_months_begin_at_midnight_in_tokyo(moment: datetime) -> None:
    minutes = (int(moment.timestamp()) - EPOCH) // 60
    assert tokyo_months(np.array([minutes]))[0] == month_of(moment)
