"""From the click on approve to the new figure on the map: web server, worker and Redis real."""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import APIRequestContext, sync_playwright

from config.private_redis import private_redis
from config.servers import HOST, free_port, wait_until_it_answers, web_server, worker

WARD = "13102"
FIGURE = re.compile(rf'data-code="{WARD}"><title>([^<]*)</title>')
PATIENCE = 30.0  # seconds


@contextmanager
def site(database_url: str, photo_root: Path | None = None) -> Iterator[str]:
    """Everything up on a database that is filled; the address of the web server."""
    folder = Path(tempfile.mkdtemp(prefix="nb-"))
    redis, redis_url = private_redis(folder)
    env = {
        "DATABASE_URL": database_url, "REDIS_URL": redis_url, "NOREN_VAR": str(folder),
        "NOREN_DEMO": "1", "NOREN_MODE": "embedded", "DJANGO_SETTINGS_MODULE": "config.settings",
    }  # fmt: skip
    if photo_root is not None:
        env["PHOTO_ROOT"] = str(photo_root)
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"],
        env={**os.environ, **env}, check=True,
    )  # fmt: skip
    port = free_port()
    children = [
        redis,
        worker(folder, env, folder / "worker.log"),
        web_server(port, env, folder / "web.log"),
    ]
    try:
        for child in children:
            child.start()
        assert wait_until_it_answers(port)
        yield f"http://{HOST}:{port}"
    finally:
        for child in reversed(children):
            child.stop()


def clicks(database_url: str, keys: list[str]) -> list[float]:
    """Seconds from each approval until the map of the ward shows another figure."""
    with site(database_url) as url, sync_playwright() as playwright:
        client = playwright.request.new_context(
            base_url=url, extra_http_headers={"Referer": url, "Accept-Language": "en"}
        )
        client.get("/accounts/login/")
        _post(client, "/accounts/demo/", role="moderator")
        return [_one(client, key) for key in keys]


def _one(client: APIRequestContext, key: str) -> float:
    before = _figure(client)
    started = time.perf_counter()
    assert _post(client, f"/desk/{key}/decide", revision="1", move="approve") == 302
    while _figure(client) == before:
        if time.perf_counter() - started > PATIENCE:
            raise TimeoutError(f"the figure of {key} never came")
        time.sleep(0.02)
    return time.perf_counter() - started


def _figure(client: APIRequestContext) -> str:
    found = FIGURE.search(client.get("/map?city=tokyo&measure=alipay").text())
    assert found
    return found[1]


def _post(client: APIRequestContext, path: str, **form: str) -> int:
    cookies = client.storage_state()["cookies"]
    token = next(cookie["value"] for cookie in cookies if cookie["name"] == "csrftoken")
    return client.post(path, form={**form, "csrfmiddlewaretoken": token}, max_redirects=0).status
