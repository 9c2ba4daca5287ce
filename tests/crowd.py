"""Fifty phones at once against a running site: signed in, with their entries sealed beforehand."""

import base64
import hashlib
import http.client
import json
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from typing import Any
from urllib.request import urlopen
from uuid import uuid4

from django.conf import settings

from tests.stack import Stack
from tracker.fieldwork.sealing import seal

TOKEN = "t" * 32  # of the CSRF cookie and header alike


@dataclass(frozen=True)
class Member:
    """Somebody with a session."""

    owner: int
    session: str
    shop: str


@dataclass(frozen=True)
class Load:
    """One request, ready to go, and the receipts it must bring."""

    member: Member
    body: bytes
    receipts: list[dict[str, Any]]


@dataclass(frozen=True)
class Reply:
    """What came back; a `status` of 0 means nothing did. `right` where every receipt is there."""

    seconds: float
    status: int
    right: bool


def crowd_of(stack: Stack, people: int) -> list[Member]:
    """Make the people on the stack's database."""
    return [Member(**row) for row in stack.ask(__name__, "make", people)]


def loads_of(stack: Stack, crowd: list[Member], *, entries: int, per_request: int) -> list[Load]:
    """Every request of everybody, sealed; the first of each first."""
    with urlopen(f"{stack.url}/api/v1/field/session") as answer:  # noqa: S310  # our own house
        point = base64.b64decode(json.load(answer)["key"]["point"])
    return [
        load_of(member, [item_of(member, point) for _ in range(per_request)])
        for _ in range(entries // per_request)
        for member in crowd
    ]


def item_of(member: Member, point: bytes) -> dict[str, Any]:
    """One sealed entry of somebody."""
    uuid, now = str(uuid4()), datetime.now(UTC).isoformat(timespec="milliseconds")
    doc = {
        "v": 1, "uuid": uuid, "revision": 1, "owner": member.owner, "shop": member.shop,
        "outcome": "answered", "answers": {"alipay": "yes", "wechat_pay": "no"},
        "evidence": "door_sign", "note": "レジ横の青い看板", "device_time": now,
        "offset_ms": 120, "filled_ms": 8200, "fix": None, "notice": "", "no_photo": "",
        "open_fix": {"lat_e7": 356717000, "lon_e7": 1397650000, "accuracy_m": 8}, "photos": [],
    }  # fmt: skip
    data = json.dumps(doc).encode()
    envelope = seal(data, f"entry:{uuid}:1:{member.owner}", point)
    return {
        "uuid": uuid,
        "revision": 1,
        "sha256": hashlib.sha256(data).hexdigest(),
        "sealed": base64.b64encode(envelope).decode(),
    }


def load_of(member: Member, items: list[dict[str, Any]]) -> Load:
    sent_at = datetime.now(UTC).isoformat(timespec="milliseconds")
    receipts = [{key: item[key] for key in ("uuid", "revision", "sha256")} for item in items]
    return Load(member, json.dumps({"sent_at": sent_at, "items": items}).encode(), receipts)


def send_all(stack: Stack, loads: list[Load], *, lines: int, at_once: int) -> list[Reply]:
    """Each request twice; `at_once` 2 sends the two together, 1 one after the other.

    `lines` people send at the same time.
    """

    def twice(load: Load) -> list[Reply]:
        if at_once == 1:
            return [send(stack, load), send(stack, load)]
        return list(doubles.map(lambda _: send(stack, load), range(at_once)))

    with ThreadPoolExecutor(lines * at_once) as doubles, ThreadPoolExecutor(lines) as pool:
        return [reply for replies in pool.map(twice, loads) for reply in replies]


def send(stack: Stack, load: Load) -> Reply:
    """One request on a connection of its own."""
    headers = {
        "Content-Type": "application/json",
        "Cookie": f"{settings.SESSION_COOKIE_NAME}={load.member.session}; csrftoken={TOKEN}",
        "X-CSRFToken": TOKEN,
    }
    started = time.perf_counter()
    with closing(http.client.HTTPConnection("127.0.0.1", stack.port, timeout=120)) as line:
        try:
            line.request("POST", "/api/v1/visits/batch", load.body, headers)
            answer = line.getresponse()
            text = answer.read()
        except OSError:
            return Reply(time.perf_counter() - started, 0, right=False)
    seconds = time.perf_counter() - started
    if answer.status != 200:
        return Reply(seconds, answer.status, right=False)
    receipts = [item["receipt"] for item in json.loads(text)["items"]]
    return Reply(seconds, 200, right=receipts == load.receipts)


def rows(stack: Stack) -> int:
    """Visits on the stack's database."""
    return int(stack.ask(__name__, "visits"))


def visits() -> int:
    return int(import_module("tests.factories").Visit.objects.count())


def make(people: int) -> list[dict[str, Any]]:
    """Everybody with a shop of their own."""
    factories = import_module("tests.factories")  # needs the apps to be loaded
    sessions = import_module("django.contrib.sessions.backends.db")
    auth = import_module("django.contrib.auth")
    members = []
    for number in range(people):
        person = factories.User.objects.create(username=f"phone{number}", password="!")
        store = sessions.SessionStore()
        store[auth.SESSION_KEY] = str(person.pk)
        store[auth.BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        store[auth.HASH_SESSION_KEY] = person.get_session_auth_hash()
        store.create()
        shop = factories.make_shop(f"店{number}")
        members.append({"owner": person.pk, "session": store.session_key, "shop": str(shop.uuid)})
    return members
