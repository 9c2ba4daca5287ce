"""A photo is made smaller on the phone, or sent as it is with a note."""

import base64
import hashlib
import io
import os

import pytest
from PIL import Image

from tests.field.phone import Phone

pytestmark = [pytest.mark.browser, pytest.mark.once]
SHRINK = """async (data) => {
  const { shrink } = await import("/static/field/picture.js");
  const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
  try {
    const { bytes: made, ...about } = await shrink(new Blob([bytes], {type: "image/jpeg"}));
    const text = Array.from(new Uint8Array(made), (c) => String.fromCharCode(c)).join("");
    return {...about, data: btoa(text)};
  } catch (error) {
    return {code: error.code};
  }
}"""


def shrunk(phone: Phone, data: bytes) -> tuple[dict[str, object], bytes]:
    made = phone.page.evaluate(SHRINK, base64.b64encode(data).decode())
    return made, base64.b64decode(made.pop("data", ""))


def photo(size: tuple[int, int], kind: str = "JPEG", turned: int = 1) -> bytes:
    """Grey noise grown to size: small in memory, large enough to be decoded small."""
    noise = Image.frombytes("L", (64, 64), os.urandom(64 * 64)).resize(size).convert("RGB")
    exif = Image.Exif()
    exif[0x0112] = turned
    out = io.BytesIO()
    noise.save(out, kind, exif=exif, quality=97)
    return out.getvalue()


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((4000, 3000), (1600, 1200)),
        ((3000, 4000), (1200, 1600)),
        ((5712, 4284), (1600, 1200)),
        ((800, 600), (800, 600)),
    ],
)
def test_the_longest_side_is_1600_px(
    phone: Phone, size: tuple[int, int], expected: tuple[int, int]
) -> None:
    about, data = shrunk(phone, photo(size))
    picture = Image.open(io.BytesIO(data))
    assert (picture.format, picture.size) == ("JPEG", expected)
    assert (about["width"], about["height"], about["note"]) == (*expected, "")
    assert about["sha256"] == hashlib.sha256(data).hexdigest()
    assert "exif" not in picture.info


@pytest.mark.parametrize("size", [(4000, 3000), (640, 480)])
def test_a_photo_that_says_it_is_turned_is_turned(phone: Phone, size: tuple[int, int]) -> None:
    _about, data = shrunk(phone, photo(size, turned=6))
    width, height = Image.open(io.BytesIO(data)).size
    assert width < height


def test_what_the_browser_cannot_read_goes_as_it_is(phone: Phone) -> None:
    about, data = shrunk(phone, b"\x00\x00\x00\x18ftypheic" + bytes(1000))
    assert (about["note"], len(data)) == ("as_is", 1012)


def test_a_black_picture_is_replaced_by_the_original(phone: Phone) -> None:
    out = io.BytesIO()
    Image.new("RGB", (2000, 1500)).save(out, "PNG")
    about, data = shrunk(phone, out.getvalue())
    assert (about["note"], data) == ("as_is", out.getvalue())


def test_an_original_above_12_mb_is_refused(phone: Phone) -> None:
    about, _data = shrunk(phone, bytes(12_000_001))
    assert about == {"code": "too_large"}
