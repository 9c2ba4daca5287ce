"""Requests a second for the map data of a city, beside a static file of the same bytes.

    python -m tests.bench.mapbytes [--squares 5000] [--rounds 15] [--seconds 1]

The web server is the one that `make run` starts; `wrk` (apt-get install wrk) asks for both in
turns, so that a busy moment hits both. What the server's processes spend on one answer is told
too: other work on the machine hardly changes it. The table goes into docs/performance.md.
"""

import gzip
import os
import re
import shutil
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple
from urllib.request import Request, urlopen

from config.servers import HOST, free_port, wait_until_it_answers, web_server

PAGE = "/explore?city=tokyo&level=grid250"
LINK = re.compile(r'data-squares="([^"]+)"')
RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
NUMBER = re.compile(r"(\d+) requests in")
STATIC = "/static/bench/squares.json"
PACKED, PLAIN = {"Accept-Encoding": "gzip"}, {"Accept-Encoding": "identity"}


def main() -> None:
    parser = ArgumentParser()
    parser.add_argument("--squares", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--seconds", type=int, default=1)
    options = parser.parse_args()
    if shutil.which("wrk") is None:
        sys.exit("This needs wrk. Type: sudo apt-get install -y wrk")
    folder = Path(tempfile.mkdtemp(prefix="nm-"))
    try:
        measure(folder, options.squares, options.rounds, options.seconds)
    finally:
        shutil.rmtree(folder)


def measure(folder: Path, squares: int, rounds: int, seconds: int) -> None:
    env = {
        "DATABASE_URL": f"sqlite:///{folder}/noren.db", "NOREN_VAR": str(folder),
        "NOREN_MODE": "embedded", "DJANGO_SETTINGS_MODULE": "config.settings",
    }  # fmt: skip
    for words in (
        ("manage.py", "migrate", "--verbosity", "0"),
        ("manage.py", "collectstatic", "--no-input", "--verbosity", "0"),
        ("-m", "tests.bench.squares", str(squares)),
    ):
        subprocess.run([sys.executable, *words], env={**os.environ, **env}, check=True)
    with web(env, folder) as (host, _session):
        data, address = made(host)
    _put(folder / "static" / STATIC.removeprefix("/static/"), data)
    with web(env, folder) as (host, session):  # it looks for static files when it starts
        report(Asked(host, session, seconds), address, data, rounds)


@contextmanager
def web(env: dict[str, str], folder: Path) -> Iterator[tuple[str, int]]:
    """Host, and the session that all processes of the server are of."""
    port = free_port()
    server = web_server(port, env, folder / "web.log")
    server.start()
    try:
        assert wait_until_it_answers(port)
        assert server.process is not None
        yield f"{HOST}:{port}", server.process.pid
    finally:
        server.stop()


def made(host: str) -> tuple[bytes, str]:
    """The map data and their address, made by the page that shows them."""
    with urlopen(f"http://{host}{PAGE}") as page:
        found = LINK.search(page.read().decode())
    assert found
    with urlopen(f"http://{host}{found[1]}") as answer:
        return answer.read(), found[1]


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(data)
    path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(data, mtime=0))


class Run(NamedTuple):
    rate: float  # requests a second
    spent: float  # seconds of a processor for one


class Asked(NamedTuple):
    """A web server, and for how long it is asked each time."""

    host: str
    session: int
    seconds: int

    def run(self, path: str, headers: dict[str, str]) -> Run:
        """Eight connections that stay open."""
        said = [word for name, value in headers.items() for word in ("-H", f"{name}: {value}")]
        command = ["wrk", "-t", "1", "-c", "8", "-d", f"{self.seconds}s", *said]
        before = spent_by(self.session)
        done = subprocess.run(
            [*command, f"http://{self.host}{path}"], capture_output=True, text=True, check=True
        )
        spent = spent_by(self.session) - before
        assert "Non-2xx" not in done.stdout, done.stdout
        rate, number = RATE.search(done.stdout), NUMBER.search(done.stdout)
        assert rate
        assert number
        return Run(float(rate[1]), spent / int(number[1]))


def spent_by(session: int) -> float:
    """Seconds of a processor that the processes of a session have used."""
    ticks = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue  # it has just ended
        if int(fields[3]) == session:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def report(asked: Asked, address: str, data: bytes, rounds: int) -> None:
    print(f"{len(data):,} bytes, {len(gzip.compress(data, mtime=0)):,} packed", flush=True)
    for name, headers, is_news in (
        ("packed", PACKED, True),
        ("plain", PLAIN, True),
        ("304", PACKED, False),
    ):
        runs: dict[str, list[Run]] = {address: [], STATIC: []}
        for number in range(rounds):
            for path in sorted(runs, reverse=bool(number % 2)):
                known = {} if is_news else {"If-None-Match": tag(f"{asked.host}{path}")}
                runs[path].append(asked.run(path, headers | known))
        ours, static = (Run(*map(median, zip(*found, strict=True))) for found in runs.values())
        print(
            f"{name}: {ours.rate:.0f}/s, static file {static.rate:.0f}/s, "
            f"ratio {ours.rate / static.rate:.2f}; one takes {ours.spent * 1e6:.0f} µs of a "
            f"processor, static {static.spent * 1e6:.0f}",
            flush=True,
        )


def tag(address: str) -> str:
    with urlopen(Request(f"http://{address}", method="HEAD", headers=PACKED)) as answer:
        return str(answer.headers["ETag"])


if __name__ == "__main__":
    main()
