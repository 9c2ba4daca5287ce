"""The rows of an extract, made by the database itself and passed on in pieces.

They stand in the order of their own columns: the order in which visits came would tell who
walked from which shop to which. PostgreSQL writes the CSV (COPY); SQLite makes each line in SQL,
and some thousand are fetched at a time. Both have a connection of their own, which reads one
moment, cannot write, and is closed when the last piece is taken or whoever takes them leaves.
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from tracker.fieldwork.models import Visit
from tracker.fieldwork.states import VisitState
from tracker.months import month_start
from tracker.places.models import Shop
from tracker.publication.extracts.columns import COLUMNS, KEY_DIGITS, NAMES

PIECE = 1 << 16  # bytes, about
FETCHED = 2000  # lines
SORTED_IN = 16_000  # kB of memory; SQLite sorts what is more in a file
HEADER = ",".join(NAMES).encode() + b"\n"
# The plus keeps SQLite from choosing the index of states, which reads rows all over the file.
STATE = {"postgresql": "v.state", "sqlite": "+v.state"}
SOURCE = f"""
FROM {Visit._meta.db_table} v JOIN {Shop._meta.db_table} s ON s.id = v.shop_id
JOIN {Shop._meta.db_table} r ON r.id = coalesce(s.merged_into_id, s.id)
WHERE {{state}} = %s AND v.observed_at >= %s AND v.observed_at < %s
"""


@dataclass(frozen=True)
class ExtractFilter:
    """Which visits: of a city by its code, or of all where it is empty; months as integers."""

    city: str
    first_month: int
    last_month: int


@dataclass(frozen=True)
class Statement:
    sql: str
    values: Sequence[str | datetime]


def csv_pieces(wanted: ExtractFilter, *, salt: str) -> Iterator[bytes]:
    """A CSV with its header: ASCII, each line ends with a line feed."""
    yield HEADER
    with closing(connection.copy()) as own:
        if own.vendor == "postgresql":
            yield from _copied(own, wanted, salt)
        else:
            yield from _fetched(own, wanted, salt)


def count_rows(wanted: ExtractFilter) -> int:
    """How many rows an extract would have now, without its header."""
    source = _source(wanted)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) {source.sql}", source.values)
        return int(cursor.fetchone()[0])


def shop_key(salt: str, shop_id: int) -> str:
    """What stands for a shop within one extract: nobody has the salt once that is made."""
    return hashlib.sha256(f"{salt}{shop_id}".encode()).hexdigest()[:KEY_DIGITS]


def columns_sql(wanted: ExtractFilter, *, salt: str) -> Statement:
    """A SELECT of the columns for PostgreSQL, in the order of the rows."""
    source = _source(wanted)
    columns = ", ".join(f"{one.sql_for('postgresql')} AS {one.name}" for one in COLUMNS)
    order = ", ".join(
        f'{one.name} COLLATE "C" NULLS FIRST' if one.is_text else one.name for one in COLUMNS
    )
    inner = f"SELECT {columns} {source.sql}"
    sql = f"SELECT * FROM ({inner}) AS rows ORDER BY {order}"  # noqa: S608  # our own constants
    return Statement(sql, [salt, *source.values])


def lines_sql(wanted: ExtractFilter) -> Statement:
    """A SELECT of whole lines for SQLite, in the order of the rows; needs `extract_key`."""
    source = _source(wanted)
    line = " || ',' || ".join(f"({one.sql_for('sqlite')})" for one in COLUMNS)
    return Statement(f"SELECT {line} {source.sql} ORDER BY 1", source.values)


def _source(wanted: ExtractFilter) -> Statement:
    moments = (month_start(wanted.first_month), month_start(wanted.last_month + 1))
    kept_as = connection.ops.adapt_datetimefield_value
    values = [VisitState.APPROVED.value, *(kept_as(moment) or "" for moment in moments)]
    sql = SOURCE.format(state=STATE[connection.vendor])
    if not wanted.city:
        return Statement(sql, values)
    return Statement(f"{sql} AND r.city_id = %s", [*values, wanted.city])


def _copied(own: BaseDatabaseWrapper, wanted: ExtractFilter, salt: str) -> Iterator[bytes]:
    statement = columns_sql(wanted, salt=salt)
    with own.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = on; SET datestyle = 'ISO'")
        with cursor.copy(f"COPY ({statement.sql}) TO STDOUT WITH CSV", statement.values) as rows:
            parked: list[bytes] = []
            size = 0
            for row in rows:
                parked.append(row)
                size += len(row)
                if size >= PIECE:
                    yield b"".join(parked)
                    parked, size = [], 0
            yield b"".join(parked)


def _fetched(own: BaseDatabaseWrapper, wanted: ExtractFilter, salt: str) -> Iterator[bytes]:
    statement = lines_sql(wanted)
    salted = hashlib.sha256(salt.encode())

    def extract_key(shop_id: int) -> str:
        """`shop_key`, in half the time."""
        digest = salted.copy()
        digest.update(b"%d" % shop_id)
        return digest.hexdigest()[:KEY_DIGITS]

    with own.cursor() as cursor:
        cursor.execute("PRAGMA query_only = ON")
        cursor.execute(f"PRAGMA cache_size = -{SORTED_IN}")
        own.connection.create_function("extract_key", 1, extract_key, deterministic=True)
        cursor.execute(statement.sql, statement.values)
        while rows := cursor.fetchmany(FETCHED):
            yield ("\n".join([line for (line,) in rows]) + "\n").encode()
