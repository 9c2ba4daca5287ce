"""The two programs that are Noren: the web server and the worker with its timetable."""

import socket
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from config.processes import Child

HOST = "127.0.0.1"  # the embedded installation is for this machine only
# In a container everybody is root, and here the worker reads no more than we put in front of it.
# A worker that is started by hand, as in production, still says it.
AS_ROOT = "ignore:You're running the worker with superuser privileges"


def web_server(port: int, env: Mapping[str, str], log: Path | None = None) -> Child:
    command = [
        *(sys.executable, "-m", "gunicorn", "config.wsgi:application"),
        *("--bind", f"{HOST}:{port}"),
        *("--workers", "2", "--worker-class", "gthread", "--threads", "4"),
        # Who is not taken yet waits for whichever process is free first, not for the one that
        # took more than it can do.
        *("--worker-connections", "16"),
        *("--graceful-timeout", "5", "--log-level", "warning"),
    ]
    return Child("web", command, env, log)


def worker(state: Path, env: Mapping[str, str], log: Path | None = None) -> Child:
    """One Celery worker in processes of its own, with beat inside; for one machine.

    Whoever waits for a page comes first: the worker takes what is left of the processors.
    """
    command = [
        *("nice", "-n", "10"),
        *(sys.executable, "-W", AS_ROOT, "-m", "celery", "-A", "config", "--quiet"),
        *("worker", "--beat"),
        *("--concurrency", "1", "--pool", "prefork"),
        *("--schedule", str(state / "beat"), "--loglevel", "WARNING"),
        *("--without-gossip", "--without-mingle"),
    ]
    return Child("worker", command, env, log)


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    """Whether the web server says it is well."""
    try:
        with urlopen(f"http://{HOST}:{port}/healthz", timeout=2) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False


def wait_until_it_answers(port: int, seconds: float = 60) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if answers(port):
            return True
        time.sleep(0.1)
    return False
