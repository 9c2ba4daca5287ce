"""The real site for browser and fault tests: processes that can be killed and started again."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.private_redis import private_redis
from config.processes import Child
from config.servers import HOST, free_port, wait_until_it_answers, web_server, worker
from tests.anew import Beginning
from tests.clerk import Clerk, clerk_in
from tests.installed import begin, fresh_database, manage

# What is written beside the database, of what `make run` keeps in var/.
WRITTEN = ("photos", "maps", "map_data", "releases", "extracts")


@dataclass
class Stack:
    """`url` of the web server; `kill`, `start` and `manage` for tests that break things."""

    port: int
    env: dict[str, str]
    children: dict[str, Child]
    folder: Path
    clerk: Clerk
    beginning: Beginning | None = None

    @property
    def url(self) -> str:
        return f"http://{HOST}:{self.port}"

    def pid(self, name: str) -> int:
        process = self.children[name].process
        assert process is not None
        return process.pid

    def kill(self, name: str) -> None:
        """SIGKILL to `redis`, `worker` or `web`, with everything it started."""
        child = self.children[name]
        child.send(signal.SIGKILL)
        if child.process is not None:
            child.process.wait()

    def start(self, name: str) -> None:
        """Start what was killed; a web server is waited for."""
        self.children[name].start()
        if name == "web":
            assert wait_until_it_answers(self.port), self.logs()

    def begin_anew(self) -> None:
        """All run, and nothing of an earlier test is left in database, files and logs."""
        assert self.beginning is not None
        for name, child in self.children.items():
            if not child.is_alive():
                self.start(name)
        self.beginning.bring_back()
        for name in WRITTEN:
            shutil.rmtree(self.folder / name, ignore_errors=True)
        for log in self.folder.glob("*.log"):
            os.truncate(log, 0)

    def manage(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run `manage.py` on the stack's database."""
        return manage(self.env, *words)

    def verify(self) -> dict[str, object]:
        """What `verify --json` says now."""
        verdict: dict[str, object] = self.ask("tests.clerk", "verify")
        return verdict

    def wait_for(self, is_true: Callable[[], bool], seconds: float = 90) -> None:
        """Wait until something holds; fail with the logs where it never does."""
        until = time.monotonic() + seconds
        while not is_true():
            assert time.monotonic() < until, self.logs()
            time.sleep(0.1)

    def wait_until_done(self) -> None:
        """Wait until the outbox is empty."""
        self.wait_for(lambda: self.ask("tests.clerk", "waiting") == 0)

    def ask(self, module: str, act: str, *words: object) -> Any:
        """What a function answers inside the site."""
        return self.clerk.ask(module, act, *words)

    def logs(self) -> str:
        return "\n".join(
            f"== {path.name}\n{path.read_text(errors='replace')[-3000:]}"
            for path in sorted(self.folder.glob("*.log"))
        )


@contextmanager
def running_stack(folder: Path, *, like: Path | None = None) -> Iterator[Stack]:
    """Everything up, an empty migrated database; everything down afterwards.

    `like` is a site that nobody uses, to be copied; otherwise one is made.
    """
    short = Path(tempfile.mkdtemp(prefix="nr-"))  # sockets need short names
    with fresh_database(folder, like=like) as database_url:
        redis, redis_url = private_redis(short)
        env = {
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            "NOREN_VAR": str(folder),
            "NOREN_DEMO": "1",
            "NOREN_MODE": "embedded",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        port = free_port()
        children = {
            "redis": redis,
            "worker": worker(folder, env, folder / "worker.log"),
            "web": web_server(port, env, folder / "web.log"),
        }
        try:
            with clerk_in(os.environ | env) as clerk:
                stack = Stack(port, env, children, folder, clerk)
                if like:
                    shutil.copytree(like / "static", folder / "static")
                else:
                    begin(env)
                stack.beginning = Beginning(database_url, folder)
                for name in children:
                    stack.start(name)
                yield stack
        finally:
            for child in reversed(children.values()):
                child.stop()
            shutil.rmtree(short, ignore_errors=True)
