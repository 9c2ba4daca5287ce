"""Child processes: started in a group of their own, restarted when they die, never left behind."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

STOP_SECONDS = 10.0  # from the polite signal to the hard one
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 15.0  # seconds before a dead child is started again
HEALTHY_SECONDS = 30.0  # a child that lived so long begins with the first pause again
PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None)


def _die_with_parent() -> None:
    """In the child: even a killed parent leaves no orphan. Linux only; elsewhere nothing."""
    if sys.platform == "linux":
        _LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    """One program with its environment, on top of ours."""

    name: str
    command: list[str]
    env: Mapping[str, str]
    log: Path | None = None
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    pause: float = FIRST_PAUSE

    def start(self) -> None:
        out = None if self.log is None else self.log.open("ab")
        try:
            self.process = subprocess.Popen(
                self.command,
                env={**os.environ, **self.env},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
                preexec_fn=_die_with_parent,  # one thread at this point
            )
        finally:
            if out is not None:
                out.close()
        self.started_at = time.monotonic()

    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def send(self, number: signal.Signals) -> None:
        """Signal the whole group; nothing where it is gone already."""
        if self.process is None:
            return
        try:
            os.killpg(self.process.pid, number)
        except ProcessLookupError:
            return

    def stop(self) -> None:
        """Ask, wait, insist; the group is gone afterwards."""
        if self.process is None:
            return
        if self.is_alive():
            self.send(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(STOP_SECONDS)
        self.send(signal.SIGKILL)
        self.process.wait()
        self.process = None


@dataclass
class Supervisor:
    """Keeps children alive until it is told to stop."""

    tell: Callable[[str], None]
    children: list[Child] = field(default_factory=list)
    is_stopping: bool = False

    def add(self, child: Child) -> None:
        child.start()
        self.children.append(child)

    def listen(self) -> None:
        """Ctrl-C and SIGTERM end the loop."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop_soon)

    def _stop_soon(self, number: int, frame: object) -> None:
        self.is_stopping = True

    def watch(self) -> None:
        """Start dead children again, with a growing pause; returns when told to stop."""
        while not self.is_stopping:
            for child in self.children:
                if not child.is_alive():
                    self._revive(child)
            time.sleep(0.2)

    def _revive(self, child: Child) -> None:
        if time.monotonic() - child.started_at > HEALTHY_SECONDS:
            child.pause = FIRST_PAUSE
        why = "" if child.log is None else f" (its last words: {child.log})"
        self.tell(f"{child.name} stopped; starting it again in {child.pause:g} s{why}")
        until = time.monotonic() + child.pause
        while time.monotonic() < until and not self.is_stopping:
            time.sleep(0.1)
        child.pause = min(child.pause * 2, LONGEST_PAUSE)
        if not self.is_stopping:
            child.start()

    def stop(self) -> None:
        """Stop everything, the last started first."""
        for child in reversed(self.children):
            child.stop()


def run(command: list[str], env: Mapping[str, str], folder: Path) -> int:
    """Run a program to its end, its words on our screen; returns its exit code."""
    return subprocess.run(command, env={**os.environ, **env}, cwd=folder, check=False).returncode
