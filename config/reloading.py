"""The two programs for who changes the code: each starts again when a file that it reads changes.

The web server is Django's own, with its debug pages; the worker is started by watchfiles, one of
the tools of requirements-dev.txt.
"""

import shlex
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

from config.processes import Child
from config.servers import HOST, worker

READ_BY_THE_WORKER = ("config", "tracker", "templates")
SERVED_ONLY = "tracker/static"  # read by browsers; the web server gives them out as they are


def can_reload() -> bool:
    return find_spec("watchfiles") is not None


def reloading_web_server(port: int, env: Mapping[str, str]) -> Child:
    """Django's server: Python anew at each change, templates and static files at each request."""
    command = [sys.executable, "manage.py", "runserver", f"{HOST}:{port}"]
    told = {"NOREN_DEBUG": "1", "DJANGO_RUNSERVER_HIDE_WARNING": "true"}
    return Child("web", command, {**env, **told})


def reloading_worker(state: Path, env: Mapping[str, str]) -> Child:
    """The worker of `make run`; a task that runs while a file changes has five seconds to end."""
    inner = worker(state, env)
    command = [
        *(sys.executable, "-m", "watchfiles", "--target-type", "command"),
        *("--verbosity", "warning", "--sigint-timeout", "5", "--ignore-paths", SERVED_ONLY),
        *(shlex.join(inner.command), *READ_BY_THE_WORKER),
    ]
    return Child("worker", command, env)
