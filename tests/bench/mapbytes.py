"""Requests a second for the map data of a city, beside a static file of the same bytes.

    python -m tests.bench.mapbytes [--squares 5000] [--rounds 7] [--seconds 3]

The web server is the one that `make run` starts; `wrk` (apt-get install wrk) asks for both in
turns, so that a busy moment hits both. The table goes into docs/performance.md.
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
from urllib.request import Request, urlopen

from config.servers import HOST, free_port, wait_until_it_answers, web_server

PAGE = "/explore?city=tokyo&level=grid250"
LINK = re.compile(r'data-squares="([^"]+)"')
RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
STATIC = "/static/bench/squares.json"
PACKED, PLAIN = {"Accept-Encoding": "gzip"}, {"Accept-Encoding": "identity"}


def main() -> None:
    parser = ArgumentParser()
    parser.add_argument("--squares", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=int, default=3)
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
    with web(env, folder) as host:
        data, address = made(host)
    _put(folder / "static" / STATIC.removeprefix("/static/"), data)
    with web(env, folder) as host:  # it looks for static files when it starts
        report(host, address, data, rounds, seconds)


@contextmanager
def web(env: dict[str, str], folder: Path) -> Iterator[str]:
    port = free_port()
    server = web_server(port, env, folder / "web.log")
    server.start()
    try:
        assert wait_until_it_answers(port)
        yield f"{HOST}:{port}"
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


def report(host: str, address: str, data: bytes, rounds: int, seconds: int) -> None:
    print(f"{len(data):,} bytes, {len(gzip.compress(data, mtime=0)):,} packed", flush=True)
    for name, headers, is_news in (
        ("packed", PACKED, True),
        ("plain", PLAIN, True),
        ("304", PACKED, False),
    ):
        rates: dict[str, list[float]] = {address: [], STATIC: []}
        for number in range(rounds):
            for path in sorted(rates, reverse=bool(number % 2)):
                sent = headers if is_news else headers | {"If-None-Match": tag(f"{host}{path}")}
                rates[path].append(rate(f"{host}{path}", sent, seconds))
        ours, static = median(rates[address]), median(rates[STATIC])
        print(f"{name}: {ours:.0f}/s, static file {static:.0f}/s, ratio {ours / static:.2f}")
        print(f"  rounds: {[round(a / b, 2) for a, b in zip(*rates.values(), strict=True)]}")
        sys.stdout.flush()


def tag(address: str) -> str:
    with urlopen(Request(f"http://{address}", method="HEAD", headers=PACKED)) as answer:
        return str(answer.headers["ETag"])


def rate(address: str, headers: dict[str, str], seconds: int) -> float:
    """Requests a second over eight connections that stay open."""
    said = [word for name, value in headers.items() for word in ("-H", f"{name}: {value}")]
    command = ["wrk", "-t", "1", "-c", "8", "-d", f"{seconds}s", *said, f"http://{address}"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "Non-2xx" not in done.stdout, done.stdout
    found = RATE.search(done.stdout)
    assert found
    return float(found[1])


if __name__ == "__main__":
    main()
