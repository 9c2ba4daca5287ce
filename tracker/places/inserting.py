"""New rows by the thousand: one prepared statement, and no SQL made anew for every row.

`bulk_create` takes more time than all other work on a row of an import. Only what a column
keeps in another form than Python does is converted, by the field itself.
"""

from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper

CONVERTED = (models.UUIDField, models.DateTimeField, models.JSONField)


def insert_objects(objects: Sequence[models.Model]) -> None:
    """Add objects of one model; their keys are chosen by the database and not told."""
    if not objects:
        return
    connection = connections[DEFAULT_DB_ALIAS]  # the proxy would be asked for every value
    options = type(objects[0])._meta
    fields = [field for field in options.concrete_fields if not field.primary_key]
    names = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    table = connection.ops.quote_name(options.db_table)
    statement = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(_rows(objects, fields, connection)))


def _rows(
    objects: Sequence[Any], fields: Sequence[Any], connection: BaseDatabaseWrapper
) -> Iterator[list[Any]]:
    values_of = attrgetter(*(field.attname for field in fields))
    converted = [at for at, field in enumerate(fields) if isinstance(field, CONVERTED)]
    for one in objects:
        row = list(values_of(one))
        for at in converted:
            row[at] = fields[at].get_db_prep_save(row[at], connection)
        yield row
