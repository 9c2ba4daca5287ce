"""The outside of a photo: which of three formats, how large, which way up. No pixel is decoded.

Pure and bounded, so that the web process may read any upload: it looks at lengths and a few
numbers. The decoder is given the bare picture; comments, positions and frames stay behind.
JPEG: ITU-T T.81 annex B. PNG: W3C PNG 3. WebP: RFC 9649. EXIF: CIPA DC-008.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from typing import NamedTuple

MOST_SEGMENTS = 4000  # before the pixels; photos have fewer than 200
PROFILE_BYTES = 2_000_000
# libwebp draws on two canvases and Pillow copies twice: four pictures at once, whatever is in it.
WEBP_PIXELS = 24_000_000
_MARKER = re.compile(rb"\xff([^\x00\xff])")  # linear in the length, whatever the bytes
_ALONE = {0x01, *range(0xD0, 0xD9)}  # markers without a length
_SIZES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  # SOF0 …
_SCAN, _END = 0xDA, 0xD9
_NEEDED = {0xC4, 0xCC, 0xDB, 0xDD, 0xE0, 0xEE, _SCAN} | _SIZES  # tables, JFIF and Adobe's colours
_BARE = {0xC0, 0xC4, 0xDB, 0xE0, _SCAN}
_PNG = b"\x89PNG\r\n\x1a\n"
_JFIF_BYTES = 18  # APP0 without a thumbnail
_SHORT, _ORIENTATION = 3, 0x0112


class Size(NamedTuple):
    """What the header claims: JPEG, PNG or WEBP, and pixels as stored."""

    kind: str
    width: int
    height: int


class Picture(NamedTuple):
    """The picture alone, and the two things beside it that change how it looks."""

    bare: bytes
    orientation: int  # 1 to 8
    profile: bytes  # ICC; empty where there is none


def size_of(data: bytes) -> Size | None:
    """The size a header claims; None where this is no JPEG, PNG or WebP with pixels."""
    try:
        if data.startswith(b"\xff\xd8\xff"):
            found = _jpeg_size(data)
        elif data.startswith(_PNG) and data[12:16] == b"IHDR":
            found = Size("PNG", *struct.unpack_from(">II", data, 16))
        elif data.startswith(b"RIFF") and data[8:12] == b"WEBP":
            found = _webp_size(data)
        else:
            return None
    except struct.error:
        return None
    return found if found and found.width and found.height else None


def most_pixels(kind: str, limit: int) -> int:
    """How many pixels of this format fit into the child's memory, and into the setting."""
    return min(limit, WEBP_PIXELS) if kind == "WEBP" else limit


def picture_in(data: bytes, kind: str) -> Picture:
    """Take a photo of a known kind apart."""
    if kind == "JPEG":
        return _jpeg_picture(data)
    return _png_picture(data) if kind == "PNG" else _webp_picture(data)


def orientation_of(exif: bytes) -> int:
    """1 to 8 from the first directory; 1 where it is missing or cannot be understood."""
    tiff = exif.removeprefix(b"Exif\0\0")
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2], "")
    if not order:
        return 1
    try:
        (first,) = struct.unpack_from(order + "I", tiff, 4)
        (count,) = struct.unpack_from(order + "H", tiff, first)
        for number in range(count):
            entry = struct.unpack_from(order + "HHIH", tiff, first + 2 + 12 * number)
            if entry[:2] == (_ORIENTATION, _SHORT):
                return entry[3] if 1 <= entry[3] <= 8 else 1
    except struct.error:
        return 1
    return 1


def is_bare_jpeg(data: bytes) -> bool:
    """Whether a JPEG is nothing but tables and one scan: what we make, and all we serve."""
    end = 0
    for marker, start, end in _segments(data):
        if marker not in _BARE or (marker == 0xE0 and end - start != _JFIF_BYTES):
            return False
        if marker == _SCAN:
            break
    else:
        return False
    ends = [found.start() for found in _MARKER.finditer(data, end)]
    return data[:2] == b"\xff\xd8" and ends == [len(data) - 2] and data[-1] == _END


def _segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Marker, start and end of each segment of a JPEG, up to its first scan."""
    position = 2
    for _number in range(MOST_SEGMENTS):
        found = _MARKER.search(data, position)
        if found is None or found[1][0] == _END:
            return
        position, marker = found.end(), found[1][0]
        if marker in _ALONE:
            continue
        if position + 2 > len(data):
            return
        (length,) = struct.unpack_from(">H", data, position)
        yield marker, position - 2, position + length
        if marker == _SCAN or length < 2:
            return
        position += length


def _jpeg_size(data: bytes) -> Size | None:
    for marker, start, _end in _segments(data):
        if marker in _SIZES:
            height, width = struct.unpack_from(">HH", data, start + 5)
            return Size("JPEG", width, height)
    return None


def _jpeg_picture(data: bytes) -> Picture:
    """Everything up to the first scan is chosen, the scans themselves are taken as they are."""
    parts, profiles, exif, end = [data[:2]], [], b"", 2
    for marker, start, end in _segments(data):
        body = data[start + 4 : end]
        if marker in _NEEDED:
            parts.append(data[start:end])
        elif marker == 0xE1 and body.startswith(b"Exif\0\0"):
            exif = exif or body
        elif marker == 0xE2 and body.startswith(b"ICC_PROFILE\0"):
            profiles.append((body[12:13], body[14:]))
    profile = b"".join(part for _number, part in sorted(profiles))
    return Picture(b"".join([*parts, data[end:]]), orientation_of(exif), profile)


def _chunks(data: bytes, start: int, order: str) -> Iterator[tuple[bytes, int, int]]:
    """Name, start and end of the body of each chunk; PNG (">") and RIFF ("<") in turn."""
    position = start
    while position + 8 <= len(data):
        name, number = (4, 0) if order == ">" else (0, 4)
        (length,) = struct.unpack_from(order + "I", data, position + number)
        yield data[position + name : position + name + 4], position + 8, position + 8 + length
        position += 12 + length if order == ">" else 8 + length + length % 2


def _png_picture(data: bytes) -> Picture:
    """Critical chunks and transparency; text, time, frames and unknown chunks stay behind."""
    parts, exif, profile = [_PNG], b"", b""
    for name, start, end in _chunks(data, len(_PNG), ">"):
        if name[:1].isupper() or name == b"tRNS":
            parts.append(data[start - 8 : end + 4])
        elif name == b"eXIf":
            exif = exif or data[start:end]
        elif name == b"iCCP":
            profile = profile or _inflated(data[start:end].partition(b"\0")[2][1:])
        if name == b"IEND":
            break
    return Picture(b"".join(parts), orientation_of(exif), profile)


def _inflated(data: bytes) -> bytes:
    """A compressed profile, as far as one may be long."""
    try:
        return zlib.decompressobj().decompress(data, PROFILE_BYTES)
    except zlib.error:
        return b""


def _webp_size(data: bytes) -> Size | None:
    name = data[12:16]
    if name == b"VP8X":
        width, height = (int.from_bytes(data[at : at + 3], "little") + 1 for at in (24, 27))
        return Size("WEBP", width, height) if len(data) >= 30 else None
    if name == b"VP8L" and data[20:21] == b"\x2f":
        (bits,) = struct.unpack_from("<I", data, 21)
        return Size("WEBP", (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    if name == b"VP8 " and data[23:26] == b"\x9d\x01\x2a":
        width, height = struct.unpack_from("<HH", data, 26)
        return Size("WEBP", width & 0x3FFF, height & 0x3FFF)
    return None


def _webp_picture(data: bytes) -> Picture:
    """libwebp keeps to the picture by itself; only the two things beside it are looked for."""
    beside = {b"EXIF": b"", b"ICCP": b""}
    for name, start, end in _chunks(data, 12, "<"):
        if name in beside and not beside[name]:
            beside[name] = data[start:end]
    return Picture(data, orientation_of(beside[b"EXIF"]), beside[b"ICCP"])
