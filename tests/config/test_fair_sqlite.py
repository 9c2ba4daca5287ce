"""The one write lock of SQLite is waited for fairly."""

import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from threading import Barrier, Event

import pytest
from django.db import OperationalError

from config.environment import database_from_url
from config.fair_sqlite.base import DatabaseWrapper

# Opens databases of its own.
pytestmark = [pytest.mark.once, pytest.mark.django_db, pytest.mark.slow(2)]
LINES, TURNS = 6, 15


def connection_to(path: Path, timeout: float) -> DatabaseWrapper:
    whole = database_from_url(f"sqlite:///{path}")
    return DatabaseWrapper(
        {
            **whole,
            "OPTIONS": {**whole["OPTIONS"], "timeout": timeout},
            "ATOMIC_REQUESTS": False,
            "AUTOCOMMIT": True,
            "CONN_MAX_AGE": 0,
            "CONN_HEALTH_CHECKS": False,
            "TIME_ZONE": None,
        }
    )


def test_nobody_waits_much_longer_than_the_others(tmp_path: Path) -> None:
    barrier = Barrier(LINES)

    def work(_number: int) -> list[float]:
        connection, waits = connection_to(tmp_path / "x.db", 30), []
        barrier.wait()
        for _turn in range(TURNS):
            asked = time.monotonic()
            connection.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
            waits.append(time.monotonic() - asked)
            time.sleep(0.02)  # at work
            connection.commit()
            connection.set_autocommit(True)
        connection.close()
        return waits

    with ThreadPoolExecutor(LINES) as pool:
        waits = [wait for line in pool.map(work, range(LINES)) for wait in line]
    assert len(waits) == LINES * TURNS
    assert max(waits) < 5  # SQLite's own wait leaves somebody out for the whole of the run


def test_the_wait_has_an_end(tmp_path: Path) -> None:
    first, second = (connection_to(tmp_path / "x.db", 0.2) for _ in range(2))
    first.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    with pytest.raises(OperationalError, match="locked"):
        second.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    with second.cursor() as cursor, pytest.raises(OperationalError, match="locked"):
        cursor.execute("CREATE TABLE told (word TEXT)")
    first.rollback()
    with second.cursor() as cursor:
        cursor.execute("CREATE TABLE told (word TEXT)")
        cursor.execute("PRAGMA busy_timeout")
        assert cursor.fetchone() == (0,)  # SQLite itself never waits
    first.close()
    second.close()


def test_a_cursor_of_the_one_who_waits_may_die_in_the_thread_that_is_waited_for(
    tmp_path: Path,
) -> None:
    """As the garbage collector has it: it cleans up in whichever thread it happens to run."""
    first, second = (connection_to(tmp_path / "x.db", 4) for _ in range(2))
    second.inc_thread_sharing()
    with first.cursor() as cursor:
        cursor.execute("CREATE TABLE told (word TEXT)")
    dying = [second.cursor()]
    dying[0].execute("SELECT 1 UNION SELECT 2")
    waits = Event()

    def tell() -> None:
        with second.cursor() as cursor:
            waits.set()
            cursor.execute("INSERT INTO told VALUES ('late')")

    first.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    with ThreadPoolExecutor(1) as pool:
        told = pool.submit(tell)
        waits.wait()
        time.sleep(0.3)  # it waits for the lock by now
        dying.clear()
        first.commit()
        first.set_autocommit(True)
        told.result()
    with first.cursor() as cursor:
        assert cursor.execute("SELECT word FROM told").fetchall() == [("late",)]
    first.close()
    second.close()


def test_those_who_open_a_new_file_together_all_get_in(tmp_path: Path) -> None:
    def opened(path: Path, barrier: Barrier) -> str:
        connection = connection_to(path, 30)
        barrier.wait()
        with connection.cursor() as cursor:
            mode = cursor.execute("PRAGMA journal_mode").fetchone()[0]
        connection.close()
        return str(mode)

    with ThreadPoolExecutor(LINES) as pool:
        for number in range(60):
            one = partial(opened, tmp_path / f"{number}.db", Barrier(LINES))
            modes = [pool.submit(one) for _line in range(LINES)]
            assert {mode.result() for mode in modes} == {"wal"}


def test_a_new_file_that_stays_locked_is_refused_in_time(tmp_path: Path) -> None:
    holder = sqlite3.connect(tmp_path / "x.db", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    asked = time.monotonic()
    with pytest.raises(OperationalError, match="locked"):
        connection_to(tmp_path / "x.db", 0.2).ensure_connection()
    assert 0.2 <= time.monotonic() - asked < 5
    holder.close()
