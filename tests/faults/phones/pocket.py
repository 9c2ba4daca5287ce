"""The field app in a Chromium of its own; its modules are called one by one, as its screens do."""

import json
import time
from typing import Any
from uuid import uuid4

from playwright.sync_api import BrowserContext, Page

from tests.field.phone import CALL, as_bytes
from tests.stack import Stack

HERE = {"latitude": 35.6717, "longitude": 139.765, "accuracy": 8}
SIZE = {"width": 360, "height": 740}
AT_ONCE = 25  # entries finished together, or a long queue takes minutes to make
MANY = """async ([app, entries, atOnce]) => {
  const { finish } = (await import(app)).use("field/outbox.js");
  const done = [];
  for (let at = 0; at < entries.length; at += atOnce) {
    const some = entries.slice(at, at + atOnce);
    done.push(...await Promise.all(some.map((one) => finish(one, [], { name: "若葉薬局" }))));
  }
  return done.map(({ uuid, sha256 }) => [uuid, sha256]);
}"""
OPTIONS: dict[str, Any] = {
    "locale": "en-GB", "viewport": SIZE, "geolocation": HERE, "permissions": ["geolocation"],
}  # fmt: skip


class Pocket:
    """A phone with the app; `errors` is what its console complained of."""

    def __init__(self, context: BrowserContext, stack: Stack, url: str = "") -> None:
        self.context, self.url = context, url or stack.url
        # The modules the page itself has loaded: another copy of them would know of nobody.
        files = json.loads((stack.folder / "static/staticfiles.json").read_text())["paths"]
        self.app = f"/static/{files['field/app.js']}"
        self.errors: list[str] = []
        self.page: Page = context.pages[0] if context.pages else context.new_page()
        self.page.set_default_timeout(60_000)
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def has_session(self, key: str) -> None:
        """The cookie of a session, as signing in leaves it."""
        self.context.add_cookies([{"name": "sessionid", "value": key, "url": self.url}])

    def open(self, hash_: str = "#/outbox", screen: str = "outbox") -> None:
        """The app from its beginning."""
        self.page.goto("about:blank")  # a change of the hash alone would load nothing
        self.page.goto(f"{self.url}/field/app/en/{hash_}")
        self.ready(screen)

    def ready(self, screen: str) -> None:
        self.page.wait_for_selector(f'main[data-screen="{screen}"][data-ready="{screen}"]')

    def call(self, module: str, name: str, *args: Any) -> Any:
        done = self.page.evaluate(CALL, [self.app, f"field/{module}.js", name, list(args)])
        assert "ok" in done, done
        return done["ok"]

    def finish(self, entry: dict[str, Any], *photos: bytes) -> dict[str, Any]:
        """Finish an entry; what the phone says of it."""
        taken = [{"bytes": as_bytes(one)} for one in photos]
        done: dict[str, Any] = self.call("outbox", "finish", entry, taken, {"name": "若葉薬局"})
        return done

    def finish_many(self, entries: list[dict[str, Any]]) -> dict[str, str]:
        """Finish entries without photos; UUID → SHA-256."""
        words = [self.app, entries, AT_ONCE]
        return dict(self.page.evaluate(MANY, words))

    def memory(self) -> int:
        """Bytes that the page's scripts hold on to, array buffers too."""
        line = self.context.new_cdp_session(self.page)
        line.send("HeapProfiler.collectGarbage")
        found = line.send("Runtime.getHeapUsage")
        line.detach()
        return int(found["usedSize"] + found.get("backingStorageSize", 0))

    def counts(self) -> dict[str, int]:
        found: dict[str, int] = self.call("outbox", "counts")
        return {name: count for name, count in found.items() if count and name != "today"}

    def send(self) -> str:
        """ "Send now": the phase it ends in."""
        return str(self.call("sender", "sendNow")["phase"])

    def send_until_idle(self, seconds: float = 240) -> int:
        """Press "Send now" until nothing is left to send; how often."""
        until = time.monotonic() + seconds
        pressed = 1
        while (phase := self.send()) != "idle":
            assert phase == "away", phase
            assert time.monotonic() < until, self.counts()
            pressed += 1
        return pressed


def entry(shop: str, **fields: Any) -> dict[str, Any]:
    """What the form of a visit hands over."""
    return {
        "uuid": str(uuid4()),
        "shop": shop,
        "outcome": "answered",
        "answers": {"alipay": "yes", "wechat_pay": "no", "chinese_staff": "not_checked"},
        "evidence": "door_sign",
        "note": "入口のシール",
        "filled_ms": 8200,
        "open_fix": {"lat_e7": 356717000, "lon_e7": 1397650000, "accuracy_m": 8},
    } | fields
