"""Whoever copies the phone's files finds no answer, no shop, no name and no photo in them."""

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Playwright

from tests.browser import QUIET, chromium_path
from tests.field.phone import SHOP, Phone, as_bytes
from tests.field.server import PhoneServer
from tests.field.test_plan import COLUMNS, HERE, row

pytestmark = [pytest.mark.browser, pytest.mark.once]
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + b"photo of a till " * 5000
SECRETS = {
    "note": "入口のシール", "shop of the plan": "若葉薬局", "answer": "wechat_pay",
    "new shop": "秘密の店", "person": "p12", "draft": "書きかけ", "photo": "photo of a till",
    "magic of a JPEG": "JFIF", "outcome": "answered",
}  # fmt: skip

WORDS_OF_THE_MODULES = {"wechat_pay", "answered"}  # so the browser's cache of scripts has them


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "profile"


@pytest.fixture
def kept(playwright: Playwright, profile: Path) -> BrowserContext:
    """A Chromium that writes its storage to the disk; the tests close it before they look."""
    return playwright.chromium.launch_persistent_context(
        str(profile), executable_path=chromium_path(), args=list(QUIET)
    )


def found_in(folder: Path, secret: str) -> list[str]:
    """Files that hold it, as UTF-8, as UTF-16 or as its bytes."""
    forms = [secret.encode(), secret.encode("utf-16-le"), secret.encode("utf-16-be")]
    return [
        str(path.relative_to(folder))
        for path in sorted(folder.rglob("*"))
        if path.is_file() and any(form in path.read_bytes() for form in forms)
        if not (secret in WORDS_OF_THE_MODULES and "Cache" in str(path.parent))
    ]


def a_day(phone: Phone, server: PhoneServer) -> None:
    """A plan, a draft, finished entries with photos, sent, refused and taken back."""
    server.plan = {"made_at": server.now(), "salt": "5a17", "columns": COLUMNS, "chains": [],
                   "rows": [row(number, "若葉薬局", number) for number in range(200)]}  # fmt: skip
    phone.call("plan", "fetchPlan", {"area": "13102"})
    photos = [{"bytes": as_bytes(JPEG)}]
    phone.call("drafts", "saveDraft", SHOP, {"note": "書きかけ", "photos": photos})
    new = {"name": "秘密の店", "segment": "cafe", "floor": "", "address": "", **HERE}
    other = SHOP.replace("a1", "a3")
    uuids = [phone.finish(JPEG, shop=other, new_shop=new) for _ in range(3)]
    server.verdicts[uuids[1]] = ("refused", "note")
    phone.send()
    phone.finish(JPEG, shop=other)
    phone.call("outbox", "takeBack", uuids[1])


def test_the_files_of_the_browser_tell_nothing(
    kept: BrowserContext, profile: Path, server: PhoneServer
) -> None:
    phone = Phone(kept, server)
    a_day(phone, server)
    kept.close()
    stored = profile / "Default"
    assert (stored / "IndexedDB").is_dir()
    assert [(name, found_in(stored, secret)) for name, secret in SECRETS.items()] == [
        (name, []) for name in SECRETS
    ]


def test_the_search_would_find_it(kept: BrowserContext, profile: Path, server: PhoneServer) -> None:
    """The control: the same words, written as they are."""
    phone = Phone(kept, server)
    phone.call("store", "keep", "plain", list(SECRETS.values()))
    kept.close()
    missed = [name for name, secret in SECRETS.items() if not found_in(profile / "Default", secret)]
    assert missed == []


def test_nothing_is_kept_outside_of_the_database(phone: Phone, server: PhoneServer) -> None:
    a_day(phone, server)
    sizes = phone.page.evaluate(
        "async () => [localStorage.length, sessionStorage.length, (await caches.keys()).length]"
    )
    assert sizes == [0, 0, 0]
    assert phone.page.url.endswith("/harness")
