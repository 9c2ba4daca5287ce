"""A rebuild is killed with everything it started: it never happened, or somebody goes on."""

import os
import signal
import subprocess
import sys
import time
from itertools import islice
from random import Random

import pytest
from django.conf import settings

from tests.stack import Stack
from tests.tiers import tries

pytestmark = [pytest.mark.slow(30), pytest.mark.site]


@pytest.fixture(scope="module")
def town(stack: Stack) -> Stack:
    """Sixty invented shops; what their visits left open is done."""
    done = stack.manage("demo", "--shops", "60", "--months", "14", "--seed", "5")
    assert done.returncode == 0, done.stderr
    stack.wait_until_done()
    return stack


def killed_rebuild(town: Stack, *, after_lines: int, pause: float) -> None:
    """`manage.py rebuild`, killed so long after its bar said so much."""
    with subprocess.Popen(
        [sys.executable, "manage.py", "rebuild", "--processes", "2"],
        cwd=settings.BASE_DIR, env={**os.environ, **town.env}, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        list(islice(process.stderr or (), after_lines))
        time.sleep(pause)
        os.killpg(process.pid, signal.SIGKILL)


def states(town: Stack) -> list[str]:
    """Of all snapshots there are."""
    found: list[str] = town.ask("tests.clerk", "snapshots")
    return found


def test_killed_at_any_moment_it_leaves_the_counts_right_and_is_taken_up(town: Stack) -> None:
    town.kill("worker")
    rng = Random(3)
    left = []
    for after_lines in tries(quick=(), test=(1, 1, 2, 3), whole=(1, 1, 1, 2, 2, 3)):
        killed_rebuild(town, after_lines=after_lines, pause=rng.random() * 0.4)
        verdict = town.verify()
        assert (verdict["differences"], verdict["set_aside"]) == ([], 0)
        left.append(states(town))
    assert ["building", "current"] in left
    assert town.manage("rebuild", "--processes", "2").returncode == 0
    assert states(town) == ["current"]
    verdict = town.verify()
    assert (verdict["differences"], verdict["waiting"]) == ([], 0)


def test_a_worker_ends_what_a_killed_command_began(town: Stack) -> None:
    killed_rebuild(town, after_lines=1, pause=0)
    town.start("worker")
    town.wait_until_done()
    assert states(town) == ["current"]
    assert town.verify()["differences"] == []
