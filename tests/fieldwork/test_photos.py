"""Photos: upright, rebuilt from pixels, and hostile ones set aside."""

import io
import struct
import zlib

import pytest
from django.conf import LazySettings
from PIL import Image, PngImagePlugin

from tracker.errors import PhotoRejected
from tracker.fieldwork import photos

MARKER = b"MARKER-OF-METADATA"


def picture(
    size: tuple[int, int] = (640, 480), mode: str = "RGB", kind: str = "JPEG", **options: object
) -> bytes:
    image = Image.new("RGB", size, (200, 30, 30))
    image.paste((30, 30, 200), (0, 0, max(1, size[0] // 2), max(1, size[1] // 4)))
    file = io.BytesIO()
    image.convert(mode).save(file, kind, **options)
    return file.getvalue()


def header_of(size: tuple[int, int]) -> bytes:
    """A PNG whose header claims a size it has no pixels for."""
    body = struct.pack(">IIBBBBB", *size, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + body
    return (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", len(body))
        + chunk
        + struct.pack(">I", zlib.crc32(chunk))
        + b"\x00\x00\x00\x00IEND\xaeB`\x82"
    )


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_turned_upright(orientation: int) -> None:
    upright = Image.new("RGB", (400, 200), "white")
    upright.paste("red", (0, 0, 200, 100))  # the red corner is at the top left
    turns = {
        1: [],
        2: [Image.Transpose.FLIP_LEFT_RIGHT],
        3: [Image.Transpose.ROTATE_180],
        4: [Image.Transpose.FLIP_TOP_BOTTOM],
        5: [Image.Transpose.TRANSPOSE],
        6: [Image.Transpose.ROTATE_90],
        7: [Image.Transpose.TRANSVERSE],
        8: [Image.Transpose.ROTATE_270],
    }
    stored = upright
    for turn in turns[orientation]:
        stored = stored.transpose(turn)
    exif = Image.Exif()
    exif[0x0112] = orientation
    file = io.BytesIO()
    stored.save(file, "JPEG", exif=exif, quality=95)
    made = photos.prepare(file.getvalue())
    image = opened(made.large)
    assert (image.width, image.height) == (400, 200)
    red, white = image.getpixel((50, 50)), image.getpixel((350, 150))
    assert isinstance(red, tuple)
    assert isinstance(white, tuple)
    assert red[0] > 200 > red[1] + 100
    assert min(white) > 200


def test_the_two_sizes_are_1600_and_320_pixels() -> None:
    made = photos.prepare(picture((3000, 2000)))
    assert (made.width, made.height) == (3000, 2000)
    assert opened(made.large).size == (1600, 1067)
    assert opened(made.small).size == (320, 213)


def test_a_small_photo_is_not_blown_up() -> None:
    assert opened(photos.prepare(picture((100, 50))).large).size == (100, 50)


def laden(kind: str) -> bytes:
    """A picture full of metadata."""
    exif = Image.Exif()
    exif[0x010F] = MARKER.decode()
    exif[0x8825] = {1: "N", 2: (35.0, 40.0, 12.0), 3: "E", 4: (139.0, 45.0, 54.0)}
    if kind == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_text("Comment", MARKER.decode())
        return picture(kind="PNG", pnginfo=text, exif=exif, icc_profile=MARKER * 10)
    if kind == "WEBP":
        return picture(kind="WEBP", exif=exif, xmp=MARKER, icc_profile=MARKER * 10)
    return picture(exif=exif, comment=MARKER, icc_profile=MARKER * 10, xmp=MARKER)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_no_metadata_survives(kind: str) -> None:
    data = laden(kind)
    assert MARKER in data
    made = photos.prepare(data)
    for file in (made.large, made.small):
        assert MARKER not in file
        image = opened(file)
        assert dict(image.getexif()) == {}
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize(("mode", "kind"), [
    ("CMYK", "JPEG"), ("L", "JPEG"), ("P", "PNG"), ("1", "PNG"), ("I;16", "PNG"), ("RGBA", "PNG"),
    ("LA", "PNG"), ("RGBA", "WEBP"),
])  # fmt: skip
def test_every_mode_becomes_plain_rgb(mode: str, kind: str) -> None:
    image = Image.new("I;16", (60, 40)) if mode == "I;16" else Image.new(mode, (60, 40))
    file = io.BytesIO()
    image.save(file, kind)
    assert opened(photos.prepare(file.getvalue()).large).mode == "RGB"


@pytest.mark.parametrize(
    "data",
    [
        b"just a text file",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<html><script>alert(1)</script></html>",
        b"%PDF-1.7\n",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n",
        b"\xff\xd8\xff",
        b"\x89PNG\r\n\x1a\n",
        b"RIFF\x00\x00\x00\x00WEBP",
        picture(kind="GIF"),
        picture(kind="TIFF"),
        picture(kind="BMP"),
        picture(kind="ICO"),
        b"\x00" * 5000,
    ],
)
def test_what_is_no_photo_is_refused_at_the_door(data: bytes) -> None:
    with pytest.raises(PhotoRejected) as refusal:
        photos.check_upload(data)
    assert "JPEG" in refusal.value.message


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(PhotoRejected):
        photos.check_upload(b"")


def test_a_photo_of_too_many_bytes_is_refused(settings: LazySettings) -> None:
    settings.PHOTO_MAX_BYTES = 1000
    with pytest.raises(PhotoRejected):
        photos.check_upload(picture())


@pytest.mark.parametrize("size", [(10_000, 10_000), (60_000, 60_000), (2_000_000_000, 2)])
def test_a_hundred_megapixels_are_refused_from_the_header(size: tuple[int, int]) -> None:
    with pytest.raises(PhotoRejected):
        photos.check_upload(header_of(size))


def test_a_bomb_that_reaches_the_child_is_refused_there() -> None:
    with pytest.raises(PhotoRejected) as refusal:
        photos.prepare(header_of((10_000, 10_000)))
    assert refusal.value.message == "too_many_pixels"


@pytest.mark.parametrize("part", [0.05, 0.3, 0.6, 0.9])
def test_a_truncated_photo_is_set_aside(part: float) -> None:
    data = picture((800, 600), quality=95)
    with pytest.raises(PhotoRejected) as refusal:
        photos.prepare(data[: int(len(data) * part)])
    assert refusal.value.message in ("damaged", "not_a_photo")


def test_a_child_that_dies_is_a_damaged_photo() -> None:
    with pytest.raises(PhotoRejected) as refusal:
        photos._parsed(b"")
    assert refusal.value.message == "damaged"


def test_a_child_that_dies_in_the_middle_of_its_answer_is_a_damaged_photo() -> None:
    with pytest.raises(PhotoRejected) as refusal:
        photos._parsed(b'{"refusal": "", "width": 1, "height": 1, "sizes": [9, 9]}\nshort')
    assert refusal.value.message == "damaged"


def test_a_page_behind_the_pixels_does_not_come_along() -> None:
    made = photos.prepare(picture() + b"<script>alert(1)</script>")
    assert b"<script>" not in made.large + made.small


def test_every_refusal_has_a_sentence() -> None:
    assert [code for code in photos.REFUSALS if not photos.refusal_sentence(code)] == []


@pytest.mark.parametrize("size", [(1, 1), (1, 5000), (5000, 1)])
def test_odd_shapes_come_through(size: tuple[int, int]) -> None:
    assert photos.prepare(picture(size)).width == size[0]
