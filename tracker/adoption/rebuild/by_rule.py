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
from tracker.adoption.overlaps import areas_at
from tracker.adoption.packing import bytes_by_shop
from tracker.adoption.rebuild.census import histories_of
from tracker.adoption.statuses import kept_spans, single_spans_in
from tracker.adoption.timelines import (
    Bools,
    Ints,
    Spans,
    single_spans_of_many,
    statuses_of_spans,
    union_of_many,
)
from tracker.errors import CountsBroken
from tracker.places.kinds import ALL_SEGMENTS, AreaLevel
from tracker.rules.queries import rulebook
from tracker.survey.by_rule import SUFFIX
from tracker.survey.specs import MEASURES, SINGLES, UNIONS

BY_RULE = [measure for measure in MEASURES if measure.endswith(SUFFIX)]
PLACES = {single: place for place, single in enumerate(SINGLES)}  # of their bits in a visit
SINGLES_BY_RULE = [single for single in SINGLES if single in BY_RULE]


class Kept(NamedTuple):
    """Counted shops in order of their ids, as they stand in the counts."""

    shop: Ints
    segment: list[str]
    places: Ints  # city, ward and grid250 of each
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
    new = {single: single_spans_of_many(visits, PLACES[single]) for single in SINGLES_BY_RULE}
    change, is_odd = _change(kept, new)
    _add_to_rows(snapshot, kept, change)
    is_changed = np.any([yes.any(axis=0) for yes in change.yes.values()], axis=0)
    _keep(snapshot, kept, new, np.flatnonzero(is_changed))
    left = {*survivors} - {*kept.shop.tolist()} | {*kept.shop[is_odd].tolist()}
    refresh_into(snapshot=snapshot, shop_ids=left)
    CountSnapshot.objects.filter(pk=snapshot.pk).update(refreshes=F("refreshes") + 1)


def _kept(snapshot: CountSnapshot, shop_ids: list[int]) -> Kept:
    columns = ("shop", "segment", "city", "ward", "grid250", "spans")
    shops = CountedShop.objects.filter(snapshot=snapshot, shop__in=shop_ids).order_by("shop")
    rows = list(shops.values_list(*columns))
    numbers = np.array([(row[0], *row[2:5]) for row in rows], dtype=np.int64).reshape(-1, 4)
    found = kept_spans(bytes(row[5]) for row in rows)
    spans = {single: single_spans_in(found, number) for single, number in SINGLES.items()}
    return Kept(numbers[:, 0], [row[1] for row in rows], numbers[:, 1:], spans)


def _change(kept: Kept, new: dict[str, Spans]) -> tuple[Change, Bools]:
    """The difference between what is counted and what should be, and who is left to a refresh."""
    every = [spans for one in (kept.spans, new) for name, spans in one.items() if name in new]
    known = [spans for spans in every if len(spans.shop)]
    low = min((int(spans.first.min()) for spans in known), default=0) - 1
    months = max((int(spans.last.max()) for spans in known), default=0) - low + 2
    shape = (low, months, len(kept.shop))
    before, after = (
        {name: statuses_of_spans(spans, *shape) for name, spans in _with_unions(singles).items()}
        for singles in (kept.spans, new)
    )
    is_odd = np.zeros(len(kept.shop), dtype=bool)
    for name in new:
        is_odd |= (before[name][0] != after[name][0]).any(axis=0)
    yes = {name: after[name][1].astype(np.int64) - before[name][1] for name in BY_RULE}
    for change in yes.values():
        change[:, is_odd] = 0
    return Change(low, yes), is_odd


def _with_unions(singles: dict[str, Spans]) -> dict[str, Spans]:
    """Every measure by rule, in their order."""
    return {
        name: union_of_many(singles, UNIONS[name]) if name in UNIONS else singles[name]
        for name in BY_RULE
    }


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
    for level in AreaLevel:
        areas = areas_at(kept.places[touched], level)
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
            yield level.value, segment, codes[real], sums[real]


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
    spans = {single: new.get(single, kept.spans[single]) for single in SINGLES}
    shops, data = bytes_by_shop({name: _only(one, changed) for name, one in spans.items()}, SINGLES)
    ids = kept.shop[shops].tolist()
    table = connection.ops.quote_name(CountedShop._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET spans = %s WHERE snapshot_id = %s AND shop_id = %s",  # noqa: S608
            [(one, snapshot.pk, shop) for shop, one in zip(ids, data, strict=True)],
        )


def _only(spans: Spans, shops: Ints) -> Spans:
    own = np.isin(spans.shop, shops)
    return Spans(spans.shop[own], spans.first[own], spans.last[own], spans.is_yes[own])
