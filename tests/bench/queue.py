"""The phone's queue: how long 10,000 entries take to open and to go, and what memory they need.

    python -m tests.bench.queue [--entries 10000]

A real Chromium with the app, the site on SQLite on the same machine.
"""

import tempfile
import time
from argparse import ArgumentParser
from pathlib import Path
from statistics import median

import django
from playwright.sync_api import sync_playwright

from tests.browser import QUIET, chromium_path, until
from tests.faults.phones.inside import inside
from tests.faults.phones.pocket import OPTIONS, Pocket, entry
from tests.stack import Stack, running_stack

AT_ONCE = 500  # entries for one call into the page
RUNS = 5
START = "async (app) => { (await import(app)).use('field/sender.js').sendNow(); }"


def main() -> None:
    parser = ArgumentParser()
    parser.add_argument("--entries", type=int, default=10_000)
    entries = parser.parse_args().entries
    django.setup()
    with (
        tempfile.TemporaryDirectory() as folder,
        running_stack(Path(folder)) as stack,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(QUIET))
        context = browser.new_context(**OPTIONS)
        measure(Pocket(context, stack), stack, entries)
        browser.close()


def measure(phone: Pocket, stack: Stack, entries: int) -> None:
    """Each line as soon as it is known."""
    shops = inside(stack, "shops", "店", 200)
    worker = inside(stack, "person", "aki")
    phone.has_session(worker["session"])
    phone.open("#/settings", "settings")
    phone.send_until_idle()
    until(phone.page, "navigator.serviceWorker.controller !== null", 120)  # opens it without signal
    empty = phone.memory()
    phone.context.set_offline(True)
    made = time.perf_counter()
    for at in range(0, entries, AT_ONCE):
        some = range(at, min(at + AT_ONCE, entries))
        phone.finish_many([entry(shops[number % len(shops)]) for number in some])
    print(f"{entries} entries finished in {time.perf_counter() - made:.0f} s", flush=True)
    print(f"the outbox opens in {opening(phone):.2f} s (median of {RUNS})", flush=True)
    before = phone.memory()
    drain(phone, before=before, empty=empty)
    print(f"the outbox opens in {opening(phone):.2f} s when all are sent")
    stored = inside(stack, "stored", "aki")
    print(f"{len({one['uuid'] for one in stored})} of {entries} are stored, {len(stored)} rows")


def opening(phone: Pocket) -> float:
    """Seconds from the start of the app, in a page of its own, until its outbox is drawn."""
    seconds: list[float] = []
    for _ in range(RUNS):
        phone.open()
        seconds.append(float(phone.page.evaluate("performance.now()")) / 1000)
    return median(seconds)


def drain(phone: Pocket, *, before: int, empty: int) -> None:
    """Everything goes while its outbox is shown; memory is looked at on the way."""
    phone.context.set_offline(False)
    began, most = time.perf_counter(), before
    waiting = first = phone.counts()["waiting"]
    while waiting:
        phone.page.evaluate(START, phone.app)
        phone.page.wait_for_timeout(1000)
        most = max(most, phone.memory())
        waiting = phone.counts().get("waiting", 0)
    seconds = time.perf_counter() - began
    print(f"{first} sent in {seconds:.0f} s, {first / seconds:.0f} a second")
    print(
        f"scripts hold {empty / 1e6:.1f} MB with an empty queue, {before / 1e6:.1f} MB before "
        f"sending, {most / 1e6:.1f} MB at most on the way, {phone.memory() / 1e6:.1f} MB afterwards"
    )


if __name__ == "__main__":
    main()
