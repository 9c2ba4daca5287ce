"""A copy of the project that a promise test may change, with a database of its own."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

BASE = Path(__file__).resolve().parents[2]
TREES = ("config", "templates", "tracker")
# What the program inside the copy is made with.
TESTS = ("__init__.py", "factories.py", "promises")
# Compiled files go along: they are good for the copy too, since it keeps the times of the files.
LEFT_OUT = shutil.ignore_patterns("test_*", "*.po")


@dataclass(frozen=True)
class Scratch:
    """`folder` has the same files as the project, without its tests."""

    folder: Path

    def python(self, *words: str) -> str:
        """Run `python words…` in the copy; what it printed. AssertionError where it fails."""
        kept = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
        done = subprocess.run(
            [sys.executable, *words],
            cwd=self.folder,
            env={
                **kept,
                "DATABASE_URL": f"sqlite:///{self.folder}/scratch.db",
                "DJANGO_SETTINGS_MODULE": "config.settings",
                "NOREN_MODE": "embedded",
                "NOREN_VAR": str(self.folder / "var"),
                "PYTHONDONTWRITEBYTECODE": "1",
            },
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{' '.join(words)}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def manage(self, *words: str) -> str:
        return self.python("manage.py", *words)


def scratch_copy(folder: Path) -> Scratch:
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
    return Scratch(folder)
