"""A phone: one page of a Chromium with its own storage; its modules are called one by one."""

import base64
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

from playwright.sync_api import BrowserContext, Page

from tests.field.server import PhoneServer

SHOP = "00000000-0000-4000-8000-0000000000a1"
CALL = (Path(__file__).parent / "call.js").read_text()
STORED = (Path(__file__).parent / "stored.js").read_text()


class Phone:
    """`call` a module, or `fail` to; `restart` loads the page again."""

    def __init__(self, context: BrowserContext, server: PhoneServer) -> None:
        self.context, self.server = context, server
        self.page: Page = self.restart()

    def restart(self) -> Page:
        if hasattr(self, "page"):
            self.page.close()
        self.page = self.context.new_page()
        self.page.goto(f"{self.server.url}/harness")
        self.refresh()
        return self.page

    def refresh(self) -> dict[str, Any]:
        state: dict[str, Any] = self.call("session", "refresh")
        return state

    def call(self, module: str, name: str, *args: Any) -> Any:
        done = self.page.evaluate(CALL, [path_of(module), "", name, list(args)])
        assert "ok" in done, done
        return done["ok"]

    def fail(self, module: str, name: str, *args: Any) -> str:
        """The code of the error."""
        done = self.page.evaluate(CALL, [path_of(module), "", name, list(args)])
        assert "error" in done, done
        return str(done["error"])

    def finish(self, *photos: bytes, **fields: Any) -> str:
        """Finish an entry; returns its UUID."""
        taken = [{"bytes": as_bytes(one)} for one in photos]
        done = self.call("outbox", "finish", entry(**fields), taken, {"name": "若葉薬局"})
        return str(done["uuid"])

    def send(self) -> dict[str, Any]:
        state: dict[str, Any] = self.call("sender", "sendNow")
        return state

    def counts(self) -> dict[str, int]:
        found: dict[str, int] = self.call("outbox", "counts")
        return {name: count for name, count in found.items() if count and name != "today"}

    def wait_for_counts(self, **wanted: int) -> None:
        until = time.monotonic() + 20
        while (found := self.counts()) != wanted:
            assert time.monotonic() < until, found
            self.page.wait_for_timeout(50)

    def rows(self, **which: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.call("outbox", "rows", which)
        return found

    def stored(self, store: str) -> list[dict[str, Any]]:
        """What lies in one store, without its bytes."""
        found: list[dict[str, Any]] = self.page.evaluate(STORED, store)
        return found


def path_of(module: str) -> str:
    return f"/static/field/{module}.js"


def as_bytes(data: bytes) -> dict[str, str]:
    return {"$bytes": base64.b64encode(data).decode()}


def entry(**fields: Any) -> dict[str, Any]:
    """What a form hands over."""
    return {
        "uuid": str(uuid4()),
        "shop": SHOP,
        "outcome": "answered",
        "answers": {"alipay": "yes", "wechat_pay": "no", "chinese_staff": "not_checked"},
        "evidence": "door_sign",
        "note": "入口のシール",
        "open_fix": {"lat_e7": 356717000, "lon_e7": 1397650000, "accuracy_m": 8},
    } | fields
