"""Approved visits in bulk: every one as a whole number, read in ranges of ids.

Rows as Python objects take twenty seconds for five million visits; one text or byte string
per range takes two. `keys_by_orm` is the plain form of the same question, and the tests hold
the two equal.
"""

from collections.abc import Iterator

import numpy as np
from django.db import connection
from django.db.models import Max, Min

from tracker.adoption.history import KNOWN
from tracker.adoption.packing import EPOCH, FACT_BITS, SHOP_LIMIT, SHOP_SHIFT, seconds_of
from tracker.adoption.timelines import ENDING, Ints, known_bit, yes_bit
from tracker.fieldwork.models import Visit
from tracker.fieldwork.states import VisitState
from tracker.survey.answers import Answer
from tracker.survey.outcomes import ENDING_OUTCOMES, Outcome
from tracker.survey.specs import TRAITS

RANGE = 500_000  # ids per statement
PARSED = {
    "postgresql": f"floor(date_part('epoch', observed_at))::bigint - {EPOCH}",
    # Without the fraction, which SQLite would round: up into the next month, now and then.
    "sqlite": f"unixepoch(substr(observed_at, 1, 19)) - {EPOCH}",
}
# The plus keeps SQLite from choosing the index of states, which reads rows all over the file.
STATE = {"postgresql": "state", "sqlite": "+state"}
GATHERED = {
    "postgresql": "string_agg(int8send({key}), ''::bytea)",
    "sqlite": "group_concat({key}, ' ')",
}


def keys_in_ranges() -> Iterator[Ints]:
    """All approved visits as keys of `adoption.packing`, unsorted, a range of ids at a time."""
    ends = Visit.objects.aggregate(low=Min("id"), high=Max("id"), shop=Max("shop_id"))
    if ends["low"] is None:
        return
    is_quick = connection.vendor in GATHERED and ends["shop"] < SHOP_LIMIT
    for low in range(ends["low"], ends["high"] + 1, RANGE):
        yield (keys_by_sql if is_quick else keys_by_orm)(low, low + RANGE - 1)


def keys_by_sql(low: int, high: int) -> Ints:
    """The approved visits with ids from `low` to `high`, packed by the database."""
    key = f"(shop_id * {1 << SHOP_SHIFT} + ({PARSED[connection.vendor]}) * {1 << FACT_BITS}"
    gathered = GATHERED[connection.vendor].format(key=f"{key} + {_facts_sql()})")
    statement = (
        f"SELECT {gathered} FROM {Visit._meta.db_table} "  # noqa: S608  # our own constants
        f"WHERE {STATE[connection.vendor]} = %s AND id BETWEEN %s AND %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [VisitState.APPROVED, low, high])
        found = cursor.fetchone()[0]
    if not found:
        return np.empty(0, dtype=np.int64)
    if isinstance(found, str):
        return np.fromstring(found, dtype=np.int64, sep=" ")
    return np.frombuffer(found, dtype=">i8").astype(np.int64)


def keys_by_orm(low: int, high: int) -> Ints:
    """The same by the ORM. Raises OverflowError where a shop's id has no room in a key."""
    visits = Visit.objects.filter(state=VisitState.APPROVED, id__range=(low, high))
    keys = [
        (visit.shop_id << SHOP_SHIFT)
        | (seconds_of(visit.observed_at) << FACT_BITS)
        | facts_code(visit)
        for visit in visits.iterator(chunk_size=5000)
    ]
    return np.array(keys, dtype=np.int64)


def facts_code(visit: Visit) -> int:
    """What of a visit counts, as bits."""
    code = ENDING if visit.outcome in ENDING_OUTCOMES else 0
    if visit.outcome != Outcome.ANSWERED:
        return code
    for number, trait in enumerate(TRAITS):
        answer = KNOWN.get(getattr(visit, trait))
        code |= 0 if answer is None else known_bit(number) | (yes_bit(number) if answer else 0)
    return code


def _facts_sql() -> str:
    """`facts_code` in SQL; a constraint keeps answers from visits that were not answered."""
    endings = ", ".join(f"'{outcome.value}'" for outcome in ENDING_OUTCOMES)
    parts = [f"CASE WHEN outcome IN ({endings}) THEN {ENDING} ELSE 0 END"]
    for number, trait in enumerate(TRAITS):
        known, yes = known_bit(number), known_bit(number) | yes_bit(number)
        parts.append(
            f"CASE {trait} WHEN '{Answer.YES.value}' THEN {yes} "
            f"WHEN '{Answer.NO.value}' THEN {known} ELSE 0 END"
        )
    return " + ".join(parts)
