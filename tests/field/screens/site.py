"""A house that answers as docs/field-app.md says, so that a test can decide what it answers."""

import base64
import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from playwright.sync_api import BrowserContext, Route

from tests.field.opener import open_envelope, point_of
from tracker.survey.traits import Trait

GINZA = (356_717_000, 1_397_650_000)  # e7
METRE = 90  # e7 of latitude, nearly
SALT = "00ff"
COLUMNS = ["uuid", "name", "find", "segment", "floor", "place", "building", "lat_e7", "lon_e7",
           "last_on", "due", "photo", "checks"]  # fmt: skip


def shop_uuid(number: int) -> str:
    return str(UUID(int=number, version=4))


def shop(number: int, name: str, *, north: float = 0, **more: Any) -> dict[str, Any]:
    """A row of the plan, so many metres north of where the phone is."""
    row = {
        "uuid": shop_uuid(number),
        "name": name,
        "find": name.lower(),
        "segment": "drugstore",
        "floor": "",
        "place": "中央区銀座3-1",
        "building": 0,
        "lat_e7": GINZA[0] + round(north * METRE),
        "lon_e7": GINZA[1],
        "last_on": "2026-03-02",
        "due": "due",
        "photo": 0,
        "earlier": {},
    }
    return row | more


@dataclass
class Site:
    """`shops` and `returned` are what it gives; `entries` is what reached it, opened."""

    shops: list[dict[str, Any]]
    returned: list[dict[str, Any]] = field(default_factory=list)
    signed_in: bool = True
    is_down: bool = False
    entries: list[dict[str, Any]] = field(default_factory=list)
    refusal: str = ""  # what it says to every entry, where it will have none
    withdrawn: list[str] = field(default_factory=list)
    verdict: str = ""  # what it says where an entry was decided before it is withdrawn
    photos: dict[str, int] = field(default_factory=dict)
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    def open_to(self, context: BrowserContext) -> None:
        context.route("**/api/v1/**", self._answer)

    def _answer(self, route: Route) -> None:
        if self.is_down:
            route.abort()
            return
        path = route.request.url.split("/api/v1/")[1].split("?")[0]
        if path == "field/session":
            self._say(route, self._session())
        elif not self.signed_in:
            route.fulfill(status=401, content_type="application/problem+json", body="{}")
        elif path == "field/plan":
            self._say(route, self._plan())
        elif path == "field/work":
            self._say(route, self._work())
        elif path == "visits/batch":
            self._say(route, self._batch(route.request.post_data_json))
        elif path.endswith("/withdraw"):
            self._withdraw(route, path.split("/")[1])
        elif "/photos/" in path:
            self._photo(route, path.split("/")[-1])
        else:
            route.fulfill(status=404, content_type="application/problem+json", body="{}")

    @staticmethod
    def _say(route: Route, answer: dict[str, Any]) -> None:
        route.fulfill(status=200, content_type="application/json", body=json.dumps(answer))

    @property
    def point(self) -> bytes:
        return point_of(self.key)

    def _session(self) -> dict[str, Any]:
        person = {"id": 12, "name": "aki"} if self.signed_in else None
        return {
            "signed_in": self.signed_in,
            "person": person,
            "may_log": self.signed_in,
            "csrf": "x",
            "server_time": datetime.now(UTC).isoformat(),
            "version": "0",
            "key": {
                "id": hashlib.sha256(self.point).digest()[:8].hex(),
                "point": base64.b64encode(self.point).decode(),
            },
        }

    def _plan(self) -> dict[str, Any]:
        rows = []
        for one in self.shops:
            known = [self._check(one["uuid"], trait, one["earlier"].get(trait)) for trait in Trait]
            row = one | {"checks": ",".join(known) if one["earlier"] else ""}
            rows.append([row[name] for name in COLUMNS])
        return {
            "made_at": "2026-11-25T00:40:00Z",
            "period": "2026q4",
            "salt": SALT,
            "columns": COLUMNS,
            "rows": rows,
            "chains": [["マツモトキヨシ", "drugstore"], ["スターバックス", "cafe"]],
            "photo_days": 180,
            "due_days": 90,
        }

    @staticmethod
    def _check(uuid: str, trait: str, answer: str | None) -> str:
        text = f"{SALT}|{uuid}|{trait}|{answer}".encode()
        return hashlib.sha256(text).hexdigest()[:8] if answer else ""

    def _work(self) -> dict[str, Any]:
        return {
            "returned": self.returned,
            "days": [{"on": f"2026-11-{day}", "entries": day % 5} for day in range(19, 26)],
            "quality": [
                {
                    "key": "first_time",
                    "label": "Approved the first time",
                    "help": "Of your judged entries, those that did not come back.",
                    "n": 212,
                    "value": 0.94,
                    "low": 0.9,
                    "high": 0.97,
                    "unit": "share",
                    "words": "199 of 212: 94 %, between 90 and 97 %",
                },
                {
                    "key": "photo",
                    "label": "With a readable photo",
                    "help": "",
                    "n": 12,
                    "value": None,
                    "low": None,
                    "high": None,
                    "unit": "share",
                    "words": "not enough data (n = 12, at least 20 needed)",
                },
            ],
        }

    def _batch(self, batch: Any) -> dict[str, Any]:
        items = []
        for item in batch["items"]:
            status = "refused" if self.refusal else "created"
            about = {name: item[name] for name in ("uuid", "revision", "sha256")}
            if status == "created":
                self.entries.append(self.opened(item))
            items.append(
                {
                    "uuid": item["uuid"],
                    "revision": item["revision"],
                    "status": status,
                    "receipt": about if status == "created" else None,
                    "error": {"field": "floor", "message": self.refusal} if self.refusal else None,
                }
            )
        return {"server_time": datetime.now(UTC).isoformat(), "offset_ms": 0, "items": items}

    def _withdraw(self, route: Route, uuid: str) -> None:
        if self.verdict:
            body = json.dumps({"title": "Too late", "detail": self.verdict, "status": 409})
            route.fulfill(status=409, content_type="application/problem+json", body=body)
            return
        self.withdrawn.append(uuid)
        self.returned = [one for one in self.returned if one["uuid"] != uuid]
        self._say(route, {"state": "withdrawn"})

    def opened(self, item: dict[str, Any]) -> dict[str, Any]:
        """What is in an envelope of docs/field-app.md."""
        context = f"entry:{item['uuid']}:{item['revision']}:12"
        entry: dict[str, Any] = json.loads(
            open_envelope(base64.b64decode(item["sealed"]), context, self.key)
        )
        return entry

    def _photo(self, route: Route, sha256: str) -> None:
        if route.request.method == "GET":
            self._say(route, {"state": "none", "received": 0})
            return
        size = self.photos.get(sha256, 0) + len(route.request.post_data_buffer or b"")
        self.photos[sha256] = size
        whole = size >= int(route.request.headers["upload-length"])
        uuid = route.request.url.split("/visits/")[1].split("/")[0]
        answer = {"receipt": {"uuid": uuid, "sha256": sha256}, "state": "kept"}
        body = answer if whole else {"state": "partial", "received": size}
        route.fulfill(
            status=201 if whole else 200, content_type="application/json", body=json.dumps(body)
        )
