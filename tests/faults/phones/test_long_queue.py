"""A queue of weeks: it arrives to the last entry, and memory does not grow with what was sent."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.faults.phones.inside import inside
from tests.faults.phones.pocket import Pocket, entry
from tests.stack import Stack
from tests.tiers import tries

pytestmark = [pytest.mark.browser, pytest.mark.site]
ENTRIES = tries(quick=0, test=400, whole=1500)


def test_a_long_queue_arrives_once_and_leaves_no_memory_behind(
    stack: Stack, shops: list[str], worker: dict[str, Any], phones: Callable[..., Pocket]
) -> None:
    phone = phones()
    phone.has_session(worker["session"])
    phone.open("#/settings", "settings")
    assert phone.send() == "idle"
    phone.context.set_offline(True)
    logged = phone.finish_many([entry(shops[at % len(shops)]) for at in range(ENTRIES)])
    assert phone.counts() == {"waiting": ENTRIES}
    before = phone.memory()
    phone.context.set_offline(False)
    phone.send_until_idle()
    after = phone.memory()
    assert phone.counts() == {"sent": ENTRIES}
    sent = {one["uuid"]: one["sent"] for one in inside(stack, "stored", worker["name"])}
    assert sent == {uuid: [sha256] for uuid, sha256 in logged.items()}
    # 1,500 sealed entries and their copies are some 4 MB; a quarter of what is there is no growth.
    assert after < 1.25 * before + 2_000_000, (before, after)
