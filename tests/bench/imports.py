"""How many rows a second an import takes in.

    python -m tests.bench.imports FILE.csv [--beside FOLDER]

Every run is a process of its own on an empty database. With `--beside` the same file is imported
by another copy of Noren too, say a clone of an older commit, in turns, so that a busy moment hits
both. Migrations and the start of the process are not part of the time.
"""

import json
import os
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from statistics import median

from django.conf import settings

ROUNDS = 5
# Only what every version has: the command, and the table that it fills.
PROGRAM = """
import io, json, os, sys, time
import django
sys.path.insert(0, os.getcwd())
django.setup()
from django.core.management import call_command
from tracker.places.models import Shop
call_command("migrate", verbosity=0)
clock, processor = time.perf_counter(), time.process_time()
call_command("import_shops", sys.argv[1], stdout=io.StringIO())
found = {"seconds": time.perf_counter() - clock, "processor": time.process_time() - processor}
print(json.dumps(found | {"shops": Shop.objects.count()}))
"""


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    parser = ArgumentParser()
    parser.add_argument("file", type=Path)
    parser.add_argument("--beside", type=Path, help="the folder of another copy of Noren")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    options = parser.parse_args()
    folders = [Path.cwd()] + ([options.beside.resolve()] if options.beside else [])
    found: dict[Path, list[dict[str, float]]] = {folder: [] for folder in folders}
    for _round in range(options.rounds):
        for folder in folders:
            found[folder].append(imported(folder, options.file.resolve()))
    medians = [report(folder, runs) for folder, runs in found.items()]
    if options.beside:
        print("ratio: " + ", ".join(f"{b / a:.2f}" for a, b in zip(*medians, strict=True)))


def imported(folder: Path, file: Path) -> dict[str, float]:
    """One import by the code of a folder, into a database that is thrown away."""
    with tempfile.TemporaryDirectory() as kept:
        env = {
            **os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "NOREN_VAR": kept,
            "DATABASE_URL": f"sqlite:///{kept}/import.db", "NPM_DIR": str(settings.NPM_DIR),
        }  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, str(file)],
            cwd=folder, env=env, stdout=subprocess.PIPE, text=True, check=True,
        )  # fmt: skip
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return result


def report(folder: Path, runs: list[dict[str, float]]) -> tuple[float, float]:
    """Medians of the clock and of the processor."""
    clock, processor = (median(run[key] for run in runs) for key in ("seconds", "processor"))
    shops = runs[0]["shops"]
    print(
        f"{folder.name}: {shops:.0f} shops, {clock:.2f} s ({shops / clock:.0f}/s), "
        f"{processor:.2f} s of a core ({shops / processor:.0f}/s)"
    )
    return clock, processor


if __name__ == "__main__":
    main()
