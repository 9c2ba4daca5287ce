"""Run a part in a process of its own and watch the memory of it and all its children."""

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

VERIFIED = 100_000  # visits; up to so many have decisions and revisions, and are recounted
PAGE = os.sysconf("SC_PAGE_SIZE")


def run(*words: str, database_url: str = "") -> dict[str, Any]:
    """`python -m words…`; its JSON, with the peak of memory in GB."""
    env = {**os.environ, "DATABASE_URL": database_url or "sqlite:///unused.db"}
    process = subprocess.Popen(
        [sys.executable, "-m", *words], env=env, stdout=subprocess.PIPE, text=True
    )
    peak = [0]
    watcher = threading.Thread(target=_watch, args=(process, peak))
    watcher.start()
    out, _nothing = process.communicate()
    watcher.join()
    if process.returncode:
        raise RuntimeError(f"{' '.join(words)} failed")
    result: dict[str, Any] = json.loads(out.splitlines()[-1])
    return result | {"peak_gb": peak[0] / 1e9}


def cpu_seconds(pid: int) -> float:
    """Processor time that a process and its living children have used so far."""
    return sum(_used(member) for member in _family(pid)) / os.sysconf("SC_CLK_TCK")


def _used(pid: int) -> int:
    """Clock ticks in programs and in the kernel."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return int(fields[11]) + int(fields[12])


def _watch(process: subprocess.Popen[str], peak: list[int]) -> None:
    while process.poll() is None:
        peak[0] = max(peak[0], sum(_resident(pid) for pid in _family(process.pid)))
        time.sleep(0.05)


def _family(pid: int) -> list[int]:
    """A process and everything it started."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(member for child in children for member in _family(int(child)))]


def _resident(pid: int) -> int:
    """Bytes of a process's own memory; what it shares with others is counted once, by nobody."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_text().split()
    except OSError:
        return 0
    return (int(pages[1]) - int(pages[2])) * PAGE


def largest_named(word: str) -> int:
    """Bytes of the largest of the processes we started whose command has this word."""
    named = [pid for pid in _family(os.getpid()) if word in _command(pid)]
    return max((_resident(pid) for pid in named), default=0)


def _command(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text()
    except OSError:
        return ""
