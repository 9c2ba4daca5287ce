"""Runs functions in forked processes of this one, a few at a time, each for a time at most."""

import os
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from math import ceil

TIMED_OUT = -1  # as the code of an end
PAUSE = 0.002  # seconds between two looks
PATIENCE = 20  # a busy machine may take so much longer than the processor's time


@dataclass(frozen=True)
class Task:
    """`run` gives the code with which its process ends; it may have so many seconds of a CPU."""

    number: int
    run: Callable[[], int]
    seconds: float


def forked(tasks: Iterator[Task], at_once: int) -> Iterator[tuple[int, int]]:
    """The number of each task and the code with which it ended, in order of their ends."""
    running: dict[int, tuple[Task, float]] = {}
    waiting: Task | None = next(tasks, None)
    try:
        while waiting or running:
            while waiting and len(running) < at_once:
                running[_begun(waiting)] = waiting, time.monotonic() + PATIENCE * waiting.seconds
                waiting = next(tasks, None)
            for pid, (task, until) in list(running.items()):
                code = _end_of(pid, until)
                if code is not None:
                    del running[pid]
                    yield task.number, code
            time.sleep(PAUSE)
    finally:
        for pid in running:
            _killed(pid)


def _begun(task: Task) -> int:
    sys.stdout.flush()
    sys.stderr.flush()
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        os.setsid()  # so that what it starts ends with it
        most = ceil(task.seconds)
        resource.setrlimit(resource.RLIMIT_CPU, (most, most))
        silence = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(silence, stream)
        code = task.run()
    except BaseException:  # noqa: BLE001  # told where somebody reads what it prints
        traceback.print_exc()
    finally:
        os._exit(code)  # whatever it was: the fork must not go on with its parent's work


def _end_of(pid: int, until: float) -> int | None:
    """None while it runs."""
    found, status = os.waitpid(pid, os.WNOHANG)
    if found:
        _killed(pid)
        return os.waitstatus_to_exitcode(status)
    if time.monotonic() > until:
        _killed(pid)
        return TIMED_OUT
    return None


def _killed(pid: int) -> None:
    """It, and what it started: that must not outlive it."""
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)
    with suppress(ChildProcessError):
        os.waitpid(pid, 0)
