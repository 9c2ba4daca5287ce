"""Rows by the hundred thousand: COPY on PostgreSQL, prepared inserts on SQLite.

`bulk_create` builds a model object and its SQL for every row, which costs more than counting
did. Refreshes write the same tables by the ORM, and the tests hold the two equal.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

from django.db import connection, models

Row = tuple[Any, ...]
BATCH = 20_000
POSTGRESQL_TYPES = {
    "ForeignKey": "int8",
    "BigIntegerField": "int8",
    "IntegerField": "int4",
    "SmallIntegerField": "int2",
    "CharField": "varchar",
    "BinaryField": "bytea",
}


# Of pages in memory while millions of rows are written; without it an index that is filled out
# of order goes through the disk again and again.
SQLITE_CACHE_KB = 131_072
# Pages of the journal before it is copied into the file: what is written again and again is
# copied once.
SQLITE_JOURNAL_PAGES, USUAL_JOURNAL_PAGES = 65_536, 1000


@contextmanager
def much_memory() -> Iterator[None]:
    """SQLite keeps more pages in memory inside; PostgreSQL has its own."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA cache_size").fetchone()[0]
        cursor.execute(f"PRAGMA cache_size = -{SQLITE_CACHE_KB}")
        cursor.execute(f"PRAGMA wal_autocheckpoint = {SQLITE_JOURNAL_PAGES}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA cache_size = {int(before)}")
            cursor.execute(f"PRAGMA wal_autocheckpoint = {USUAL_JOURNAL_PAGES}")


def insert_rows(model: type[models.Model], rows: Iterable[Row]) -> int:
    """Add rows with a value for every column of the model, in its order; returns how many."""
    fields = {field.column: field for field in model._meta.concrete_fields if field.column}
    names = ", ".join(map(connection.ops.quote_name, fields))
    table = connection.ops.quote_name(model._meta.db_table)
    if connection.vendor == "postgresql":
        types = [POSTGRESQL_TYPES[field.get_internal_type()] for field in fields.values()]
        return _copy(f"COPY {table} ({names}) FROM STDIN (FORMAT BINARY)", types, iter(rows))
    marks = ", ".join(["%s"] * len(fields))
    return _insert(f"INSERT INTO {table} ({names}) VALUES ({marks})", iter(rows))  # noqa: S608


def _copy(statement: str, types: list[str], rows: Iterator[Row]) -> int:
    number = 0
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.set_types(types)
        for row in rows:
            copy.write_row(row)
            number += 1
    return number


def _insert(statement: str, rows: Iterator[Row]) -> int:
    number = 0
    with connection.cursor() as cursor:
        while batch := list(islice(rows, BATCH)):
            cursor.executemany(statement, batch)
            number += len(batch)
    return number
