"""The building blocks: segments, chunks, directories, and what must never come out again."""

import struct
from functools import cache
from typing import NamedTuple

from tests.fieldwork.pictures.made import saved, scene

CANARY = b"CANARY-c0ffee"
SCRIPT = b"<script>document.title='ran'</script>"
PNG = b"\x89PNG\r\n\x1a\n"
SHORT, LONG, RATIONAL, ASCII, UNDEFINED = 3, 4, 5, 2, 7
Entry = tuple[int, int, int, bytes]  # tag, type, count, four bytes: the value or where it is


class Hostile(NamedTuple):
    """`fate` is what must become of it: used, refused, or either of the two."""

    name: str
    data: bytes
    fate: str = "either"


@cache
def good(kind: str = "JPEG", **options: object) -> bytes:
    return saved(scene(1, (96, 64)), kind, **options)


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def jpeg_with(*inserted: bytes, base: bytes = b"") -> bytes:
    """A good JPEG with segments right behind its beginning."""
    base = base or good()
    return base[:2] + b"".join(inserted) + base[2:]


def png_with(*inserted: bytes, base: bytes = b"") -> bytes:
    """A good PNG with chunks behind its header."""
    base = base or good("PNG")
    return base[:33] + b"".join(inserted) + base[33:]


def riff(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def webp(*chunks: bytes) -> bytes:
    body = b"WEBP" + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def webp_with(*inserted: bytes, flags: int = 0) -> bytes:
    """A good WebP in its extended form, with chunks behind the picture."""
    head = bytes((flags, 0, 0, 0)) + (95).to_bytes(3, "little") + (63).to_bytes(3, "little")
    return webp(riff(b"VP8X", head), good("WEBP")[12:], *inserted)


def tiff(entries: list[Entry], order: str = "<", tail: bytes = b"", after: int = 0) -> bytes:
    """An EXIF block: one directory at offset 8, then whatever its values point at."""
    head = b"II*\0" if order == "<" else b"MM\0*"
    body = b"".join(struct.pack(order + "HHI", *entry[:3]) + entry[3] for entry in entries)
    count = struct.pack(order + "H", len(entries))
    rest = struct.pack(order + "I", after) + tail
    return head + struct.pack(order + "I", 8) + count + body + rest


def short(value: int, order: str = "<") -> bytes:
    return struct.pack(order + "HH", value, 0)


def exif_jpeg(block: bytes, base: bytes = b"") -> bytes:
    return jpeg_with(segment(0xE1, b"Exif\0\0" + block), base=base)
