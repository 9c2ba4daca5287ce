"""Small files that claim or become something huge, or that take for ever."""

import struct
import zlib
from functools import cache

from PIL import Image

from tests.fieldwork.pictures.hostile.parts import (
    PNG,
    Hostile,
    good,
    jpeg_with,
    png_with,
    riff,
    segment,
    webp,
)
from tests.fieldwork.pictures.made import Size, chunk, header_of, saved, scene


def real_png(size: Size, depth: int, colour: int, row_bytes: int, interlaced: int = 0) -> bytes:
    """A PNG of zeros that really has so many."""
    head = struct.pack(">IIBBBBB", *size, depth, colour, 0, 0, interlaced)
    packer = zlib.compressobj(6)
    row = bytes(row_bytes + 1)
    packed = b"".join(packer.compress(row * 100) for _ in range(size[1] // 100)) + packer.flush()
    return PNG + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def lossless(size: Size) -> bytes:
    """A WebP of one colour and any size: its pixels take no bits at all."""
    found = saved(Image.new("RGB", (16, 16), (9, 9, 9)), "WEBP", lossless=True)
    at = found.index(b"VP8L") + 9
    (bits,) = struct.unpack_from("<I", found, at)
    bits = bits & ~0xFFFFFFF | (size[0] - 1) | (size[1] - 1) << 14
    return found[:at] + struct.pack("<I", bits) + found[at + 4 :]


def sized_jpeg(width: int, height: int, base: bytes = b"") -> bytes:
    """A good JPEG that claims another size."""
    base = base or good()
    at = next(base.index(bytes((0xFF, kind))) for kind in (0xC0, 0xC2)
              if bytes((0xFF, kind)) in base)  # fmt: skip
    return base[: at + 5] + struct.pack(">HH", height, width) + base[at + 9 :]


def canvas(width: int, height: int) -> bytes:
    """A WebP whose canvas is larger than its picture."""
    sides = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return webp(riff(b"VP8X", bytes(4) + sides), good("WEBP")[12:])


@cache
def bombs() -> list[Hostile]:
    text = zlib.compress(bytes(30_000_000))
    return [
        *(Hostile(f"PNG header {width}x{height}", header_of((width, height)), "refused")
          for width, height in ((60_000, 60_000), (2**31 - 1, 1), (2**31 - 1, 2**31 - 1),
                                (2**32 - 1, 2**32 - 1), (10_000, 5_001))),
        Hostile("PNG of 1 bit, 400 MP", real_png((20_000, 20_000), 1, 0, 2500), "refused"),
        Hostile("PNG of 1 bit, 49 MP", real_png((7000, 7000), 1, 0, 875), "used"),
        Hostile("PNG of 16 bits and alpha, 5 MP", real_png((2500, 2000), 16, 6, 20_000), "used"),
        *(Hostile(f"JPEG claims {width}x{height}", sized_jpeg(width, height), "refused")
          for width, height in ((65_500, 65_500), (65_535, 1000), (0, 0), (96, 0), (0, 64))),
        Hostile("progressive JPEG claims 4 GP",
                sized_jpeg(65_500, 65_500, good(progressive=True)), "refused"),
        Hostile("progressive JPEG claims 49 MP",
                sized_jpeg(7000, 7000, good(progressive=True))),
        Hostile("JPEG claims 49 MP of an icon", sized_jpeg(7000, 7000)),
        *(Hostile(f"WebP of nothing, {side} px", lossless((side, side)), fate)
          for side, fate in ((16_383, "refused"), (5000, "refused"), (4800, "either"))),
        Hostile("WebP canvas of 281 terapixels", canvas(2**24, 2**24), "refused"),
        Hostile("WebP canvas of 24 MP", canvas(6000, 4000)),
        Hostile("zTXt of 30 MB", png_with(chunk(b"zTXt", b"Comment\0\0" + text)), "used"),
        Hostile("a hundred zTXt", png_with(*[chunk(b"zTXt", b"C\0\0" + text)] * 100), "used"),
        Hostile("iTXt of 30 MB", png_with(chunk(b"iTXt", b"C\0\1\0\0\0" + text)), "used"),
        Hostile("iCCP of 30 MB", png_with(chunk(b"iCCP", b"icc\0\0" + text)), "used"),
        Hostile("IDAT of 30 MB for an icon",
                png_with(chunk(b"IDAT", text), base=header_of((2, 2)))),
    ]  # fmt: skip


@cache
def many_frames() -> list[Hostile]:
    """Only the first is ever looked at."""
    frames = [scene(seed, (48, 32)) for seed in range(40)]
    wide = [Image.new("RGB", (2000, 1500), (number, 0, 0)) for number in range(12)]
    apng = saved(frames[0], "PNG", save_all=True, append_images=frames[1:])
    head = struct.pack(">II", 2**31 - 1, 0)
    control = struct.pack(">IIIIIHHBB", 0, 30_000, 30_000, 0, 0, 1, 1, 0, 0)
    return [
        Hostile("animated PNG", apng, "used"),
        Hostile("animated PNG of wide frames",
                saved(wide[0], "PNG", save_all=True, append_images=wide[1:]), "used"),
        Hostile("animated PNG of two billion frames", png_with(chunk(b"acTL", head)), "used"),
        Hostile("animated PNG with a frame of 900 MP",
                png_with(chunk(b"acTL", struct.pack(">II", 2, 0)), chunk(b"fcTL", control)),
                "used"),
        Hostile("animated PNG without its frames", apng[: len(apng) // 2]),
        Hostile("animated WebP", saved(frames[0], "WEBP", save_all=True,
                                       append_images=frames[1:], lossless=True), "used"),
        Hostile("animated WebP of wide frames",
                saved(wide[0], "WEBP", save_all=True, append_images=wide[1:]), "used"),
        Hostile("several pictures in one (MPO)",
                saved(frames[0], "MPO", save_all=True, append_images=frames[1:]), "used"),
        Hostile("two JPEGs end to end", good() * 2, "used"),
        Hostile("five thousand JPEGs end to end", good() * 1000, "used"),
    ]  # fmt: skip


@cache
def slow_ones() -> list[Hostile]:
    """Much work for few bytes."""
    progressive = saved(scene(2, (3000, 2000), 0), "JPEG", quality=5, progressive=True)
    last = progressive.rindex(b"\xff\xda")
    again = progressive[:-2] + progressive[last:-2] * 60 + b"\xff\xd9"
    return [
        Hostile("the same scan sixty times", again),
        Hostile("a million restarts", good()[:-2] + b"\xff\xd0" * 1_000_000 + b"\xff\xd9"),
        Hostile("fill bytes, two millions", jpeg_with(b"\xff" * 2_000_000), "used"),
        Hostile("junk before the tables", jpeg_with(b"\x11" * 2_000_000)),
        Hostile("ten thousand empty comments", jpeg_with(segment(0xFE, b"") * 10_000), "refused"),
        Hostile("thirty thousand empty chunks", png_with(chunk(b"teSt", b"") * 30_000), "used"),
        Hostile("PNG interlaced, 5 MP", real_png((2500, 2000), 8, 2, 7600, 1)),
        Hostile("a palette defined a thousand times",
                png_with(*[chunk(b"PLTE", bytes(768))] * 1000)),
    ]  # fmt: skip
