"""Approved visits in bulk: every one as a whole number, read in ranges of ids.

Rows as Python objects take twenty seconds for five million visits; one text or byte string
per range takes two. `keys_by_orm` is the plain form of the same question, and the tests hold
the two equal.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from django.db import connection
from django.db.models import Max, Min, QuerySet

from tracker.adoption.history import facts_of
from tracker.adoption.packing import EPOCH, FACT_BITS, SHOP_LIMIT, SHOP_SHIFT, minutes_of
from tracker.adoption.timelines import ENDING, Ints, known_bit, yes_bit
from tracker.fieldwork.models import Visit
from tracker.fieldwork.states import VisitState
from tracker.rules.rulebook import RouteRule, Rulebook
from tracker.survey.answers import Answer
from tracker.survey.outcomes import ENDING_OUTCOMES
from tracker.survey.specs import SINGLES, TRAITS

RANGE = 500_000  # ids per statement
PARSED = {
    "postgresql": f"(floor(date_part('epoch', observed_at))::bigint - {EPOCH}) / 60",
    # Without the fraction, which SQLite would round: up into the next month, now and then.
    "sqlite": f"(unixepoch(substr(observed_at, 1, 19)) - {EPOCH}) / 60",
}
# The plus keeps SQLite from choosing the index of states, which reads rows all over the file.
STATE = {"postgresql": "state", "sqlite": "+state"}
GATHERED = {
    "postgresql": "string_agg(int8send({key}), ''::bytea)",
    "sqlite": "group_concat({key}, ' ')",
}


def keys_in_ranges(rules: Rulebook) -> Iterator[Ints]:
    """All approved visits as keys of `adoption.packing`, unsorted, a range of ids at a time."""
    ends = Visit.objects.aggregate(low=Min("id"), high=Max("id"), shop=Max("shop_id"))
    if ends["low"] is None:
        return
    is_quick = connection.vendor in GATHERED and ends["shop"] < SHOP_LIMIT
    for low in range(ends["low"], ends["high"] + 1, RANGE):
        yield (keys_by_sql if is_quick else keys_by_orm)(low, low + RANGE - 1, rules)


def keys_by_sql(low: int, high: int, rules: Rulebook) -> Ints:
    """The approved visits with ids from `low` to `high`, packed by the database."""
    return _keys_where("id BETWEEN %s AND %s", [low, high], rules)


def keys_of_shops(shop_ids: Sequence[int], rules: Rulebook) -> Ints:
    """The approved visits of these shops, not in order; a shop's id must have room in a key."""
    if connection.vendor not in GATHERED:
        visits = Visit.objects.filter(state=VisitState.APPROVED, shop__in=shop_ids)
        return _packed(visits, rules)
    if not shop_ids:
        return np.empty(0, dtype=np.int64)
    marks = ", ".join(["%s"] * len(shop_ids))
    return _keys_where(f"shop_id IN ({marks})", shop_ids, rules)


def _keys_where(condition: str, values: Sequence[int], rules: Rulebook) -> Ints:
    key = f"(shop_id * {1 << SHOP_SHIFT} + ({PARSED[connection.vendor]}) * {1 << FACT_BITS}"
    facts = _facts_sql(rules)
    gathered = GATHERED[connection.vendor].format(key=f"{key} + {facts.sql})")
    statement = (
        f"SELECT {gathered} FROM {Visit._meta.db_table} "  # noqa: S608  # our own constants
        f"WHERE {STATE[connection.vendor]} = %s AND {condition}"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*facts.values, VisitState.APPROVED, *values])
        found = cursor.fetchone()[0]
    if not found:
        return np.empty(0, dtype=np.int64)
    if isinstance(found, str):
        return np.fromstring(found, dtype=np.int64, sep=" ")
    return np.frombuffer(found, dtype=">i8").astype(np.int64)


def keys_by_orm(low: int, high: int, rules: Rulebook) -> Ints:
    """The same by the ORM. Raises OverflowError where a shop's id has no room in a key."""
    visits = Visit.objects.filter(state=VisitState.APPROVED, id__range=(low, high))
    return _packed(visits, rules)


def _packed(visits: QuerySet[Visit], rules: Rulebook) -> Ints:
    keys = [
        (visit.shop_id << SHOP_SHIFT)
        | (minutes_of(visit.observed_at) << FACT_BITS)
        | facts_code(visit, rules)
        for visit in visits.iterator(chunk_size=5000)
    ]
    return np.array(keys, dtype=np.int64)


def facts_code(visit: Visit, rules: Rulebook) -> int:
    """What of a visit counts, as bits."""
    facts = facts_of(visit, rules)
    code = ENDING if facts.is_ending else 0
    for place, single in enumerate(SINGLES):
        answer = facts.answers.get(single)
        code |= 0 if answer is None else known_bit(place) | (yes_bit(place) if answer else 0)
    return code


class _Sql(NamedTuple):
    """A piece of a statement, and the values of its marks."""

    sql: str
    values: list[str]


def _facts_sql(rules: Rulebook) -> _Sql:
    """`facts_code` in SQL; constraints keep answers and routes from visits without answers."""
    endings = ", ".join(f"'{outcome.value}'" for outcome in ENDING_OUTCOMES)
    parts = [_Sql(f"CASE WHEN outcome IN ({endings}) THEN {ENDING} ELSE 0 END", [])]
    for place, single in enumerate(SINGLES):
        known, yes = known_bit(place), known_bit(place) | yes_bit(place)
        if single in TRAITS:
            parts.append(_answer_sql(single, known, yes))
        elif single in rules.rules:
            parts.append(_rules_sql(rules.rules[single], known, yes))
    return _Sql(
        " + ".join(part.sql for part in parts), [one for part in parts for one in part.values]
    )


def _answer_sql(trait: str, known: int, yes: int) -> _Sql:
    return _Sql(
        f"CASE {trait} WHEN '{Answer.YES.value}' THEN {yes} "
        f"WHEN '{Answer.NO.value}' THEN {known} ELSE 0 END",
        [],
    )


def _rules_sql(rules: Iterable[RouteRule], known: int, yes: int) -> _Sql:
    """Yes where a rule in force gives it; moments as this database keeps them."""
    kept_as = connection.ops.adapt_datetimefield_value
    given, values = [], []
    for rule in rules:
        given.append(f"routes & {rule.bit} <> 0 AND observed_at >= %s")
        values.append(kept_as(rule.begins) or "")
        if rule.ends is not None:
            given[-1] += " AND observed_at < %s"
            values.append(kept_as(rule.ends) or "")
    is_given = " OR ".join(f"({one})" for one in given)
    return _Sql(
        f"CASE WHEN routes IS NULL THEN 0 WHEN {is_given} THEN {yes} ELSE {known} END", values
    )
