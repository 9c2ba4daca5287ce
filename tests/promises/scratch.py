"""A copy of the project that a promise test may change, with a database of its own."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.installed import FILE, NAMED, database_in, fresh_database, once_a_run, site_once

BASE = Path(__file__).resolve().parents[2]
TREES = ("config", "templates", "tracker")
# What the program inside the copy is made with.
TESTS = ("__init__.py", "factories.py", "promises")
# Compiled files go along: they are good for the copy too, since it keeps the times of the files.
LEFT_OUT = shutil.ignore_patterns("test_*", "*.po")


@dataclass(frozen=True)
class Scratch:
    """`folder` has the same files as the project, without its tests; `url` is its database."""

    folder: Path
    url: str

    def python(self, *words: str) -> str:
        """Run `python words…` in the copy; what it printed. AssertionError where it fails."""
        done = subprocess.run(
            [sys.executable, *words],
            cwd=self.folder,
            env=self.env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{' '.join(words)}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def manage(self, *words: str) -> str:
        return self.python("manage.py", *words)

    @property
    def env(self) -> dict[str, str]:
        kept = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
        return {
            **kept,
            "DATABASE_URL": self.url,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "NOREN_MODE": "embedded",
            "NOREN_VAR": str(self.folder / "var"),
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    @contextmanager
    def served(self) -> Iterator[str]:
        """The address at which the copy answers, for a browser."""
        with tempfile.TemporaryDirectory(prefix="ns-") as short:
            program = subprocess.Popen(
                [sys.executable, "-m", "tests.promises.served", short],
                cwd=self.folder,
                env=self.env,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
            )
            assert program.stdin is not None
            assert program.stdout is not None
            try:
                yield f"http://127.0.0.1:{int(program.stdout.readline())}"
            finally:
                program.stdin.close()
                program.wait()


@contextmanager
def new_scratch(folder: Path, *, like: Path | None = None) -> Iterator[Scratch]:
    """A copy with an empty database of the kind that the run is on, or one like that of a site."""
    with fresh_database(folder, like=like) as url:
        yield scratch_copy(folder, url)


@contextmanager
def used_scratch(folder: Path, factory: pytest.TempPathFactory) -> Iterator[Scratch]:
    """A copy in which an installation has been at work: shops, visits, counts, a release."""
    site = site_once(factory)

    def make(part: Path) -> None:
        url = database_in(part, like=site)
        scratch_copy(part, url).python("-m", "tests.promises.inside")

    made = once_a_run(factory, "installation", make)
    apart = shutil.ignore_patterns(NAMED, FILE)
    shutil.copytree(made, folder, symlinks=True, dirs_exist_ok=True, ignore=apart)
    with fresh_database(folder, like=made) as url:
        yield Scratch(folder, url)


def scratch_copy(folder: Path, url: str) -> Scratch:
    """Copy the project into an empty folder; what npm brought is shared."""
    for tree in TREES:
        shutil.copytree(BASE / tree, folder / tree, ignore=shutil.ignore_patterns("*.po"))
    shutil.copy2(BASE / "manage.py", folder)
    for name in TESTS:
        source, target = BASE / "tests" / name, folder / "tests" / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=LEFT_OUT)
        else:
            target.parent.mkdir(exist_ok=True)
            shutil.copy2(source, target)
    (folder / "node_modules").symlink_to(BASE / "node_modules")
    return Scratch(folder, url)
