"""Counts by rule brought up to date after a rule changed: in bulk, and nothing else of a shop.

A rule turns noes into yeses and back; which shops are observed by rule stays. So of the rows of
counts only the yeses by rule are written, and of a shop its spans by rule. A shop of which more
has changed meanwhile is left to a refresh.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import numpy as np
from django.db import connection, transaction
from django.db.models import F

from tracker.adoption.actions import lock_current, refresh_into
from tracker.adoption.history import survivors_of
from tracker.adoption.models import AdoptionCount, CountedShop, CountSnapshot
from tracker.adoption.packing import (
    FIRST_MASK,
    FIRST_SHIFT,
    LENGTH_MASK,
    NUMBER_SHIFT,
    codes_by_shop,
)
from tracker.adoption.rebuild.census import histories_of
from tracker.adoption.statuses import kept_spans
from tracker.adoption.timelines import Bools, Ints, Spans, single_spans_of_many, statuses_of_spans
from tracker.errors import CountsBroken
from tracker.places.kinds import ALL_SEGMENTS, AreaLevel
from tracker.rules.queries import rulebook
from tracker.survey.by_rule import SUFFIX
from tracker.survey.shapes import Join
from tracker.survey.specs import MEASURES, SINGLES, UNIONS

BY_RULE = [measure for measure in MEASURES if measure.endswith(SUFFIX)]
PLACES = {single: place for place, single in enumerate(SINGLES)}  # of their bits in a visit
GRID_STEPS = {AreaLevel.GRID250: 1, AreaLevel.GRID500: 10, AreaLevel.GRID1000: 100}


class Kept(NamedTuple):
    """Counted shops in order of their ids, as they stand in the counts."""

    shop: Ints
    segment: list[str]
    places: tuple[Ints, Ints, Ints]  # city, ward, grid250
    spans: dict[str, Spans]  # by single


class Change(NamedTuple):
    """What is added to the yeses of each measure: month × shop, from a first month on."""

    first_month: int
    yes: dict[str, Ints]


@transaction.atomic
def recount_by_rule(*, shop_ids: Sequence[int], at: datetime) -> None:
    """Bring the counts by rule up to date with these shops; safe to run twice or late."""
    snapshot = lock_current(at=at)
    survivors = sorted(set(survivors_of(shop_ids).values()))
    kept = _kept(snapshot, survivors)
    visits = histories_of(kept.shop, rulebook())
    new = {single: single_spans_of_many(visits, PLACES[single]) for single in _singles()}
    change, is_odd = _change(kept, new)
    _add_to_rows(snapshot, kept, change)
    is_changed = np.any([yes.any(axis=0) for yes in change.yes.values()], axis=0)
    _keep(snapshot, kept, new, np.flatnonzero(is_changed))
    left = {*survivors} - {*kept.shop.tolist()} | {*kept.shop[is_odd].tolist()}
    refresh_into(snapshot=snapshot, shop_ids=left)
    CountSnapshot.objects.filter(pk=snapshot.pk).update(refreshes=F("refreshes") + 1)


def _singles() -> list[str]:
    return [single for single in SINGLES if single.endswith(SUFFIX)]


def _kept(snapshot: CountSnapshot, shop_ids: list[int]) -> Kept:
    columns = ("shop", "segment", "city", "ward", "grid250", "spans")
    shops = CountedShop.objects.filter(snapshot=snapshot, shop__in=shop_ids).order_by("shop")
    rows = list(shops.values_list(*columns))
    numbers = np.array([(row[0], *row[2:5]) for row in rows], dtype=np.int64).reshape(-1, 4).T
    found = kept_spans(bytes(row[5]) for row in rows)
    first = (found.code >> FIRST_SHIFT) & FIRST_MASK
    last, is_yes = first + ((found.code >> 1) & LENGTH_MASK), (found.code & 1).astype(bool)
    spans = {}
    for single, number in SINGLES.items():
        own = found.code >> NUMBER_SHIFT == number
        spans[single] = Spans(found.shop[own], first[own], last[own], is_yes[own])
    shop, city, ward, grid250 = numbers
    return Kept(shop, [row[1] for row in rows], (city, ward, grid250), spans)


def _change(kept: Kept, new: dict[str, Spans]) -> tuple[Change, Bools]:
    """The difference between what is counted and what should be, and who is left to a refresh."""
    every = [spans for one in (kept.spans, new) for name, spans in one.items() if name in new]
    known = [spans for spans in every if len(spans.shop)]
    low = min((int(spans.first.min()) for spans in known), default=0) - 1
    months = max((int(spans.last.max()) for spans in known), default=0) - low + 2
    shape = (low, months, len(kept.shop))
    before = {name: statuses_of_spans(kept.spans[name], *shape) for name in new}
    after = {name: statuses_of_spans(spans, *shape) for name, spans in new.items()}
    is_odd = np.zeros(len(kept.shop), dtype=bool)
    for name in new:
        is_odd |= (before[name][0] != after[name][0]).any(axis=0)
    yes = {
        measure: _yes(measure, after).astype(np.int64) - _yes(measure, before)
        for measure in BY_RULE
    }
    for change in yes.values():
        change[:, is_odd] = 0
    return Change(low, yes), is_odd


def _yes(measure: str, statuses: dict[str, tuple[Bools, Bools]]) -> Bools:
    """Month × shop: yes, of those where all parts are known."""
    union = UNIONS.get(measure)
    if union is None:
        return statuses[measure][1]
    known = np.logical_and.reduce([statuses[part][0] for part in union.traits])
    joined = np.logical_or if union.join is Join.ANY else np.logical_and
    found: Bools = known & joined.reduce([statuses[part][1] for part in union.traits])
    return found


def _add_to_rows(snapshot: CountSnapshot, kept: Kept, change: Change) -> None:
    """Write the yeses of every row that has changed."""
    table = connection.ops.quote_name(AdoptionCount._meta.db_table)
    marks = ", ".join(f"{measure} = %s" for measure in BY_RULE)
    statement = (
        f"UPDATE {table} SET {marks} "  # noqa: S608  # our own constants
        "WHERE snapshot_id = %s AND level = %s AND segment = %s AND area = %s"
    )
    with connection.cursor() as cursor:
        for level, segment, areas, yes in _cells(kept, change):
            own = {"snapshot": snapshot.pk, "level": level, "segment": segment}
            rows = AdoptionCount.objects.filter(**own, area__in=areas.tolist())
            columns = ("area", "first_month", "width", *BY_RULE)
            stored = {row[0]: row[1:] for row in rows.values_list(*columns)}
            if len(stored) < len(areas):
                raise CountsBroken(f"{level} {segment}: a row by rule is missing")
            changed = [
                (*_row(stored[area], change.first_month, yes[at]), *own.values(), area)
                for at, area in enumerate(areas.tolist())
            ]
            cursor.executemany(statement, changed)


def _cells(kept: Kept, change: Change) -> Iterator[tuple[str, str, Ints, Ints]]:
    """Level, segment, areas, and their change: area × measure × month."""
    series = np.stack(list(change.yes.values()))  # measure × month × shop
    touched = np.flatnonzero(series.any(axis=(0, 1)))
    series, segments = series[:, :, touched], np.array(kept.segment)[touched]
    for level, areas in _areas(kept, touched).items():
        for segment in (ALL_SEGMENTS, *np.unique(segments).tolist()):
            here = np.flatnonzero(
                (areas != 0) & ((segments == segment) | (segment == ALL_SEGMENTS))
            )
            order = here[np.argsort(areas[here], kind="stable")]
            codes, begins = np.unique(areas[order], return_index=True)
            if not len(codes):
                continue
            sums = np.add.reduceat(series[:, :, order], begins, axis=2).transpose(2, 0, 1)
            real = sums.any(axis=(1, 2))
            yield level, segment, codes[real], sums[real]


def _areas(kept: Kept, shops: Ints) -> dict[str, Ints]:
    """Level → the area of each of these shops; 0 where it counts in none."""
    city, ward, grid250 = (column[shops] for column in kept.places)
    squares = {level.value: grid250 // step for level, step in GRID_STEPS.items()}
    return {AreaLevel.CITY.value: city, AreaLevel.WARD.value: ward, **squares}


def _row(stored: tuple[Any, ...], first_month: int, change: Ints) -> list[bytes]:
    """The bytes of every measure by rule with the change in them."""
    first, width, *series = stored
    found = []
    for data, more in zip(series, change, strict=True):
        numbers = np.frombuffer(bytes(data), dtype=f"<u{width}").astype(np.int64).reshape(2, -1)
        months = np.flatnonzero(more)
        if len(months):
            at = months + first_month - first
            if at[0] < 0 or at[-1] >= numbers.shape[1]:
                raise CountsBroken("a change by rule lies outside of its row")
            numbers[1, at] += more[months]
            if (numbers[1] < 0).any() or (numbers[1] > numbers[0]).any():
                raise CountsBroken("fewer shops by rule than none, or more than observed")
        found.append(numbers.astype(f"<u{width}").tobytes() if numbers.size else b"")
    return found


def _keep(snapshot: CountSnapshot, kept: Kept, new: dict[str, Spans], changed: Ints) -> None:
    """Write the spans of the shops that have changed: by trait as they were, by rule anew."""
    if not len(changed):
        return
    shops, codes = codes_by_shop(
        {single: _only(new.get(single, kept.spans[single]), changed) for single in SINGLES}, SINGLES
    )
    data, begins = codes.astype("<u4").tobytes(), np.flatnonzero(np.diff(shops, prepend=-1))
    ends = np.append(begins[1:], len(shops))
    rows = zip(shops[begins].tolist(), (begins * 4).tolist(), (ends * 4).tolist(), strict=True)
    table = connection.ops.quote_name(CountedShop._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET spans = %s WHERE snapshot_id = %s AND shop_id = %s",  # noqa: S608
            [(data[a:b], snapshot.pk, int(kept.shop[shop])) for shop, a, b in rows],
        )


def _only(spans: Spans, shops: Ints) -> Spans:
    own = np.isin(spans.shop, shops)
    return Spans(spans.shop[own], spans.first[own], spans.last[own], spans.is_yes[own])
