"""`make run` behind its Makefile: one command brings everything up, Ctrl-C takes all of it down."""

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from django.conf import settings

from config.servers import free_port, is_free

pytestmark = [pytest.mark.browser, pytest.mark.once]


def started(folder: Path, port: int, *words: str) -> subprocess.Popen[bytes]:
    """`manage.py serve` on an empty folder, in a session of its own."""
    env = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    env |= {"NOREN_VAR": str(folder), "NOREN_MODE": "embedded"}
    # Where a test tool brings setproctitle, a title must not lie over the environment we look for.
    env["SPT_NOENV"] = "1"
    command = [sys.executable, "manage.py", "serve", "--port", str(port)]
    with (folder / "out.log").open("ab") as out:
        return subprocess.Popen(
            [*command, "--shops", "15", "--months", "13", *words],
            cwd=settings.BASE_DIR,
            env=env,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )


def said(folder: Path) -> str:
    return (folder / "out.log").read_text(errors="replace")


def wait_for(folder: Path, word: str, times: int = 1) -> None:
    until = time.monotonic() + 90
    while said(folder).count(word) < times:
        assert time.monotonic() < until, said(folder)
        time.sleep(0.2)


def processes_of(folder: Path) -> list[int]:
    """Every process that works in the folder, by its environment."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if f"NOREN_VAR={folder}".encode() in (entry / "environ").read_bytes():
                found.append(int(entry.name))
        except (OSError, ValueError):
            continue
    return found


def workers_of(folder: Path) -> set[int]:
    """The processes of Celery, without what starts them anew."""
    commands = {one: Path(f"/proc/{one}/cmdline") for one in processes_of(folder)}
    words = {one: path.read_bytes() for one, path in commands.items() if path.exists()}
    return {one for one, word in words.items() if b"celery" in word and b"watchfiles" not in word}


def wait_until_gone(folder: Path) -> None:
    until = time.monotonic() + 30
    while processes_of(folder):
        assert time.monotonic() < until, processes_of(folder)
        time.sleep(0.2)


@pytest.fixture
def site() -> Iterator[tuple[Path, int]]:
    with tempfile.TemporaryDirectory(prefix="ns-") as folder:
        yield Path(folder), free_port()
        for process in processes_of(Path(folder)):
            os.kill(process, signal.SIGKILL)


def test_one_command_serves_heals_and_stops(site: tuple[Path, int]) -> None:
    folder, port = site
    serve = started(folder, port)
    wait_for(folder, "ready:")
    assert "15 invented shops" in said(folder)
    assert f"http://127.0.0.1:{port}/accounts/login/ and choose a role" in said(folder)
    page = urlopen(f"http://127.0.0.1:{port}/accounts/login/").read().decode()
    assert 'value="moderator"' in page
    web = next(
        number
        for number in processes_of(folder)
        if b"gunicorn" in Path(f"/proc/{number}/cmdline").read_bytes()
    )
    os.kill(web, signal.SIGKILL)
    wait_for(folder, "web stopped; starting it again")
    serve.send_signal(signal.SIGINT)
    assert serve.wait(40) == 0
    wait_until_gone(folder)
    assert is_free(port)
    assert "WARNING" in (folder / "redis.log").read_text()  # of Redis' own, which nobody must read
    assert not re.search("warning", said(folder), re.IGNORECASE), said(folder)


def test_a_taken_port_is_said_and_a_killed_command_leaves_no_process_behind(
    site: tuple[Path, int],
) -> None:
    folder, port = site
    first = started(folder, port, "--no-demo")
    wait_for(folder, "ready:")
    second = started(folder, port, "--no-demo")
    assert second.wait(40) == 1
    assert f"Port {port} is taken" in said(folder)
    assert len(processes_of(folder)) >= 4
    first.kill()
    first.wait()
    wait_until_gone(folder)


@pytest.mark.full
def test_both_programs_start_anew_when_code_changes(site: tuple[Path, int]) -> None:
    folder, port = site
    serve = started(folder, port, "--reload", "--no-demo")
    wait_for(folder, "ready:")
    before = workers_of(folder)
    (settings.BASE_DIR / "tracker" / "months.py").touch()
    wait_for(folder, "months.py changed, reloading")
    wait_for(folder, "Starting development server", times=2)
    until = time.monotonic() + 60
    while not workers_of(folder) or workers_of(folder) & before:
        assert time.monotonic() < until, said(folder)
        time.sleep(0.5)
    serve.send_signal(signal.SIGINT)
    assert serve.wait(40) == 0
    wait_until_gone(folder)
