"""Somebody inside a running site who acts and looks on its database: `python -m tests.clerk`.

Asked line by line, so that a question costs no start of Django. A line is JSON: module, function,
words; the answer is JSON too.
"""

import json
import subprocess
import sys
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from importlib import import_module
from io import StringIO
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command
from django.db import close_old_connections


@dataclass
class Clerk:
    """The process, seen from a test."""

    process: subprocess.Popen[str]

    def ask(self, module: str, act: str, *words: object) -> Any:
        """What a function of a module answers on the database of the site."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps([module, act, words]) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        assert "error" not in answer, answer["error"]
        return answer["said"]


@contextmanager
def clerk_in(env: Mapping[str, str]) -> Iterator[Clerk]:
    """A clerk with the environment of a site, gone afterwards."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.clerk"], cwd=settings.BASE_DIR, env=dict(env),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    with process:
        yield Clerk(process)
        process.kill()


def waiting() -> int:
    """How much work is not done yet."""
    found: int = import_module("tracker.outbox.queries").open_messages().count()
    return found


def snapshots() -> list[str]:
    """The state of each that there is."""
    objects = import_module("tracker.adoption.models").CountSnapshot.objects
    return sorted(objects.values_list("state", flat=True))


def verify() -> dict[str, Any]:
    """What `manage.py verify --json` says, and its code."""
    out, code = StringIO(), 0
    try:
        call_command("verify", "--json", stdout=out)
    except SystemExit as ended:
        code = int(ended.code or 0)
    verdict: dict[str, Any] = json.loads(out.getvalue())
    return verdict | {"exit": code}


def main() -> None:
    django.setup()
    for line in sys.stdin:
        module, act, words = json.loads(line)
        close_old_connections()
        with redirect_stdout(sys.stderr):
            try:
                answer = {"said": getattr(import_module(module), act)(*words)}
            except Exception:  # noqa: BLE001  # whoever asked is told
                answer = {"error": traceback.format_exc()}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
