"""From a shop's approved visits to the months in which it has a live status. Pure.

The definition is that of docs/method.md, and stands here once: the rebuild, the refresh
of one shop and the "as of" figures all call it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from tracker.survey.shapes import Join
from tracker.survey.specs import UNIONS

LIVE_MONTHS = 12  # a status is live in the month of its visit and twelve more


class Span(NamedTuple):
    """A run of months, both ends included, with one status."""

    first: int
    last: int
    is_yes: bool


@dataclass(frozen=True)
class VisitFacts:
    """What counts of one approved visit: its month, its known answers, and whether it ends all."""

    month: int
    answers: dict[str, bool]  # single → yes?; unsure, not checked and not asked are left out
    is_ending: bool = False  # closed for good, or replaced by another shop


def spans_of(visits: Sequence[VisitFacts], singles: Iterable[str]) -> dict[str, list[Span]]:
    """Measure → spans. `visits` come in order of (observed_at, received_at, id)."""
    return with_unions({single: single_spans(visits, single) for single in singles})


def with_unions(spans: dict[str, list[Span]]) -> dict[str, list[Span]]:
    """The spans of singles, and those of each measure that is made of several."""
    found = dict(spans)
    for union in UNIONS.values():
        joined, *others = (spans[trait] for trait in union.traits)
        for other in others:
            joined = joined_spans(joined, other, union.join)
        found[union.code] = joined
    return found


def single_spans(visits: Sequence[VisitFacts], single: str) -> list[Span]:
    """The spans of one single: each known answer holds until the next, an ending, or expiry."""
    spans: list[Span] = []
    first: int | None = None
    is_yes = False
    for visit in visits:
        if not visit.is_ending and single not in visit.answers:
            continue
        if first is not None:
            _add(spans, first, min(first + LIVE_MONTHS, visit.month - 1), is_yes)
        first = None if visit.is_ending else visit.month
        is_yes = visit.answers.get(single, False)
    if first is not None:
        _add(spans, first, first + LIVE_MONTHS, is_yes)
    return spans


def joined_spans(one: Sequence[Span], other: Sequence[Span], join: Join) -> list[Span]:
    """The spans of a measure that is made of two."""
    edges = sorted({edge for span in (*one, *other) for edge in (span.first, span.last + 1)})
    spans: list[Span] = []
    for first, after in pairwise(edges):
        is_yes = _joined(status_at(one, first), status_at(other, first), join)
        if is_yes is not None:
            _add(spans, first, after - 1, is_yes)
    return spans


def _joined(one: bool | None, other: bool | None, join: Join) -> bool | None:
    if one is None or other is None:
        return None
    return one or other if join is Join.ANY else one and other


def status_at(spans: Sequence[Span], month: int) -> bool | None:
    """Yes, no, or None where there is no live status."""
    for span in spans:
        if span.first <= month <= span.last:
            return span.is_yes
    return None


def _add(spans: list[Span], first: int, last: int, is_yes: bool) -> None:
    """Append a span unless it is empty; lengthen the last one where they touch and agree."""
    if last < first:
        return
    if spans and spans[-1].last + 1 == first and spans[-1].is_yes == is_yes:
        first = spans.pop().first
    spans.append(Span(first, last, is_yes))
