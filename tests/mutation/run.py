"""One room: its tests without any mutant, then every mutant of it, each in a fork.

The process that runs this imports no module of Noren: from it fork, for each room, one warm
process that has everything imported and the tests collected (warm.py), and one cold process for
each mutant of what runs at import (cold.py). mutmut's own runner mutates functions only, and
cosmic-ray starts Python anew for each mutant: but the tables of permissions and of moves lie
outside of functions, and three thousand starts of Django take hours.
"""

import json
import os
import sys
import time
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import hypothesis
import pytest

from tests.mutation.cold import cold_trial
from tests.mutation.forks import Task, forked
from tests.mutation.mutants import Mutant, mutants_of
from tests.mutation.rooms import BASE, Room
from tests.mutation.survivors import Outcome
from tests.mutation.warm import CONTROL, NOT_HERE, SURVIVED, Host

AT_ONCE = 2
WORDS = ["-c", str(BASE / "pyproject.toml"), "--rootdir", str(BASE), "-q", "--tb=native", "-W", "ignore:Module already imported:pytest.PytestAssertRewriteWarning", "-p", "no:cacheprovider", "-p", "no:anyio", "-p", "no:xdist", "-p", "no:unraisableexception", "--no-migrations", "--capture=sys", "-m", "not (postgresql or browser or full)", "-o", "tmp_path_retention_policy=none"]  # noqa: E501  # fmt: skip
# What every cold fork would import again.
WARM = ("config.settings", "config.celery", "psycopg", "anyio", "django.db.models", "django.forms", "django.test", "numpy", "celery", "PIL.Image", "rest_framework", "cryptography.fernet", "openpyxl", "xlsxwriter", "shapely")  # noqa: E501  # fmt: skip
# Fewer tries than `make test` makes: what these kill, those kill.
ENVIRONMENT = {"NOREN_MODE": "embedded", "NOREN_TIER": "quick", "NOREN_SEED": "12"}
COLD_SECONDS, HOST_SECONDS = 300.0, 3600.0


def prepare(folder: Path) -> None:
    """The settings of every fork, and what they need not import again."""
    sys.path.insert(0, str(BASE))
    (folder / "here").mkdir()
    os.chdir(folder / "here")  # a mutant may write anything anywhere
    os.environ.update(ENVIRONMENT, DATABASE_URL=f"sqlite:///{folder}/m.db")
    hypothesis.settings.register_profile(
        "mutation",
        derandomize=True,  # a survivor must not die of luck
        database=None,
        deadline=None,
        phases=[hypothesis.Phase.explicit, hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    hypothesis.settings.load_profile("mutation")
    for name in WARM:
        import_module(name)
    if sys.dont_write_bytecode:  # what is compiled once is compiled for all forks
        sys.dont_write_bytecode, sys.pycache_prefix = False, str(folder / "compiled")
    # In memory: a fork of a warm process has the tables too, and nobody else's rows.
    import_module("config.settings").DATABASES["default"]["TEST"] = {"NAME": ":memory:"}


def run(room: Room, folder: Path) -> Outcome:
    """Every mutant of a room."""
    began = time.monotonic()
    source = room.file.read_text(encoding="utf-8")
    mutants = mutants_of(source)
    codes = warm_codes(room, source, mutants, folder)
    # What lives warm is tried cold too: something may have been worked out before it was put in.
    rest = [number for number in range(len(mutants)) if codes.get(number, SURVIVED) == SURVIVED]
    sources = {CONTROL: source, **{number: mutants[number].source for number in rest}}
    cold = dict(forked(cold_tasks(room, sources, folder), AT_ONCE))
    if {codes.pop(CONTROL), cold.pop(CONTROL)} != {SURVIVED}:
        sys.exit(f"{room.name}: its tests fail in a fork, though nothing was changed")
    codes |= cold
    outcome = Outcome(room.name)
    for number, mutant in enumerate(mutants):
        if codes[number] == SURVIVED:
            outcome.survived.append(mutant)
        else:
            outcome.killed += 1
    outcome.seconds = time.monotonic() - began
    return outcome


def warm_codes(room: Room, source: str, mutants: list[Mutant], folder: Path) -> dict[int, int]:
    """Number of each mutant of a function's body → code of its fork."""
    told, said = folder / "told", folder / "said"
    host = Host(str(room.file), source, mutants, AT_ONCE)

    def stand() -> int:
        file = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(file, 1)
        os.dup2(file, 2)
        with host.baseline.watching():
            words = [*WORDS, f"--basetemp={folder}/warm", *room.words]
            code = int(pytest.main(words, plugins=[host]))
        told.write_text(json.dumps([list(host.codes.items()), host.failed]))
        return code

    [(_number, code)] = forked(iter([Task(0, stand, HOST_SECONDS)]), 1)
    codes, failed = json.loads(told.read_text()) if told.exists() else ([], [])
    if code or failed:
        print(said.read_text(encoding="utf-8"))
        sys.exit(f"{room.name}: its tests fail without any mutant (code {code}): {failed}")
    told.unlink()
    return {number: code for number, code in codes if code != NOT_HERE}


def cold_tasks(room: Room, sources: dict[int, str], folder: Path) -> Iterator[Task]:
    """One for each changed source, by its number."""
    for number, source in sources.items():
        words = [*WORDS, f"--basetemp={folder}/{number}", *room.words]
        yield Task(number, cold_trial(room.module, str(room.file), source, words), COLD_SECONDS)
