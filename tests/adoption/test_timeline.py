"""Spans of status, by hand and against the slow reference over thousands of histories."""

from dataclasses import FrozenInstanceError
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.adoption import reference
from tests.tiers import tries
from tracker.adoption.timeline import Span, VisitFacts, joined_spans, spans_of, status_at
from tracker.months import month_index
from tracker.survey import specs
from tracker.survey.shapes import Join

SINGLES = tuple(specs.SINGLES)
MARCH = month_index(2026, 3)


def alipay(month: int, is_yes: bool) -> VisitFacts:
    return VisitFacts(month, {"alipay": is_yes})


def closed(month: int) -> VisitFacts:
    return VisitFacts(month, {}, is_ending=True)


def spans(*visits: VisitFacts) -> list[Span]:
    return spans_of(visits, SINGLES)["alipay"]


def test_a_march_visit_counts_through_march_of_the_next_year() -> None:
    assert spans(alipay(MARCH, True)) == [Span(MARCH, month_index(2027, 3), True)]


def test_a_later_answer_replaces_the_earlier_from_its_month_on() -> None:
    assert spans(alipay(MARCH, False), alipay(MARCH + 2, True)) == [
        Span(MARCH, MARCH + 1, False),
        Span(MARCH + 2, MARCH + 14, True),
    ]


def test_the_last_answer_of_a_month_wins() -> None:
    assert spans(alipay(MARCH, False), alipay(MARCH, True)) == [Span(MARCH, MARCH + 12, True)]


def test_the_same_answer_again_makes_one_longer_span() -> None:
    assert spans(alipay(MARCH, True), alipay(MARCH + 12, True)) == [Span(MARCH, MARCH + 24, True)]


def test_a_gap_after_expiry_stays_a_gap() -> None:
    assert spans(alipay(MARCH, True), alipay(MARCH + 14, True)) == [
        Span(MARCH, MARCH + 12, True),
        Span(MARCH + 14, MARCH + 26, True),
    ]


def test_a_closed_shop_ends_with_the_month_before() -> None:
    assert spans(alipay(MARCH, True), closed(MARCH + 3)) == [Span(MARCH, MARCH + 2, True)]


def test_a_shop_answered_and_closed_in_one_month_never_counts() -> None:
    assert spans(alipay(MARCH, True), closed(MARCH)) == []


def test_a_shop_that_opens_again_counts_from_the_new_answer() -> None:
    assert spans(alipay(MARCH, True), closed(MARCH), alipay(MARCH, False)) == [
        Span(MARCH, MARCH + 12, False)
    ]


def test_what_counts_of_a_visit_does_not_change_while_it_is_counted() -> None:
    with pytest.raises(FrozenInstanceError):
        alipay(MARCH, True).month = MARCH + 1  # type: ignore[misc]


def test_a_visit_without_a_known_answer_changes_nothing() -> None:
    assert spans(alipay(MARCH, True), VisitFacts(MARCH + 1, {})) == spans(alipay(MARCH, True))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (True, True, True),
        (True, None, None),
        (True, False, True),
        (False, False, False),
        (False, None, None),
        (None, None, None),
    ],
)
def test_either_wallet_is_yes_with_one_and_observed_where_both_are_known(
    one: bool | None, other: bool | None, expected: bool | None
) -> None:
    def run(is_yes: bool | None) -> list[Span]:
        return [] if is_yes is None else [Span(MARCH, MARCH, is_yes)]

    assert status_at(joined_spans(run(one), run(other), Join.ANY), MARCH) is expected
    assert status_at(joined_spans(run(other), run(one), Join.ANY), MARCH) is expected


visits = st.builds(
    VisitFacts,
    month=st.integers(MARCH, MARCH + 40),
    answers=st.dictionaries(st.sampled_from(SINGLES), st.booleans()),
    is_ending=st.booleans(),
).map(lambda visit: VisitFacts(visit.month, {}, True) if visit.is_ending else visit)
histories = st.lists(visits, max_size=12).map(
    lambda history: sorted(history, key=lambda visit: visit.month)
)


@settings(max_examples=tries(quick=150, test=1500, whole=1500), deadline=None)
@given(histories)
def test_spans_say_what_the_reference_says_in_every_month(history: list[VisitFacts]) -> None:
    found = spans_of(history, SINGLES)
    for month in range(MARCH - 1, MARCH + 56):
        expected = {trait: reference.status(history, trait, month) for trait in SINGLES}
        expected |= reference.wallets(history, month)
        assert {m: status_at(runs, month) for m, runs in found.items()} == expected


@given(histories)
def test_spans_never_touch_overlap_or_run_backwards(history: list[VisitFacts]) -> None:
    for runs in spans_of(history, SINGLES).values():
        assert [span for span in runs if span.last < span.first] == []
        for before, after in pairwise(runs):
            assert before.last < after.first
            assert before.last + 1 < after.first or before.is_yes != after.is_yes
