"""The database of a running site is made as it was when the site was new: in a moment."""

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
COUNTERS = """
    SELECT c.table_name, c.column_name, pg_get_serial_sequence(c.table_name, c.column_name)
    FROM information_schema.columns c WHERE c.table_schema = 'public' AND c.is_identity = 'YES'"""
TRIES = 5  # the worker may be at work on tables that are being emptied


class Beginning:
    """What a new database holds; `bring_back` throws away whatever came since."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url = url
        self.is_file = not url.startswith("postgresql")
        self.file, self.copy = urlsplit(url).path, str(folder / "beginning.db")
        self.rows: dict[str, bytes] = {}
        if self.is_file:
            _copy_file(self.file, self.copy)
        else:
            self._read()

    def bring_back(self) -> None:
        if self.is_file:
            _copy_file(self.copy, self.file)
            return
        for number in range(TRIES):
            try:
                self._write()
            except psycopg.errors.DeadlockDetected:
                if number == TRIES - 1:
                    raise
            else:
                return

    def _read(self) -> None:
        with psycopg.connect(self.url) as connection, connection.cursor() as cursor:
            for (table,) in connection.execute(TABLES).fetchall():
                whole = sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table))
                with cursor.copy(whole) as rows:
                    self.rows[table] = b"".join(bytes(row) for row in rows)

    def _write(self) -> None:
        with psycopg.connect(self.url) as connection, connection.cursor() as cursor:
            names = sql.SQL(", ").join(map(sql.Identifier, self.rows))
            cursor.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY").format(names))
            for table, rows in self.rows.items():
                if rows:
                    whole = sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table))
                    with cursor.copy(whole) as copy:
                        copy.write(rows)
            for table, column, counter in cursor.execute(COUNTERS).fetchall():
                if self.rows[table]:
                    cursor.execute(
                        sql.SQL("SELECT setval(%s, max({})) FROM {}").format(
                            sql.Identifier(column), sql.Identifier(table)
                        ),
                        [counter],
                    )


def _copy_file(one: str, other: str) -> None:
    """Page by page, under SQLite's own locks."""
    with closing(sqlite3.connect(one)) as source, closing(sqlite3.connect(other)) as target:
        source.backup(target)
