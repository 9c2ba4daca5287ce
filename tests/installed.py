"""What all sites begin with is made once a run, by whoever comes first; the others copy it."""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings

FILE = "noren.db"  # of SQLite
NAMED = "database"  # the file that names the database of a folder, where the run is on PostgreSQL
BEGINNING = (("migrate",), ("createcachetable",), ("collectstatic", "--no-input"))


def site_once(factory: pytest.TempPathFactory) -> Path:
    """A site that nobody has used: a migrated database, and the static files in `static`."""

    def make(folder: Path) -> None:
        begin({"DATABASE_URL": database_in(folder), "NOREN_VAR": str(folder)})

    return once_a_run(factory, "site", make)


def once_a_run(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """The folder that `make` has filled, the same for all workers of a run.

    It is copied, and never used: its database too, see `database_in`.
    """
    root = factory.getbasetemp()
    root = root.parent if "PYTEST_XDIST_WORKER" in os.environ else root
    folder, part = root / name, root / f"{name}.part"
    with (root / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            shutil.rmtree(part, ignore_errors=True)
            part.mkdir()
            make(part)
            part.rename(folder)
    return folder


@contextmanager
def fresh_database(folder: Path, *, like: Path | None = None) -> Iterator[str]:
    """The address of a database for a folder; gone afterwards."""
    try:
        yield database_in(folder, like=like)
    finally:
        forget_database(folder)


def database_in(folder: Path, *, like: Path | None = None) -> str:
    """The address of the database that belongs to a folder: a file in it for SQLite, for
    PostgreSQL one beside the tests' own, made when it is asked for first.

    It is empty, or has all that is in the database of `like`, a folder that nobody may be using.
    """
    url, named, file = os.environ.get("DATABASE_URL", ""), folder / NAMED, folder / FILE
    if not url.startswith("postgresql"):
        if like and not file.exists():
            shutil.copy2(like / FILE, file)
        return f"sqlite:///{file}"
    if not named.exists():
        template = (like / NAMED).read_text() if like else "template1"
        named.write_text(f"site_{uuid4().hex[:12]}")
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {named.read_text()} TEMPLATE {template}")
    return urlunsplit(urlsplit(url)._replace(path=f"/{named.read_text()}"))


def forget_database(folder: Path) -> None:
    """Take away what PostgreSQL would keep."""
    named = folder / NAMED
    if named.exists():
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {named.read_text()} WITH (FORCE)")
        named.unlink()


def manage(env: Mapping[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    """Run `manage.py` of the project."""
    return subprocess.run(
        [sys.executable, "manage.py", *words], cwd=settings.BASE_DIR, env={**os.environ, **env},
        capture_output=True, text=True, check=False, timeout=300,
    )  # fmt: skip


def begin(env: Mapping[str, str]) -> None:
    """Make the tables of a new database and collect the static files."""
    for words in BEGINNING:
        done = manage(env, *words, "--verbosity", "0")
        assert done.returncode == 0, done.stderr
