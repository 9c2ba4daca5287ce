"""A transaction asks for the write lock every few milliseconds instead of ever more seldom.

SQLite's own wait begins at 1 ms and ends at 100 ms between two looks, so that under load those
who came last win, and somebody who came first gives up after twenty seconds.
"""

import random
import time

from django.db import OperationalError
from django.db.backends.sqlite3 import base

PAUSE = (0.002, 0.010)  # seconds; at random, so that nobody is always the later one


class DatabaseWrapper(base.DatabaseWrapper):
    """Everybody who waits has the same chance; the limit is `timeout`, as before."""

    def _start_transaction_under_autocommit(self) -> None:
        limit = float(self.settings_dict["OPTIONS"].get("timeout", 5))
        until = time.monotonic() + limit
        with self.cursor() as cursor:
            cursor.execute("PRAGMA busy_timeout = 0")
            try:
                while not self._begins(is_last=time.monotonic() > until):
                    time.sleep(random.uniform(*PAUSE))  # noqa: S311  # no secret
            finally:
                cursor.execute(f"PRAGMA busy_timeout = {int(limit * 1000)}")

    def _begins(self, *, is_last: bool) -> bool:
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # no stub
        except OperationalError as error:
            if is_last or "locked" not in str(error):
                raise
            return False
        return True
