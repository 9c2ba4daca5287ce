"""The server as the phone sees it: it keeps what it gets, and breaks on order."""

import base64
import hashlib
import json
import threading
from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from tests.field.opener import open_envelope, point_of


@dataclass
class Request:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Answer:
    status: int = 200
    body: bytes = b""
    kind: str = "application/json"
    headers: dict[str, str] = field(default_factory=dict)


def as_json(value: object, status: int = 200) -> Answer:
    kind = "application/json" if status < 400 else "application/problem+json"
    return Answer(status, json.dumps(value).encode(), kind)


@dataclass
class PhoneServer:
    """`faults` are used up by the next requests to the API that change something."""

    port: int = 0
    person: int | None = 12
    clock_ahead: timedelta = timedelta()
    faults: deque[str] = field(default_factory=deque)
    verdicts: dict[str, tuple[str, str]] = field(default_factory=dict)  # uuid → status, field
    bad_photos: set[str] = field(default_factory=set)
    entries: dict[tuple[str, int], dict[str, Any]] = field(default_factory=dict)
    hashes: dict[tuple[str, int], str] = field(default_factory=dict)
    photos: dict[tuple[str, str], bytes] = field(default_factory=dict)
    pieces: dict[tuple[str, str], bytes] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    plan: dict[str, Any] = field(default_factory=dict)
    csrf: str = "token-1"
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def is_signed_in(self) -> bool:
        return self.person is not None

    def now(self) -> str:
        moment = datetime.now(UTC) + self.clock_ahead
        return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def answer(self, request: Request) -> Answer | None:
        """None cuts the connection."""
        path = request.path.split("?")[0]
        if request.method == "GET" and path == "/api/v1/field/session":
            return self.session()
        if request.method == "GET" and path == "/api/v1/field/plan":
            return as_json(self.plan)
        self.requests.append(request)
        fault = self.faults.popleft() if self.faults else ""
        if fault in FAULTS:
            return FAULTS[fault]
        if request.method != "GET" and request.headers.get("x-csrftoken") != self.csrf:
            return as_json({"title": "CSRF"}, 403)
        if self.person is None:
            return as_json({"title": "Sign in first."}, 401)
        answer = self.do(request, path)
        return None if fault == "lost" else _spoilt(answer, fault)

    def do(self, request: Request, path: str) -> Answer:
        if path == "/api/v1/visits/batch":
            return self.batch(json.loads(request.body))
        if path == "/api/v1/field/open":
            return self.open(json.loads(request.body))
        if path == "/accounts/logout/":
            self.person = None
            return Answer(302, headers={"Location": "/"})
        if "/photos/" in path:
            _a, _b, _c, _d, uuid, _e, sha256 = path.split("/")
            return self.photo(request, uuid, sha256)
        return as_json({"title": "Not found"}, 404)

    def session(self) -> Answer:
        point = point_of(self.key)
        person = None if self.person is None else {"id": self.person, "name": f"p{self.person}"}
        key = {
            "id": hashlib.sha256(point).hexdigest()[:16],
            "point": base64.b64encode(point).decode(),
        }
        return as_json(
            {
                "signed_in": person is not None, "person": person, "may_log": True,
                "csrf": self.csrf, "server_time": self.now(), "version": "v1", "key": key,
            }
        )  # fmt: skip

    def batch(self, asked: dict[str, Any]) -> Answer:
        items = [self.item(one) for one in asked["items"]]
        return as_json({"server_time": self.now(), "offset_ms": 0, "items": items})

    def item(self, item: dict[str, Any]) -> dict[str, Any]:
        uuid, revision = item["uuid"], item["revision"]
        answer: dict[str, Any] = {"uuid": uuid, "revision": revision, "receipt": None}
        if uuid in self.verdicts:
            status, where = self.verdicts[uuid]
            return answer | {"status": status, "error": {"field": where, "message": "No."}}
        context = f"entry:{uuid}:{revision}:{self.person}"
        entry = open_envelope(base64.b64decode(item["sealed"]), context, self.key)
        assert hashlib.sha256(entry).hexdigest() == item["sha256"]
        known = self.hashes.setdefault((uuid, revision), item["sha256"])
        if known != item["sha256"]:
            error = {"field": "revision", "message": "Other content."}
            return answer | {"status": "conflict", "error": error}
        status = "replayed" if (uuid, revision) in self.entries else "created"
        self.entries[uuid, revision] = json.loads(entry)
        receipt = {"uuid": uuid, "revision": revision, "sha256": item["sha256"]}
        return answer | {"status": status, "receipt": receipt, "error": None}

    def photo(self, request: Request, uuid: str, sha256: str) -> Answer:
        key = (uuid, sha256)
        have = self.pieces.get(key, b"")
        if request.method == "GET":
            state = "kept" if key in self.photos else "partial" if have else "none"
            return as_json({"state": state, "received": len(have)})
        receipt = {"state": "kept", "receipt": {"uuid": uuid, "sha256": sha256}}
        if key in self.photos:
            return as_json(receipt)
        if int(request.headers["upload-offset"]) != len(have):
            return Answer(409, json.dumps({"state": "partial", "received": len(have)}).encode())
        have = self.pieces[key] = have + request.body
        if len(have) < int(request.headers["upload-length"]):
            return as_json({"state": "partial", "received": len(have)})
        del self.pieces[key]
        data = open_envelope(have, f"photo:{uuid}:{sha256}:{self.person}", self.key)
        if sha256 in self.bad_photos or hashlib.sha256(data).hexdigest() != sha256:
            return as_json({"title": "No picture", "detail": "This is no picture."}, 422)
        self.photos[key] = data
        return as_json(receipt, 201)

    def open(self, asked: dict[str, str]) -> Answer:
        if asked["context"].rsplit(":", 1)[1] != str(self.person):
            return as_json({"title": "Not yours"}, 403)
        data = open_envelope(base64.b64decode(asked["sealed"]), asked["context"], self.key)
        return as_json({"data": base64.b64encode(data).decode()})


FAULTS: dict[str, Answer | None] = {
    "drop": None,
    "html": Answer(200, b"<html>Welcome to Station Wi-Fi</html>", "text/html"),
    "other json": as_json({"ok": True}),
    "redirect": Answer(302, headers={"Location": "/portal"}),
    "401": as_json({"title": "Sign in first."}, 401),
    "403": as_json({"title": "No."}, 403),
    "403 html": Answer(403, b"<html>CSRF</html>", "text/html"),
    "500": Answer(500, b"<html>oops</html>", "text/html"),
    "503": Answer(503, b"{}", headers={"Retry-After": "7"}),
    "400": as_json({"title": "Unreadable"}, 400),
    "half": Answer(200, b'{"items": [{"uu'),
}


def _spoilt(answer: Answer, fault: str) -> Answer:
    """An answer to a batch whose receipts are wrong in one place."""
    if not fault:
        return answer
    body = json.loads(answer.body)
    for item in body["items"]:
        if fault == "no receipt":
            item["receipt"] = None
        elif fault == "no hash":
            item["receipt"].pop("sha256")
        elif fault == "other hash":
            item["receipt"]["sha256"] = "0" * 64
        elif fault == "other revision":
            item["receipt"]["revision"] = 99
    return as_json(body)
