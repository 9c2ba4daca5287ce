"""`python -m tests [quick|test|all] [what pytest takes]`: one tier of the suite.

docs/testing.md says what each tier runs. The last line is the total of all runs.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.browser import NAMES, SHELL
from tests.databases import postgresql, sqlite
from tests.tiers import SEED, Tier

BASE = Path(__file__).resolve().parent.parent
PACKAGES = (SHELL, "fonts-noto-cjk")
COUNTS = re.compile(r"(\d+) (passed|failed|error|errors|skipped|xfailed|xpassed)")
NOTHING_FOUND = 5  # pytest's word for it: what was asked for is not in this run
# Each of some two hundred processes would compile all modules anew.
NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"
ENVIRONMENT = {"NOREN_MODE": "embedded", "NOREN_SEED": str(SEED)}


QUICK = "not browser and not slow and not full and not postgresql"


@dataclass(frozen=True)
class Run:
    """One run of pytest: on which database, and which marks it takes."""

    name: str
    database: Callable[[], AbstractContextManager[str]]
    marks: str
    # On two cores three, where much of the time is spent waiting for a page or a server.
    workers: int = 3


RUNS = {
    Tier.QUICK: [Run("SQLite", sqlite, QUICK, workers=2)],
    Tier.TEST: [
        Run("PostgreSQL", postgresql, "not full"),
        Run("SQLite", sqlite, "both and not full", workers=2),
    ],
    Tier.ALL: [
        Run("SQLite", sqlite, "not postgresql"),
        Run("PostgreSQL", postgresql, "not once"),
    ],
}


def main(words: list[str]) -> int:
    """Run what the tier runs; 0 where something ran and nothing failed."""
    tier = Tier(words.pop(0)) if words[:1] and words[0] in list(Tier) else Tier.TEST
    parser = argparse.ArgumentParser(prog="python -m tests", add_help=False, allow_abbrev=False)
    parser.add_argument("-m", dest="marks", default="")
    known, words = parser.parse_known_args(words)
    if tier is not Tier.QUICK:
        need_browser()
    print(f"== seed {SEED}: with NOREN_SEED={SEED} the same is drawn again", flush=True)
    totals: Counter[str] = Counter()
    codes = []
    for run in RUNS[tier]:
        marks = f"({run.marks}) and ({known.marks})" if known.marks else run.marks
        with run.database() as url, TemporaryDirectory(prefix="nt-") as folder:
            command = ["-m", "pytest", "-m", marks, "--basetemp", f"{folder}/t"]
            command += [f"--hypothesis-seed={SEED}", *words]
            env = ENVIRONMENT | {"DATABASE_URL": url, "NOREN_TIER": tier}
            codes.append(run_pytest(run, command, env, totals))
    if tier is Tier.ALL and not (words or known.marks):
        codes.append(subprocess.run([sys.executable, "-m", "tests.mutation"], cwd=BASE).returncode)
    line = f"{totals['passed']} passed, {totals['failed']} failed"
    print(f"{line}, {totals['skipped']} skipped" if totals["skipped"] else line)
    is_good = set(codes) <= {0, NOTHING_FOUND} and totals["passed"] and not totals["failed"]
    return 0 if is_good else 1


def run_pytest(run: Run, words: list[str], env: dict[str, str], totals: Counter[str]) -> int:
    """One run of pytest on one database; adds its counts to the totals."""
    print(f"== tests on {run.name}", flush=True)
    started = time.monotonic()
    workers = ["-n", str(run.workers), "--dist", "loadfile", "--no-loadscope-reorder"]
    process = subprocess.Popen(
        [sys.executable, *words[:2], *workers, "-q", "--durations", "20", *words[2:]],
        cwd=BASE,
        env={name: value for name, value in os.environ.items() if name != NO_BYTECODE} | env,
        stdout=subprocess.PIPE,
        text=True,
    )
    last = ""
    for line in process.stdout or ():
        print(line, end="", flush=True)
        last = line if COUNTS.search(line) else last
    for number, word in COUNTS.findall(last):
        key = {"error": "failed", "errors": "failed", "xpassed": "failed"}.get(word, word)
        totals[key] += int(number)
    print(f"== {run.name}: {time.monotonic() - started:.0f} s", flush=True)
    return process.wait()


def need_browser() -> None:
    """Find Chromium; as root install it; otherwise end with the one command to type."""
    others = any(shutil.which(name) for name in NAMES) and "CI" not in os.environ
    if os.environ.get("CHROMIUM") or shutil.which(SHELL) or others:
        return
    command = ["apt-get", "install", "-y", "--no-install-recommends", *PACKAGES]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("installing Chromium for the browser tests", flush=True)
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        subprocess.run([*command, "-qq"], check=False, stdout=subprocess.DEVNULL)
    if not any(shutil.which(name) for name in NAMES):
        sys.exit(f"The tests need Chromium. Type: sudo {' '.join(command)}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
