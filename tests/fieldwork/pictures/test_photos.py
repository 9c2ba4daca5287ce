"""Photos: upright, rebuilt from pixels, and what is no photo set aside."""

import pytest
from django.conf import LazySettings
from PIL import Image, PngImagePlugin

from tests.fieldwork.pictures.bareness import assert_clean
from tests.fieldwork.pictures.made import colour_at, opened, prepared, saved
from tests.fieldwork.pictures.made import header_of as header_of  # other tests find them here
from tests.fieldwork.pictures.made import picture as picture
from tracker.errors import PhotoRejected
from tracker.fieldwork.pictures import photos

pytestmark = [pytest.mark.once, pytest.mark.slow(5)]
MARKER = b"MARKER-OF-METADATA"
TURNS: dict[int, list[Image.Transpose]] = {
    1: [],
    2: [Image.Transpose.FLIP_LEFT_RIGHT],
    3: [Image.Transpose.ROTATE_180],
    4: [Image.Transpose.FLIP_TOP_BOTTOM],
    5: [Image.Transpose.TRANSPOSE],
    6: [Image.Transpose.ROTATE_90],
    7: [Image.Transpose.TRANSVERSE],
    8: [Image.Transpose.ROTATE_270],
}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_turned_upright(orientation: int, kind: str) -> None:
    stored = Image.new("RGB", (400, 200), "white")
    stored.paste("red", (0, 0, 200, 100))  # the red corner is at the top left
    for turn in TURNS[orientation]:
        stored = stored.transpose(turn)
    exif = Image.Exif()
    exif[0x0112] = orientation
    made = prepared(saved(stored, kind, exif=exif, quality=95))
    assert (made.width, made.height) == (400, 200)
    assert opened(made.large).size == (400, 200)
    red, white = colour_at(made.large, (50, 50)), colour_at(made.large, (350, 150))
    assert red[0] > 200 > red[1] + 100
    assert min(white) > 200


def test_the_two_sizes_are_1600_and_320_pixels() -> None:
    made = prepared(picture((3000, 2000)))
    assert (made.width, made.height) == (3000, 2000)
    assert opened(made.large).size == (1600, 1067)
    assert opened(made.small).size == (320, 213)


def test_a_small_photo_is_not_blown_up() -> None:
    assert opened(prepared(picture((100, 50))).large).size == (100, 50)


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
    made = prepared(data)
    assert_clean(made)
    for file in (made.large, made.small):
        assert MARKER not in file
        image = opened(file)
        assert dict(image.getexif()) == {}
        assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


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
        prepared(header_of((10_000, 10_000)))
    assert refusal.value.message == "too_many_pixels"


@pytest.mark.parametrize("part", [0.05, 0.3, 0.6, 0.9])
def test_a_truncated_photo_is_set_aside(part: float) -> None:
    data = picture((800, 600), quality=95)
    with pytest.raises(PhotoRejected) as refusal:
        prepared(data[: int(len(data) * part)])
    assert refusal.value.message in ("damaged", "not_a_photo")


def test_a_photo_may_have_fifty_megapixels_and_a_webp_half() -> None:
    photos.check_upload(header_of((10_000, 5_000)))
    with pytest.raises(PhotoRejected, match="51 megapixels; at most 50"):
        photos.check_upload(header_of((10_000, 5_100)))


def test_a_page_behind_the_pixels_does_not_come_along() -> None:
    made = prepared(picture() + b"<script>alert(1)</script>")
    assert b"<script>" not in made.large + made.small


def test_every_refusal_has_a_sentence_of_its_own() -> None:
    sentences = {photos.refusal_sentence(code) for code in photos.REFUSALS}
    assert len(sentences - {""}) == len(photos.REFUSALS)


def test_the_width_is_that_of_the_original_as_it_is_seen() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    made = prepared(picture((4000, 3000), exif=exif))
    assert (made.width, made.height) == (3000, 4000)
    assert opened(made.large).size == (1200, 1600)
