"""Pytest, once for a room: it collects, runs every test, then stands still and forks.

Each fork gets one mutant of a function's body, put into the live functions, and runs the tests
that call that function, the quickest first, until one fails. What runs while modules are
imported cannot be changed that way: see cold.py.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.mutation.baseline import Baseline
from tests.mutation.forks import Task, forked
from tests.mutation.live import Live
from tests.mutation.mutants import Mutant

CONTROL = -1  # the number of the source as it is: it must not be killed
SURVIVED, KILLED, NOT_HERE = 0, 1, 9  # codes of a fork
LONGEST, TIMES = 10, 8  # a fork may take so many seconds, and so many times what the tests took


class Host:
    """A plugin that takes the place of pytest's own loop."""

    def __init__(self, file: str, source: str, mutants: list[Mutant], at_once: int) -> None:
        self.baseline = Baseline(file)
        self.source = source
        self.mutants = mutants
        self.at_once = at_once
        self.failed: list[str] = []
        self.codes: dict[int, int] = {}  # number of the mutant → code of its fork

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failed.append(report.nodeid)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.baseline.look_away()
        items = {item.nodeid: item for item in session.items}
        for name, item in items.items():
            self.baseline.run(name, lambda item=item: self._run(item))  # type: ignore[misc]
        if not self.failed:
            live = Live(self.baseline.file)
            for number, code in forked(self._tasks(items, live), self.at_once):
                self.codes[number] = code
        return True

    def _run(self, item: pytest.Item) -> None:
        """The session's fixtures stay, the database above all; what a module made goes."""
        session: Any = item.session  # stands in for a next test that shares nothing more
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=session)

    def _tasks(self, items: dict[str, pytest.Item], live: Live) -> Iterator[Task]:
        whole = LONGEST + TIMES * sum(self.baseline.seconds.values())
        yield Task(CONTROL, self._trial(self.source, live, list(items.values())), whole)
        for number, mutant in enumerate(self.mutants):
            if mutant.lines and self.baseline.at_import.isdisjoint(mutant.lines):
                tests = self.baseline.tests_of(mutant.lines)
                seconds = LONGEST + TIMES * sum(self.baseline.seconds[name] for name in tests)
                chosen = [items[name] for name in tests]
                yield Task(number, self._trial(mutant.source, live, chosen), seconds)

    def _trial(self, source: str, live: Live, tests: list[pytest.Item]) -> Callable[[], int]:
        def run() -> int:
            if not live.become(source):
                return NOT_HERE
            for item in tests:
                self._run(item)
                if self.failed:
                    return KILLED
            return SURVIVED

        return run
