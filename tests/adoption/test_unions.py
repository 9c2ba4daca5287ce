"""Measures made of two and of three traits, by any and by all: every road says the same."""

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.adoption import reference
from tests.adoption.test_timeline import MARCH, SINGLES, histories
from tests.adoption.test_timelines import arrays
from tracker.adoption import verify
from tracker.adoption.freshness import known_from
from tracker.adoption.packing import spans_to_bytes
from tracker.adoption.statuses import NO, NONE, YES, Look, kept_spans, statuses_at
from tracker.adoption.timeline import VisitFacts, spans_of, status_at, with_unions
from tracker.adoption.timelines import spans_of_many
from tracker.adoption.verify import said_of, statuses_of
from tracker.fieldwork.models import Visit
from tracker.months import month_start
from tracker.survey.shapes import Join, Union
from tracker.survey.specs import RULES, UNIONS
from tracker.survey.specs import SINGLES as NUMBERS

pytestmark = pytest.mark.slow(2)

PAIR = ("alipay", "wechat_pay")
ADDED = (
    Union("wallets_and_staff", Join.ALL, SINGLES[1:]),
    Union("anything", Join.ANY, SINGLES),
    Union("everything", Join.ALL, SINGLES),
)
MEANING = {NONE: None, NO: False, YES: True}
towns = st.lists(histories, max_size=5)


@pytest.fixture(autouse=True)
def more_unions(monkeypatch: pytest.MonkeyPatch) -> None:
    for union in ADDED:
        monkeypatch.setitem(UNIONS, union.code, union)


def expected(history: list[VisitFacts], union: Union, month: int) -> bool | None:
    """Read off the definition of docs/method.md."""
    told = [reference.status(history, trait, month) for trait in union.traits]
    if None in told:
        return None
    return True in told if union.join is Join.ANY else False not in told


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(towns)
def test_the_timelines_join_as_defined(town: list[list[VisitFacts]]) -> None:
    many = spans_of_many(arrays(town), SINGLES)
    for union in UNIONS.values():
        runs = many[union.code]
        for at, history in enumerate(town):
            spans = spans_of(history, SINGLES)
            assert with_unions({trait: spans[trait] for trait in SINGLES}) == spans
            for month in range(MARCH - 1, MARCH + 56):
                right = expected(history, union, month)
                live = (runs.shop == at) & (runs.first <= month) & (month <= runs.last)
                assert status_at(spans[union.code], month) is right
                assert runs.is_yes[live].tolist() == [one for one in [right] if one is not None]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(towns, st.integers(MARCH, MARCH + 45))
def test_kept_spans_and_ages_join_as_defined(town: list[list[VisitFacts]], month: int) -> None:
    kept = kept_spans(spans_to_bytes(spans_of(history, SINGLES), NUMBERS) for history in town)
    for union in UNIONS.values():
        right = [expected(history, union, month) for history in town]
        found = statuses_at(kept, Look(union.code, month), NUMBERS)
        assert found.dtype == np.int8
        assert [MEANING[status] for status in found.tolist()] == right
        known = [known_from(history, union.code, month) for history in town]
        assert [one and one.is_yes for one in known] == right


def test_what_rests_on_all_is_as_old_as_the_oldest() -> None:
    history = [
        VisitFacts(MARCH, {"alipay": True, "wechat_pay": False}),
        VisitFacts(MARCH + 2, {"alipay": True}),
    ]
    both = known_from(history, "both_wallets", MARCH + 3)
    either = known_from(history, "either_wallet", MARCH + 3)
    assert (both, either) == ((MARCH, False), (MARCH + 2, True))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(histories)
def test_the_recount_joins_as_defined(
    monkeypatch: pytest.MonkeyPatch, history: list[VisitFacts]
) -> None:
    # By rule as if it had been seen: what rules say of routes is asked in test_three_ways.py.
    monkeypatch.setattr(
        verify, "said_by_rule", lambda visits, trait, _rules: said_of(visits, RULES[trait])
    )
    statuses = statuses_of([_visit(facts) for facts in history])
    for union in UNIONS.values():
        for month in range(MARCH - 1, MARCH + 56):
            assert statuses.get((union.code, month)) is expected(history, union, month)


def _visit(facts: VisitFacts) -> Visit:
    moment = month_start(facts.month).astimezone(UTC)
    visit = Visit(
        outcome="closed_for_good" if facts.is_ending else "answered",
        observed_at=moment,
        received_at=datetime(2030, 1, 1, tzinfo=UTC),
    )
    for single in SINGLES:
        is_yes = facts.answers.get(single)
        setattr(visit, single, "not_checked" if is_yes is None else "yes" if is_yes else "no")
    return visit
