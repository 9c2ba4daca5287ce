"""Colours come out as they went in, whatever the mode, the depth, the alpha or the profile."""

import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from tests.fieldwork.pictures.made import (
    SRGB,
    chunk,
    colour_at,
    icc,
    opened,
    prepared,
    saved,
    scene,
)
from tracker.fieldwork.pictures import pixels

pytestmark = [pytest.mark.once, pytest.mark.slow(3)]
SWAPPED = (SRGB[2], SRGB[1], SRGB[0])  # a profile whose red is blue
ORANGE = (240, 120, 10)


def flat(mode: str, colour: int | tuple[int, ...], kind: str, **options: object) -> bytes:
    return saved(Image.new(mode, (64, 64), colour), kind, **options)


def deep(value: int) -> bytes:
    """A PNG of 16 bits an RGB channel, which Pillow cannot write."""
    head = struct.pack(">IIBBBBB", 8, 8, 16, 2, 0, 0, 0)
    row = b"\0" + struct.pack(">3H", value, 0, 65_535) * 8
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(row * 8)) + chunk(b"IEND", b"")
    )  # fmt: skip


FLAT: dict[str, tuple[bytes, tuple[int, int, int]]] = {
    "RGB": (flat("RGB", ORANGE, "JPEG"), ORANGE),
    "grey": (flat("L", 130, "JPEG"), (130, 130, 130)),
    "CMYK": (flat("CMYK", (0, 128, 255, 0), "JPEG"), (255, 127, 0)),
    "palette": (flat("RGB", ORANGE, "PNG"), ORANGE),
    "palette of few": (
        saved(Image.new("RGB", (64, 64), ORANGE).quantize(4), "PNG"), ORANGE
    ),
    "one bit": (flat("1", 1, "PNG"), (255, 255, 255)),
    "16 bits of grey": (flat("I;16", 32_896, "PNG"), (128, 128, 128)),
    "16 bits of colour": (deep(32_896), (128, 0, 255)),
    "half clear": (flat("RGBA", (255, 0, 0, 128), "PNG"), (255, 127, 127)),
    "quite clear": (flat("RGBA", (255, 0, 0, 0), "PNG"), (255, 255, 255)),
    "half clear WebP": (flat("RGBA", (255, 0, 0, 128), "WEBP", lossless=True), (255, 127, 127)),
    "grey, half clear": (flat("LA", (0, 128), "PNG"), (127, 127, 127)),
    "a colour that is clear": (flat("RGB", ORANGE, "PNG", transparency=ORANGE), (255, 255, 255)),
    "a palette that is clear": (flat("P", 0, "PNG", transparency=0), (255, 255, 255)),
}  # fmt: skip


@pytest.mark.parametrize("name", FLAT)
def test_a_colour_comes_out_as_it_is_seen(name: str) -> None:
    data, colour = FLAT[name]
    found = colour_at(prepared(data).large, (4, 4))
    assert max(abs(one - other) for one, other in zip(found, colour, strict=True)) <= 4


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_profile_is_applied_and_dropped(kind: str) -> None:
    data = flat("RGB", (250, 10, 10), kind, icc_profile=icc(SWAPPED))
    red, green, blue = colour_at(prepared(data).large, (9, 9))
    assert red < 20
    assert green < 20
    assert blue > 230


def test_a_profile_like_ours_changes_next_to_nothing() -> None:
    image = scene(3, (320, 200), 0)
    plain = prepared(saved(image, "PNG")).large
    with_profile = prepared(saved(image, "PNG", icc_profile=icc())).large
    difference = np.abs(np.asarray(opened(plain), int) - np.asarray(opened(with_profile), int))
    assert difference.mean() < 6


def test_strips_are_the_same_as_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    image = scene(8, (7001, 601))
    whole = pixels.shrunk(image)
    monkeypatch.setattr(pixels, "STRIP_PIXELS", 100_000)
    assert pixels.shrunk(image).tobytes() == whole.tobytes()
    assert whole.size == (1751, 151)
    assert whole.tobytes() == image.reduce(4).tobytes()


LONG = (3300, 20)  # so long that it is made smaller in strips
LONG_ONES: dict[str, tuple[Image.Image, tuple[int, ...]]] = {
    "RGB": (Image.new("RGB", LONG, ORANGE), ORANGE),
    "CMYK": (Image.new("CMYK", LONG, (0, 128, 255, 0)), (0, 128, 255, 0)),
    "grey": (Image.new("L", LONG, 7), (7,)),
    "16 bits": (Image.new("I;16", LONG, 32_896), (128,)),
    "one bit": (Image.new("1", LONG, 1), (255,)),
    "palette": (Image.new("RGB", LONG, ORANGE).quantize(4), ORANGE),
    "half clear": (Image.new("RGBA", LONG, (255, 0, 0, 128)), (255, 127, 127)),
    "grey, half clear": (Image.new("LA", LONG, (0, 128)), (127, 127, 127)),
}


@pytest.mark.parametrize("name", LONG_ONES)
def test_strips_have_the_right_colour_too(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pixels, "STRIP_PIXELS", 20_000)
    image, colour = LONG_ONES[name]
    made = pixels.shrunk(image)
    assert made.size == (1650, 10)
    assert made.getextrema() == (
        tuple((value, value) for value in colour) if len(colour) > 1 else (colour[0], colour[0])
    )


def test_a_large_photo_is_as_sharp_as_one_made_without_short_cuts() -> None:
    image = scene(9, (3400, 510), 12)
    made = np.asarray(opened(prepared(saved(image, quality=90)).large), float)
    best = np.asarray(image.resize((1600, 240), Image.Resampling.LANCZOS), float)
    noise = ((made - best) ** 2).mean()
    assert 10 * np.log10(255**2 / noise) > 35  # decibels
