"""The timeline of many shops at once, on NumPy arrays. Pure: no Django.

Says the same as `timeline.spans_of`, shop by shop; the tests compare the two, and both with
a slow reference.
"""

from collections.abc import Sequence
from functools import partial, reduce
from typing import Any, NamedTuple

import numpy as np

from tracker.adoption.timeline import LIVE_MONTHS
from tracker.survey.shapes import Join, Union
from tracker.survey.specs import UNIONS

Ints = np.ndarray[Any, np.dtype[np.int64]]
Bools = np.ndarray[Any, np.dtype[np.bool_]]
ENDING = 1  # bits of what a visit says; the singles follow, two bits each


def known_bit(place: int) -> int:
    """The bit that says: this visit knows the single at this place of their list."""
    return 2 << 2 * place


def yes_bit(place: int) -> int:
    """The bit that says: and it is yes."""
    return 4 << 2 * place


class Histories(NamedTuple):
    """Approved visits, in order of shop and then of (observed_at, received_at, id)."""

    shop: Ints  # position of the shop, from 0
    month: Ints  # see tracker.months
    facts: Ints  # ENDING, known_bit and yes_bit


class Spans(NamedTuple):
    """Runs of months with one status, both ends included, in order of shop and month."""

    shop: Ints
    first: Ints
    last: Ints
    is_yes: Bools


def spans_of_many(visits: Histories, singles: Sequence[str]) -> dict[str, Spans]:
    """Measure → spans, as `timeline.spans_of` gives them for each shop."""
    spans = {single: single_spans_of_many(visits, n) for n, single in enumerate(singles)}
    return spans | {union.code: union_of_many(spans, union) for union in UNIONS.values()}


def union_of_many(spans: dict[str, Spans], union: Union) -> Spans:
    """The spans of a measure that is made of several, out of theirs."""
    parts = (spans[trait] for trait in union.traits)
    return reduce(partial(joined_of_many, join=union.join), parts)


def single_spans_of_many(visits: Histories, place: int) -> Spans:
    """Each known answer holds until the next one of its shop, an ending, or expiry."""
    told = np.flatnonzero(visits.facts & (ENDING | known_bit(place)))
    shop, month, facts = visits.shop[told], visits.month[told], visits.facts[told]
    last = month + LIVE_MONTHS
    if len(told):
        same = shop[1:] == shop[:-1]
        last[:-1] = np.where(same, np.minimum(last[:-1], month[1:] - 1), last[:-1])
    holds = ((facts & ENDING) == 0) & (last >= month)
    return _merged(
        Spans(shop[holds], month[holds], last[holds], (facts[holds] & yes_bit(place)) != 0)
    )


def _merged(spans: Spans) -> Spans:
    """Neighbours that touch and agree become one."""
    if not len(spans.shop):
        return spans
    goes_on = (
        (spans.shop[1:] == spans.shop[:-1])
        & (spans.first[1:] == spans.last[:-1] + 1)
        & (spans.is_yes[1:] == spans.is_yes[:-1])
    )
    begins = np.flatnonzero(np.concatenate([[True], ~goes_on]))
    ends = np.concatenate([begins[1:] - 1, [len(spans.shop) - 1]])
    return Spans(spans.shop[begins], spans.first[begins], spans.last[ends], spans.is_yes[begins])


def joined_of_many(one: Spans, other: Spans, join: Join) -> Spans:
    """`timeline.joined_spans` for each shop."""
    if not len(one.shop) + len(other.shop):
        return one
    shops = 1 + max(int(spans.shop[-1]) for spans in (one, other) if len(spans.shop))
    low = min(int(spans.first.min()) for spans in (one, other) if len(spans.shop))
    high = max(int(spans.last.max()) for spans in (one, other) if len(spans.shop))
    months = high - low + 3  # an empty month before and after
    first, first_yes = statuses_of_spans(one, low - 1, months, shops)
    second, second_yes = statuses_of_spans(other, low - 1, months, shops)
    known = first & second
    yes = first_yes | second_yes if join is Join.ANY else first_yes & second_yes
    return _runs(known, known & yes, low - 1)


def statuses_of_spans(spans: Spans, low: int, months: int, shops: int) -> tuple[Bools, Bools]:
    """Observed and yes, month × shop: one column is one shop, so that sums run along memory."""
    return tuple(  # type: ignore[return-value]
        _filled(spans.shop[chosen], spans.first[chosen] - low, spans.last[chosen] - low, shape)
        for chosen in (slice(None), spans.is_yes)
        for shape in [(months, shops)]
    )


def _filled(shop: Ints, first: Ints, last: Ints, shape: tuple[int, int]) -> Bools:
    steps = np.zeros(shape[0] * shape[1], dtype=np.int8)
    # The spans of a shop never overlap, so each index stands once in either line.
    steps[first * shape[1] + shop] += 1
    steps[(last + 1) * shape[1] + shop] -= 1
    table = steps.reshape(shape)
    np.cumsum(table, axis=0, dtype=np.int8, out=table)
    return table.view(np.bool_)


def _runs(observed: Bools, yes: Bools, low: int) -> Spans:
    """Month × shop statuses, empty in the first and the last month, as spans."""
    status = observed.view(np.int8) + yes.view(np.int8)
    changes = status[1:] != status[:-1]
    shops = status.shape[1]
    begins = np.sort(_by_shop(np.flatnonzero(changes & (status[1:] != 0)) + shops, status.shape))
    ends = np.sort(_by_shop(np.flatnonzero(changes & (status[:-1] != 0)), status.shape))
    shop, month = np.divmod(begins, status.shape[0])
    last = ends % status.shape[0]
    return Spans(shop, month + low, last + low, yes[month, shop])


def _by_shop(flat: Ints, shape: tuple[int, int]) -> Ints:
    """Flat positions in a month × shop table as positions in a shop × month one."""
    month, shop = np.divmod(flat, shape[1])
    return shop * shape[0] + month
