"""Statuses out of kept spans agree with the timeline, shop by shop; and are counted rightly."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tracker.adoption.estimation.comparison import Overlap
from tracker.adoption.estimation.transitions import overlap_of
from tracker.adoption.packing import spans_to_bytes
from tracker.adoption.statuses import NO, NONE, YES, Look, kept_spans, overlaps_of, statuses_at
from tracker.adoption.timeline import VisitFacts, spans_of, status_at
from tracker.survey.measures import Measure
from tracker.survey.specs import SINGLES

MEANING = {NONE: None, NO: False, YES: True}
FIRST = 24_300
answers = st.dictionaries(st.sampled_from(tuple(SINGLES)), st.booleans())
visits = st.builds(VisitFacts, st.integers(FIRST, FIRST + 30), answers, st.just(False))
endings = st.builds(VisitFacts, st.integers(FIRST, FIRST + 30), st.just({}), st.just(True))
histories = st.lists(st.one_of(visits, visits, endings), max_size=6).map(
    lambda facts: sorted(facts, key=lambda visit: visit.month)
)
towns = st.lists(st.tuples(st.integers(1, 3), histories), max_size=8)


def kept(history: list[VisitFacts]) -> bytes:
    return spans_to_bytes(spans_of(history, SINGLES), SINGLES)


@given(st.lists(histories, max_size=6), st.integers(FIRST - 2, FIRST + 45))
def test_every_status_is_that_of_the_timeline(town: list[list[VisitFacts]], month: int) -> None:
    spans = kept_spans(kept(history) for history in town)
    for measure in Measure.values:
        found = statuses_at(spans, Look(measure, month), SINGLES).tolist()
        wanted = [status_at(spans_of(history, SINGLES)[measure], month) for history in town]
        assert [MEANING[status] for status in found] == wanted


@given(towns)
def test_the_overlap_of_each_area_is_that_of_its_shops(
    town: list[tuple[int, list[VisitFacts]]],
) -> None:
    spans = kept_spans(kept(history) for _area, history in town)
    looks = (Look("alipay", FIRST + 8), Look("either_wallet", FIRST + 20))
    before, after = (statuses_at(spans, look, SINGLES) for look in looks)
    areas = np.array([area for area, _history in town], dtype=np.int64)
    found = overlaps_of(areas, before, after)
    for area in {area for area, _history in town}:
        pairs = [
            tuple(status_at(spans_of(history, SINGLES)[look.measure], look.month) for look in looks)
            for place, history in town
            if place == area
        ]
        assert found.get(area, Overlap()) == overlap_of(pairs)  # type: ignore[arg-type]


def test_no_shops_have_no_overlap() -> None:
    spans = kept_spans([])
    status = statuses_at(spans, Look("alipay", FIRST), SINGLES)
    assert overlaps_of(np.array([], dtype=np.int64), status, status) == {}
