"""A transaction asks for the write lock every few milliseconds instead of ever more seldom.

SQLite's own wait begins at 1 ms and ends at 100 ms between two looks, so that under load those
who came last win, and somebody who came first gives up after twenty seconds. Turning a new file
to a write-ahead log does not wait at all: of those who open it together all but one are refused.
"""

import random
import sqlite3
import time
from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3 import base

PAUSE = (0.002, 0.010)  # seconds; at random, so that nobody is always the later one


class DatabaseWrapper(base.DatabaseWrapper):
    """Everybody who waits has the same chance; the limit is `timeout`, as before."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        until = time.monotonic() + self._limit()
        while True:
            try:
                connection: sqlite3.Connection = super().get_new_connection(conn_params)
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() > until:
                    raise
                _pause()
            else:
                return connection

    def _start_transaction_under_autocommit(self) -> None:
        limit = self._limit()
        until = time.monotonic() + limit
        with self.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 0")
            try:
                while not self._begins(is_last=time.monotonic() > until):
                    _pause()
            finally:
                cursor.execute(f"PRAGMA busy_timeout = {int(limit * 1000)}")

    def _limit(self) -> float:
        return float(self.settings_dict["OPTIONS"].get("timeout", 5))

    def _begins(self, *, is_last: bool) -> bool:
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # no stub
        except OperationalError as error:
            if is_last or "locked" not in str(error):
                raise
            return False
        return True


def _pause() -> None:
    time.sleep(random.uniform(*PAUSE))  # noqa: S311  # no secret
