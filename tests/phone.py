"""A phone for tests: entries as JSON, sealed or not, and the requests that carry them."""

import base64
import hashlib
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.test import Client
from PIL import Image

from tests.factories import GINZA
from tracker.accounts.models import User
from tracker.fieldwork.seal_keys import phones_key
from tracker.fieldwork.sealing import point_of, seal
from tracker.places.models import Shop

Doc = dict[str, Any]
SENT_AT = "2026-03-14T03:00:00.000Z"


def doc_of(owner: User, shop: Shop | UUID, **values: object) -> Doc:
    """An entry as the phone writes it."""
    return {
        "v": 1,
        "uuid": str(uuid4()),
        "revision": 1,
        "owner": owner.pk,
        "shop": str(shop.uuid if isinstance(shop, Shop) else shop),
        "outcome": "answered",
        "answers": {"alipay": "yes", "wechat_pay": "no"},
        "evidence": "door_sign",
        "note": "レジ横の青い看板",
        "device_time": "2026-03-14T02:59:00.000Z",
        "offset_ms": 0,
        "filled_ms": 8200,
        "open_fix": {"lat_e7": GINZA[0], "lon_e7": GINZA[1], "accuracy_m": 8.4},
        "fix": None,
        "notice": "",
        "no_photo": "",
        "photos": [],
    } | values


def new_shop(**values: object) -> Doc:
    """The part of an entry that adds a shop."""
    return {
        "name": "若葉珈琲",
        "segment": "cafe",
        "floor": "2F",
        "address": "",
        "lat_e7": GINZA[0],
        "lon_e7": GINZA[1],
    } | values


def bytes_of(doc: Doc) -> bytes:
    return json.dumps(doc).encode()


def item_of(doc: Doc, *, sealed: bool = False, **values: object) -> Doc:
    """An item of a batch with the entry in it."""
    data = bytes_of(doc)
    item: Doc = {
        "uuid": doc["uuid"],
        "revision": doc["revision"],
        "sha256": hashlib.sha256(data).hexdigest(),
    }
    if sealed:
        context = f"entry:{doc['uuid']}:{doc['revision']}:{doc['owner']}"
        item["sealed"] = base64.b64encode(sealed_for_server(data, context)).decode()
    else:
        item["entry"] = data.decode()
    return item | values


def sealed_for_server(data: bytes, context: str) -> bytes:
    key = phones_key()
    assert key is not None
    return seal(data, context, point_of(key))


def batch_of(*items: object, sent_at: object = SENT_AT) -> Doc:
    return {"sent_at": sent_at, "items": list(items)}


def receipt_of(item: Doc) -> Doc:
    return {key: item[key] for key in ("uuid", "revision", "sha256")}


def sign(number: int = 0) -> bytes:
    """A small photo; each number gives another one."""
    file = io.BytesIO()
    colour = (number * 37 % 256, number * 91 % 256, number // 7 % 256)
    Image.new("RGB", (40 + number, 30), colour).save(file, "JPEG")
    return file.getvalue()


@dataclass
class Phone:
    """Somebody's phone, signed in."""

    owner: User
    client: Client = field(default_factory=Client)

    def __post_init__(self) -> None:
        self.client.force_login(self.owner)

    def post(self, path: str, doc: object) -> Any:
        return self.client.post(path, json.dumps(doc), content_type="application/json")

    def send(self, *items: object, sent_at: object = SENT_AT) -> list[Doc]:
        """Send a batch; the answers to its items."""
        answer = self.post("/api/v1/visits/batch", batch_of(*items, sent_at=sent_at))
        assert answer.status_code == 200, answer.content
        found: list[Doc] = answer.json()["items"]
        return found

    def statuses(self, *items: object) -> list[str]:
        return [answer["status"] for answer in self.send(*items)]

    def put(
        self,
        visit: str,
        sha256: str,
        piece: bytes,
        *,
        offset: int = 0,
        length: int | None = None,
        sealed: int = 0,
    ) -> Any:
        """Send a piece of a photo."""
        return self.client.put(
            f"/api/v1/visits/{visit}/photos/{sha256}",
            piece,
            content_type="application/octet-stream",
            headers={
                "upload-offset": str(offset),
                "upload-length": str(len(piece) if length is None else length),
                "upload-sealed": str(sealed),
            },
        )

    def put_whole(self, visit: str, photo: bytes) -> Any:
        return self.put(visit, hashlib.sha256(photo).hexdigest(), photo)


def only(docs: Sequence[Doc]) -> Doc:
    """The one answer there is."""
    assert len(docs) == 1
    return docs[0]
