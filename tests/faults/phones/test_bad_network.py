"""Visits and photos are logged in a basement; then the network is there, and it is bad."""

import hashlib
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.faults.phones.inside import inside
from tests.faults.phones.pocket import Pocket, entry
from tests.faults.proxy import FAULTS, Proxy, bad_network
from tests.fieldwork.pictures.made import saved, scene
from tests.stack import Stack
from tests.tiers import tries

pytestmark = [pytest.mark.browser, pytest.mark.site]
VISITS, PHOTOS, SHARE = tries(quick=0, test=100, whole=200), 40, 0.3


@pytest.fixture
def network(stack: Stack) -> Iterator[Proxy]:
    with bad_network(stack.port, seed=28) as proxy:
        yield proxy


def photo(number: int) -> bytes:
    """A JPEG of 40 to 80 kB that no other is like."""
    made = saved(scene(number, (640, 480), grain=18), quality=70)
    assert 40_000 < len(made) < 80_000, len(made)
    return made


def log_all(phone: Pocket, shops: list[str]) -> dict[str, dict[str, Any]]:
    """What the phone was told, by UUID: the note, the hash of the entry, those of its photos."""
    logged = {}
    for number in range(VISITS):
        photos = [photo(number)] if number < PHOTOS else []
        note = f"{number}階の入口のシール"
        done = phone.finish(entry(shops[number % len(shops)], note=note), *photos)
        logged[done["uuid"]] = {
            "note": note,
            "sent": [done["sha256"]],
            "photos": [hashlib.sha256(one).hexdigest() for one in photos],
            "shop": shops[number % len(shops)],
        }
    return logged


def test_every_visit_and_every_photo_arrives_once(
    stack: Stack,
    shops: list[str],
    worker: dict[str, Any],
    phones: Callable[..., Pocket],
    network: Proxy,
) -> None:
    phone = phones(network.url)
    phone.has_session(worker["session"])
    phone.open()
    assert phone.send() == "idle"
    phone.context.set_offline(True)
    network.is_down = True
    logged = log_all(phone, shops)
    assert phone.counts() == {"waiting": VISITS}
    network.is_down, network.share = False, SHARE
    phone.context.set_offline(False)
    pressed = phone.send_until_idle()  # "Send now", or it would take its time
    assert phone.counts() == {"sent": VISITS}
    stored = inside(stack, "stored", worker["name"])
    assert len(stored) == VISITS
    found = {one["uuid"]: {name: one[name] for name in ("note", "sent", "photos", "shop")}
             for one in stored}  # fmt: skip
    assert found == logged
    assert sum(len(one["photos"]) for one in stored) == PHOTOS
    assert inside(stack, "parked") == [0, 0]
    stack.wait_until_done()
    assert stack.verify() == {"differences": [], "waiting": 0, "set_aside": 0, "exit": 0}
    assert all(network.seen[fault] for fault in FAULTS), network.seen
    bad = sum(network.seen[fault] for fault in FAULTS)
    assert bad >= 15, (network.seen, pressed)  # else this was no bad network
    assert "Traceback" not in (stack.folder / "web.log").read_text()
    assert phone.errors == []
