"""Pictures for tests, good ones; how they go through the child; what a JPEG is made of."""

import io
import struct
import zlib
from collections.abc import Iterator

import numpy as np
from PIL import Image

from tracker.fieldwork.pictures import photos, store

Size = tuple[int, int]
Colour = tuple[int, ...]
SRGB = (0.4360, 0.2225, 0.0139), (0.3851, 0.7169, 0.0971), (0.1431, 0.0606, 0.7141)  # in D50


def picture(
    size: Size = (640, 480), mode: str = "RGB", kind: str = "JPEG", **options: object
) -> bytes:
    """Red, with a blue corner at the top left."""
    image = Image.new("RGB", size, (200, 30, 30))
    image.paste((30, 30, 200), (0, 0, max(1, size[0] // 2), max(1, size[1] // 4)))
    return saved(image.convert(mode), kind, **options)


def scene(seed: int, size: Size = (640, 480), grain: int = 6) -> Image.Image:
    """Something like a photo: soft shapes of every colour, and noise."""
    random = np.random.default_rng(seed)
    shapes = random.integers(0, 255, (7, 9, 3), dtype=np.uint8)
    soft = np.asarray(Image.fromarray(shapes).resize(size, Image.Resampling.BICUBIC), dtype=int)
    noise = random.integers(-grain, grain + 1, (size[1], size[0], 1))
    return Image.fromarray(np.clip(soft + noise, 0, 255).astype(np.uint8))


def saved(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def prepared(data: bytes) -> photos.Prepared:
    """What the child makes of these bytes."""
    return photos.prepare(store.path_of(store.keep(data)))


def colour_at(data: bytes, at: Size) -> Colour:
    found = opened(data).getpixel(at)
    assert isinstance(found, tuple)
    return found


def chunk(name: bytes, body: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def header_of(size: Size, depth: int = 8, colour: int = 2, interlaced: int = 0) -> bytes:
    """A PNG whose header claims a size it has no pixels for."""
    body = struct.pack(">IIBBBBB", *size, depth, colour, 0, 0, interlaced)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", body) + chunk(b"IEND", b"")


def segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Marker and body of each segment of a JPEG, to its very end; by another road than ours."""
    assert data[:2] == b"\xff\xd8"
    at = 2
    while data[at : at + 2] != b"\xff\xd9":
        assert data[at] == 0xFF
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        marker, body = data[at + 1], data[at + 4 : at + 2 + length]
        yield marker, body
        at += 2 + length
        if marker == 0xDA:
            while data[at] != 0xFF or data[at + 1] == 0:
                at += 1
    assert at + 2 == len(data)
    yield 0xD9, b""


def icc(primaries: tuple[tuple[float, float, float], ...] = SRGB) -> bytes:
    """A small colour profile, version 2, gamma 2.2, with these red, green and blue."""
    xyz = [
        b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(value * 65536) for value in values))
        for values in (*primaries, (0.9642, 1.0, 0.8249))
    ]
    curve = b"curv\0\0\0\0" + struct.pack(">IHH", 1, 0x0233, 0)
    words = b"desc\0\0\0\0" + struct.pack(">I", 5) + b"test\0" + bytes(78)
    tags = dict(zip((b"rXYZ", b"gXYZ", b"bXYZ", b"wtpt"), xyz, strict=True))
    tags |= {b"rTRC": curve, b"gTRC": curve, b"bTRC": curve, b"desc": words, b"cprt": words}
    at, table, bodies = 132 + 12 * len(tags), b"", b""
    for name, body in tags.items():
        padded = body + bytes(-len(body) % 4)
        table += name + struct.pack(">II", at + len(bodies), len(body))
        bodies += padded
    head = struct.pack(">I4sI4s4s4s", at + len(bodies), b"test", 0x02400000, b"mntr", b"RGB ",
                       b"XYZ ")  # fmt: skip
    head += bytes(12) + b"acsp" + bytes(28) + struct.pack(">3i", 63190, 65536, 54061) + bytes(48)
    return head[:128].ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + bodies
