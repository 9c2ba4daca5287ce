"""The outside of a photo is read by lengths and numbers, and whatever it says is survived."""

import random
import time

import pytest

from tests.fieldwork.pictures.hostile.parts import (
    LONG,
    SHORT,
    exif_jpeg,
    good,
    jpeg_with,
    png_with,
    riff,
    segment,
    short,
    tiff,
    webp_with,
)
from tests.fieldwork.pictures.made import chunk, icc, opened, picture, saved, scene
from tracker.fieldwork.pictures.containers import (
    Size,
    is_bare_jpeg,
    most_pixels,
    orientation_of,
    picture_in,
    size_of,
)

pytestmark = pytest.mark.once
KINDS = ("JPEG", "PNG", "WEBP")


@pytest.mark.parametrize(("kind", "options"), [
    ("JPEG", {}), ("JPEG", {"progressive": True}), ("PNG", {}), ("WEBP", {}),
    ("WEBP", {"lossless": True}),
])  # fmt: skip
def test_kind_and_size_are_read_from_the_header(kind: str, options: dict[str, object]) -> None:
    data = saved(scene(1, (123, 45)), kind, **options)
    assert size_of(data) == Size(kind, 123, 45)


def test_the_canvas_of_an_extended_webp_is_its_size() -> None:
    assert size_of(webp_with()) == Size("WEBP", 96, 64)


@pytest.mark.parametrize("data", [b"", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WEBP",
                                  picture(kind="GIF"), b"\xff\xd8\xff\xd9"])  # fmt: skip
def test_what_is_none_of_the_three_has_no_size(data: bytes) -> None:
    assert size_of(data) is None


@pytest.mark.parametrize("kind", KINDS)
def test_no_cut_and_no_change_makes_a_reader_fail_or_linger(kind: str) -> None:
    chance = random.Random(1)
    source = good(kind)
    started = time.process_time()
    for _ in range(3000):
        data = bytearray(source[: chance.randrange(len(source))])
        for _change in range(chance.randrange(4)):
            if data:
                data[chance.randrange(len(data))] = chance.randrange(256)
        size_of(bytes(data))
        assert 1 <= picture_in(bytes(data), kind).orientation <= 8
    assert time.process_time() - started < 10


def test_a_header_of_millions_of_segments_is_not_read_to_its_end() -> None:
    started = time.process_time()
    assert size_of(jpeg_with(segment(0xFE, b"") * 2_000_000)) is None
    assert time.process_time() - started < 1


@pytest.mark.parametrize("filling", [b"\xff", b"\x00", b"\xff\x00", b"\xff\xd0", b"\x11"])
def test_twelve_megabytes_of_filling_take_no_time(filling: bytes) -> None:
    data = b"\xff\xd8\xff\xe0" + filling * (12_000_000 // len(filling)) + b"\x00"
    started = time.process_time()
    assert size_of(data) is None
    assert not is_bare_jpeg(data)
    assert picture_in(data, "JPEG").orientation == 1
    assert time.process_time() - started < 2


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("value", range(1, 9))
def test_an_orientation_is_read_in_both_orders(order: str, value: int) -> None:
    block = tiff([(0x0100, LONG, 1, bytes(4)), (0x0112, SHORT, 1, short(value, order))], order)
    assert orientation_of(block) == value
    assert orientation_of(b"Exif\0\0" + block) == value


@pytest.mark.parametrize("value", [0, 9, 65_535])
def test_an_orientation_that_there_is_not_is_upright(value: int) -> None:
    assert orientation_of(tiff([(0x0112, SHORT, 1, short(value))])) == 1


def test_an_orientation_in_another_type_is_upright() -> None:
    assert orientation_of(tiff([(0x0112, LONG, 1, short(6))])) == 1


def test_what_stands_beside_an_orientation_does_not_matter() -> None:
    wild = [(number, LONG, 2**32 - 1, b"\xff" * 4) for number in range(100)]
    assert orientation_of(tiff([*wild, (0x0112, SHORT, 1, short(6))])) == 6


@pytest.mark.parametrize("length", range(30))
def test_a_block_that_ends_early_is_upright(length: int) -> None:
    block = tiff([(0x0100, LONG, 1, bytes(4)), (0x0112, SHORT, 1, short(6))])
    assert orientation_of(block[:length]) == 1


def test_the_picture_alone_goes_to_the_decoder() -> None:
    bare = good()
    laden = jpeg_with(segment(0xFE, b"words"), segment(0xE5, b"more"), base=exif_jpeg(b"II*\0"))
    assert picture_in(laden, "JPEG").bare == bare
    laden = png_with(chunk(b"tEXt", b"a\0b"), chunk(b"acTL", bytes(8)), chunk(b"eXIf", b"MM"))
    assert picture_in(laden + b"behind", "PNG").bare == good("PNG")


def test_a_profile_is_found_in_each_format() -> None:
    half, rest = icc()[:200], icc()[200:]
    parts = [segment(0xE2, b"ICC_PROFILE\0" + bytes((number, 2)) + part)
             for number, part in ((2, rest), (1, half))]  # fmt: skip
    assert picture_in(jpeg_with(*parts), "JPEG").profile == icc()
    assert picture_in(picture(kind="PNG", icc_profile=icc()), "PNG").profile == icc()
    assert picture_in(picture(kind="WEBP", icc_profile=icc()), "WEBP").profile == icc()
    assert picture_in(webp_with(riff(b"ICCP", b"x")), "WEBP").profile == b"x"


def test_a_webp_may_have_fewer_pixels_for_it_is_drawn_on_two_canvases() -> None:
    assert [most_pixels(kind, 50_000_000) for kind in KINDS] == [50_000_000, 50_000_000, 24_000_000]
    assert most_pixels("WEBP", 10) == 10


def test_what_pillow_saves_is_bare() -> None:
    assert is_bare_jpeg(good())
    assert opened(good()).format == "JPEG"


@pytest.mark.parametrize("data", [
    b"",
    b"\xff\xd8\xff\xd9",
    good() + b"<",
    good() + good(),
    good()[:-2],
    jpeg_with(segment(0xFE, b"words")),
    jpeg_with(segment(0xE1, b"Exif\0\0")),
    jpeg_with(segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\1\1abc")),
    good(progressive=True),
    good(comment=b"words"),
    good()[:-2] + segment(0xFE, b"words") + b"\xff\xd9",
    good("PNG"),
], ids=range(12))  # fmt: skip
def test_what_has_anything_more_is_not_bare(data: bytes) -> None:
    assert not is_bare_jpeg(data)
