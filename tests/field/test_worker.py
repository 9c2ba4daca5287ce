"""The service worker in the real site: without signal, exchanged, and away again."""

import json
import shutil
import time
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page
from playwright.sync_api import Error as BrowserError

from tests.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.site]
SHELL = "/field/app/ja/"
KEPT = """async () => {
  const all = {};
  for (const name of await caches.keys()) {
    const keys = await (await caches.open(name)).keys();
    all[name] = keys.map((request) => new URL(request.url).pathname);
  }
  return all;
}"""
WORKER = "async () => { globalThis.worker = await import('/static/field/worker.js'); "


@pytest.fixture
def page(browser: Browser, stack: Stack) -> Iterator[Page]:
    """A shell under its worker."""
    context = browser.new_context(base_url=stack.url, locale="ja-JP")
    page = context.new_page()
    page.goto(SHELL)
    page.evaluate(WORKER + "await worker.startWorker(); }")
    wait(lambda: page.evaluate("navigator.serviceWorker.controller !== null"))
    yield page
    context.close()
    if not stack.children["web"].is_alive():
        stack.start("web")


def wait(is_true: Callable[[], bool]) -> None:
    until = time.monotonic() + 60  # an exchange fetches every file anew, on a busy machine slowly
    while not _now(is_true):
        assert time.monotonic() < until
        time.sleep(0.1)


def _now(is_true: Callable[[], bool]) -> bool:
    """The app loads its page again when it has been exchanged: then there is no answer yet."""
    try:
        return is_true()
    except BrowserError:
        return False


def new_version(stack: Stack, name: str) -> None:
    """The house is started anew with one script under another name."""
    manifest = stack.folder / "static/staticfiles.json"
    known = json.loads(manifest.read_text())
    old = stack.folder / "static" / known["paths"]["field/theme.js"]
    known["paths"]["field/theme.js"] = f"field/theme.{name}.js"
    shutil.copy(old, stack.folder / "static" / known["paths"]["field/theme.js"])
    manifest.write_text(json.dumps(known))
    restart(stack)


def restart(stack: Stack) -> None:
    stack.kill("web")
    stack.start("web")


def renewed(page: Page) -> bool:
    """Whether one version alone is kept; asked again: a lost file ends an exchange."""
    page.evaluate("globalThis.worker?.lookForNewVersion()")
    return len(kept(page)) == 1


def kept(page: Page) -> dict[str, list[str]]:
    found: dict[str, list[str]] = page.evaluate(KEPT)
    return found


def test_only_hashed_files_and_shells_are_kept(page: Page) -> None:
    [(name, paths)] = kept(page).items()
    assert name.startswith("noren-field-")
    shells = [path for path in paths if not path.startswith("/static/")]
    assert sorted(shells) == ["/field/app/en/", "/field/app/ja/", "/field/app/zh-hans/"]
    files = [path for path in paths if path.startswith("/static/")]
    assert len([path for path in files if path.endswith(".js")]) == 2  # all modules are in one
    assert len(files) >= 9
    for path in files:
        digest = path.split(".")[-2]
        assert len(digest) == 12, path
        assert page.request.get(path).status == 200


def test_the_app_opens_without_a_server(page: Page, stack: Stack) -> None:
    page.goto(SHELL)  # the worker sees which language is in use
    stack.kill("web")
    page.reload()
    assert page.title().endswith("Noren")
    page.goto("/field/app/")
    assert page.url.endswith(SHELL)
    page.goto("/field/app/en/")
    assert page.locator("html").get_attribute("lang") == "en"
    page.goto("/field/app/")
    assert page.url.endswith("/field/app/en/")
    with pytest.raises(BrowserError, match="ERR_CONNECTION_REFUSED"):
        page.goto("/field/")


def test_what_is_not_the_app_never_meets_the_worker(page: Page) -> None:
    """Neither other pages nor the API, and no POST: its body arrives whole."""
    asked: dict[str, bool] = {}
    page.on("response", lambda one: asked.update({urlsplit(one.url).path: one.from_service_worker}))
    found = page.evaluate(
        """async () => {
          await fetch("/field/");
          await fetch("/api/v1/");
          await fetch("/field/app/ja/?x=1");
          await fetch("/static/field/words.js");
          const body = new Blob(["x".repeat(100000)]);
          const answer = await fetch("/field/app/ja/", {method: "POST", body});
          return answer.status;
        }"""
    )
    assert found in (403, 405)
    mine = ("/field/", "/api/v1/", "/field/app/ja/", "/static/field/words.js")
    assert [asked[path] for path in mine] == [False] * 4
    with page.expect_navigation():
        page.goto("/accounts/login/")
    [(_name, paths)] = kept(page).items()
    assert not any(path.startswith(("/api/", "/accounts/")) for path in paths)


def test_a_hashed_file_comes_from_the_worker(page: Page) -> None:
    [(_name, paths)] = kept(page).items()
    path = next(path for path in paths if "/app." in path)
    with page.expect_response(lambda one: one.url.endswith(path)) as found:
        page.evaluate("(path) => fetch(path)", path)
    assert found.value.from_service_worker


def test_a_new_version_waits_while_a_form_is_open(page: Page, stack: Stack) -> None:
    form = page.context.new_page()
    form.goto(SHELL)
    form.evaluate(
        "() => { navigator.locks.request('noren-draft:1:x', () => new Promise(() => {})); }"
    )
    [old] = kept(page)
    new_version(stack, "000000000001")
    page.evaluate("worker.lookForNewVersion()")
    wait(lambda: page.evaluate("worker.isWaiting()"))
    assert page.evaluate("worker.activateWhenFree()") is False
    page.reload()  # a reload alone does not exchange it either
    page.evaluate("location.hash = '#/help'")
    time.sleep(1)
    assert set(kept(page)) > {old}
    form.close()
    wait(lambda: page.evaluate("navigator.locks.query().then(({ held }) => !held.length)"))
    page.evaluate("location.hash = '#/settings'")  # the app tries again when the screen changes
    wait(lambda: old not in kept(page) and len(kept(page)) == 1)


def test_who_has_seen_the_first_version_come_is_given_the_second(page: Page, stack: Stack) -> None:
    """The page under which the first worker came is loaded again like any other."""
    page.evaluate("globalThis.isOld = true")
    new_version(stack, "000000000003")
    page.evaluate("worker.lookForNewVersion()")
    wait(lambda: page.evaluate("globalThis.isOld === undefined"))
    assert len(kept(page)) == 1


def test_a_version_found_before_the_app_listens_is_not_missed(page: Page, stack: Stack) -> None:
    """To open a page makes the browser look: it may be faster than the app."""
    page.evaluate(
        "() => { navigator.locks.request('noren-draft:1:x', () => new Promise(() => {})); }"
    )  # so that nothing is exchanged, and the page stays
    new_version(stack, "000000000004")
    heard = page.evaluate(
        """async () => {
          const registration = await navigator.serviceWorker.getRegistration("/field/");
          await registration.update();
          const later = await import("/static/field/worker.js?later");
          const heard = new Promise((done) => {
            later.changes.addEventListener("waiting", () => done(true));
          });
          await later.startWorker();
          return Promise.race([heard, new Promise((done) => setTimeout(done, 60000, false))]);
        }"""
    )
    assert heard is True


def test_an_evil_entry_disappears_with_the_next_version(page: Page, stack: Stack) -> None:
    page.evaluate(
        """async () => {
          const [name] = await caches.keys();
          const evil = () => new Response("<h1>evil</h1>");
          const cache = await caches.open(name);
          await cache.put("/field/app/ja/", evil());
          await cache.put("/api/v1/field/session", evil());
          await (await caches.open("noren-field-evil")).put("/field/", evil());
        }"""
    )
    answer = page.evaluate("fetch('/api/v1/field/session').then((one) => one.text())")
    assert "evil" not in answer  # kept or not: only what is on the list is ever answered
    new_version(stack, "000000000002")
    wait(lambda: renewed(page))  # the app takes it over by itself: no form is open
    page.goto(SHELL)
    assert "evil" not in page.content()
    assert "/api/v1/field/session" not in next(iter(kept(page).values()))


def test_switched_off_it_removes_itself_and_nothing_else(page: Page, stack: Stack) -> None:
    page.evaluate("async () => (await import('/static/field/store.js')).keep('seen', 1)")
    stack.env["FIELD_APP_OFF"] = "1"
    restart(stack)
    try:
        page.evaluate("worker.lookForNewVersion()")
        wait(lambda: kept(page) == {})
        wait(
            lambda: (
                not page.evaluate(
                    "navigator.serviceWorker.getRegistration('/field/').then(Boolean)"
                )
            )
        )
        page.goto(SHELL)
        assert page.title().endswith("Noren")
        assert page.evaluate("navigator.serviceWorker.controller") is None
        seen: Any = page.evaluate(
            "async () => (await import('/static/field/store.js')).recall('seen')"
        )
        assert seen == 1
    finally:
        del stack.env["FIELD_APP_OFF"]
        restart(stack)
