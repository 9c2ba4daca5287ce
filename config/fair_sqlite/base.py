"""Whoever waits for the write lock asks every few milliseconds, and holds nothing meanwhile.

SQLite's own wait begins at 1 ms and ends at 100 ms between two looks, so that under load those
who came last win, and somebody who came first gives up after twenty seconds. It also keeps the
connection's mutex: when Python's garbage collector, in the thread that has the write lock,
comes upon a cursor of the one that waits, that thread stops until the other has given up.
Turning a new file to a write-ahead log does not wait at all: of those who open it together all
but one are refused.
"""

import random
import sqlite3
import time
from collections.abc import Callable
from functools import partial
from typing import Any, Self, TypeVar

from django.db.backends.sqlite3 import base

Made = TypeVar("Made")

PAUSE = (0.002, 0.010)  # seconds; at random, so that nobody is always the later one
PRIMARY = 0xFF  # the part of an error's code that is without its reason


class DatabaseWrapper(base.DatabaseWrapper):
    """Everybody who waits has the same chance; the limit is `timeout`, as before."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        connect: Callable[[], sqlite3.Connection] = partial(
            super().get_new_connection, {**conn_params, "timeout": 0}
        )
        return _patiently(connect, self._limit())

    def create_cursor(self, name: str | None = None) -> "PatientCursor":
        limit = self._limit()
        cursor: PatientCursor = self.connection.cursor(
            factory=lambda connection: PatientCursor(connection, limit=limit)
        )
        return cursor

    def _limit(self) -> float:
        return float(self.settings_dict["OPTIONS"].get("timeout", 5))


class PatientCursor(base.SQLiteCursorWrapper):
    """Asks again for the lock of a statement that stands alone, and of BEGIN.

    Inside a transaction there is nothing to wait for: it has the lock since BEGIN IMMEDIATE.
    `executemany` belongs into one: part of it may have been written when the lock is missing.
    """

    def __init__(self, connection: sqlite3.Connection, *, limit: float) -> None:
        super().__init__(connection)
        self._limit = limit

    def execute(self, query: str, params: Any = None) -> Self:
        execute = partial(super().execute, query, params)
        if self.connection.in_transaction:
            execute()
        else:
            _patiently(execute, self._limit)
        return self


def _patiently(act: Callable[[], Made], limit: float) -> Made:
    """What `act` gives once nobody else has the lock; its error after `limit` seconds."""
    until: float | None = None
    while True:
        try:
            return act()
        except sqlite3.OperationalError as error:
            until = until or time.monotonic() + limit
            code = getattr(error, "sqlite_errorcode", 0)  # none where Python itself is the author
            if code & PRIMARY != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
        time.sleep(random.uniform(*PAUSE))  # noqa: S311  # no secret
