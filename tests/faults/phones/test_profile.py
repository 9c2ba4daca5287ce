"""Whoever finds a phone on which nobody is signed in, and copies all its files, learns nothing."""

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Playwright, expect

from tests.browser import QUIET, chromium_path, until
from tests.faults.phones.inside import inside
from tests.faults.phones.pocket import OPTIONS, Pocket
from tests.faults.phones.search import found_in
from tests.field.screens.site import Site
from tests.field.screens.walk import App
from tests.fieldwork.pictures.made import saved, scene
from tests.stack import Stack

pytestmark = [pytest.mark.browser, pytest.mark.once, pytest.mark.site]
SECRETS: dict[str, str | bytes] = {
    "shop of the plan": "霧笛楼薬局",
    "shop that was added": "秘密の金魚堂",
    "what was searched for": "霧笛楼薬",
    "note of an entry": "裏口のシール",
    "note of a draft": "書きかけのこと",
    "note of a shop sent back": "三階では？",
    "answers as JSON": '"alipay":"yes","wechat_pay":"no"',
    "an answer as JSON": '"wechat_pay":"no"',
    "answers as Chromium writes objects": b'"\x06alipay"\x03yes"\x0awechat_pay"\x02no',
    "magic of a JPEG": b"\xff\xd8\xff\xe0\x00\x10JFIF",
}


@pytest.fixture
def kept(playwright: Playwright, tmp_path: Path) -> Iterator[BrowserContext]:
    """A Chromium that writes its profile to the disk; the tests close it before they look."""
    context = playwright.chromium.launch_persistent_context(
        str(tmp_path / "profile"), executable_path=chromium_path(), args=list(QUIET), **OPTIONS
    )
    yield context
    context.close()


def take_photo(app: App, file: Path, seed: int) -> None:
    file.write_bytes(saved(scene(seed, (1200, 900))))
    app.page.locator("[data-part=camera]").set_input_files(str(file))
    expect(app.page.locator("[data-part=photos] img")).to_have_count(1)
    app.draft_saved()


def pixels_of(phone: Pocket, shop: str) -> bytes:
    """Some bytes out of the middle of the photo as the app has made it."""
    (photo,) = phone.call("drafts", "draftOf", shop)["photos"]
    data = base64.b64decode(photo["bytes"]["$bytes"])
    assert data[:10] == SECRETS["magic of a JPEG"]
    return data[len(data) // 2 :][:24]


def write_note(app: App, text: str) -> None:
    app.page.locator("[data-part=more]").click()
    app.page.locator("dialog textarea").fill(text)
    app.page.locator("dialog[open] [data-part=done]").click()
    app.draft_saved()


def a_day(
    stack: Stack, phone: Pocket, worker: dict[str, Any], file: Path
) -> dict[str, str | bytes]:
    """Everything the app can hold, through its screens; what of it must not be found."""
    shops = inside(stack, "shops", "霧笛楼薬局", 4)
    phone.has_session(worker["session"])
    phone.open("#/settings", "settings")
    app = App(phone.page, "en", Site(shops=[]))
    app.page.set_default_timeout(60_000)
    page = app.page
    until(page, "!document.querySelector('[data-part=sign-out]').hidden")
    app.go("#/", "nearby")
    expect(page.locator("[data-part=accuracy]")).to_contain_text("±8 m")
    page.locator("[data-part=load]").click()
    expect(page.locator(f'[data-shop="{shops[0]}"]')).to_be_visible()
    page.locator("[data-part=text]").fill("霧笛楼薬")
    secrets = dict(SECRETS)

    app.go(f"#/visit/{shops[0]}", "visit")  # sent, sent back, looked at
    take_photo(app, file, 1)
    app.answer_all("yes", "no", "unsure")
    write_note(app, "裏口のシール")
    secrets["photo that was sent"] = pixels_of(phone, shops[0])
    app.save()
    expect(page.locator("[data-part=waiting]")).to_have_text("All sent", timeout=60_000)
    inside(stack, "send_back", inside(stack, "stored", worker["name"])[0]["uuid"], "三階では？")
    stack.wait_until_done()
    app.go("#/work", "work")
    expect(page.locator("[data-part=returned]")).to_contain_text("三階では？")
    until(page, "document.querySelector('[data-part=returned] img')?.naturalWidth > 0")

    phone.context.set_offline(True)  # waiting, with a shop that is added
    app.go("#/new", "new")
    page.locator("[data-part=shop-name]").fill("秘密の金魚堂")
    page.locator("label.pick", has_text="Cosmetics").click()
    app.answer_all("yes", "no", "no")
    page.locator("[data-part=no-photo]").click()
    page.locator("[data-reason=no_sign]").click()
    app.save()
    app.go(f"#/visit/{shops[1]}", "visit")  # waiting, with a photo
    take_photo(app, file, 2)
    app.answer_all("yes", "no", "no")
    secrets["photo that waits"] = pixels_of(phone, shops[1])
    app.save()
    app.go(f"#/visit/{shops[2]}", "visit")  # a draft
    take_photo(app, file, 3)
    app.answer("alipay", "yes")
    app.answer("wechat_pay", "no")
    write_note(app, "書きかけのこと")
    secrets["photo of a draft"] = pixels_of(phone, shops[2])
    app.go("#/outbox", "outbox")
    expect(page.locator("[data-list=waiting] .entry")).to_have_count(2)
    return secrets


def sign_out(phone: Pocket) -> None:
    """Without signal, which is where it is hardest."""
    page = phone.page
    App(page, "en", Site(shops=[])).go("#/settings", "settings")
    page.locator("[data-part=sign-out]").click()
    page.locator("dialog [data-part=keep]").click()
    page.wait_for_selector('main[data-ready="welcome"]')
    assert phone.call("session", "current")["person"] is None


def test_the_files_of_a_phone_that_was_signed_out_tell_nothing(
    kept: BrowserContext, stack: Stack, worker: dict[str, Any], tmp_path: Path
) -> None:
    phone = Pocket(kept, stack)
    secrets = a_day(stack, phone, worker, tmp_path / "camera.jpg")
    sign_out(phone)
    assert phone.counts() == {"others": 2}
    kept.close()
    profile = tmp_path / "profile"
    assert (profile / "Default/IndexedDB").is_dir()
    assert found_in(profile, secrets) == {}


def test_the_search_would_find_every_one_of_them(
    kept: BrowserContext, stack: Stack, worker: dict[str, Any], tmp_path: Path
) -> None:
    """The control: the same day with a vault that does not lock, and what it never gets."""
    kept.add_init_script(OPEN_VAULT)
    phone = Pocket(kept, stack)
    secrets = a_day(stack, phone, worker, tmp_path / "camera.jpg")
    sent = secrets["photo that was sent"]  # forgotten with its receipt: it is put there again
    assert isinstance(sent, bytes)
    phone.page.evaluate(LEAVE_LYING, [phone.app, base64.b64encode(sent).decode()])
    kept.close()
    assert set(found_in(tmp_path / "profile", secrets)) == set(secrets)


OPEN_VAULT = """for (const act of ["encrypt", "decrypt"]) {
  const whole = crypto.subtle[act].bind(crypto.subtle);
  crypto.subtle[act] = async (how, key, data) => {
    const isVault = new TextDecoder().decode(how.additionalData).startsWith("vault:");
    return isVault ? new Uint8Array(new Uint8Array(data)).buffer : whole(how, key, data);
  };
}"""

# As an object, in base64 beside something else, as large as a photo, and packed in a cache.
LEAVE_LYING = """async ([app, pixels]) => {
  const { keep } = (await import(app)).use("field/store.js");
  await keep("object", { alipay: "yes", wechat_pay: "no" });
  const bytes = new TextEncoder().encode("xx霧笛楼薬xx");
  await keep("coded", btoa(String.fromCharCode(...bytes)));
  const photo = new Uint8Array(200_000);
  for (let at = 0; at < photo.length; at += 50_000) {
    crypto.getRandomValues(photo.subarray(at, at + 50_000));
  }
  photo.set(Uint8Array.from(atob(pixels), (one) => one.charCodeAt(0)), 100_000);
  await keep("photo", photo.buffer);
  const packed = new Blob(["三階では？"]).stream().pipeThrough(new CompressionStream("gzip"));
  await (await caches.open("control")).put("/control", new Response(packed));
}"""
