"""The tests of a room as they are: how long each takes, and which functions of it they call."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from inspect import CO_NEWLOCALS  # of functions; bodies of modules and classes are without
from types import FrameType
from typing import Any


class Baseline:
    """A function is known by its first line. `at_import` are those that an import calls."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.at_import: set[int] = set()
        self.called: dict[str, set[int]] = {}
        self.seconds: dict[str, float] = {}
        self._now = self.at_import

    def run(self, name: str, test: Callable[[], None]) -> None:
        """Run a test and remember what it called."""
        self._now = self.called.setdefault(name, set())
        started = time.process_time()
        with self.watching():
            test()
        self.seconds[name] = time.process_time() - started

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Whatever runs inside, in this thread and in those it starts."""
        threading.settrace(self._call)
        sys.settrace(self._call)
        try:
            yield
        finally:
            self.look_away()

    def look_away(self) -> None:
        sys.settrace(None)
        threading.settrace(None)

    def tests_of(self, lines: range) -> list[str]:
        """Those that call a function which begins there, the quickest first."""
        found = [name for name, called in self.called.items() if not called.isdisjoint(lines)]
        return sorted(found, key=self.seconds.__getitem__)

    def _call(self, frame: FrameType, event: str, argument: object) -> Any:
        code = frame.f_code
        if code.co_filename == self.file and code.co_flags & CO_NEWLOCALS:
            self._now.add(code.co_firstlineno)
