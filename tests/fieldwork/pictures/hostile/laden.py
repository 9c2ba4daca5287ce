"""Photos with something beside the picture: all of these are used, and only the picture is."""

import struct
import zlib

from tests.fieldwork.pictures.hostile.parts import (
    ASCII,
    CANARY,
    LONG,
    RATIONAL,
    SCRIPT,
    SHORT,
    UNDEFINED,
    Hostile,
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
from tests.fieldwork.pictures.made import chunk, icc, picture

ORIENTED = (0x0112, SHORT, 1, short(6))
XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + CANARY + SCRIPT + b"</x:xmpmeta>"


def at(offset: int) -> bytes:
    return struct.pack("<I", offset)


def laden() -> list[Hostile]:
    maker = tiff([(0x010F, ASCII, len(CANARY), at(26))], tail=CANARY)
    place = tiff(
        [(0x8825, LONG, 1, at(26))],
        tail=struct.pack("<HHHI", 1, 2, RATIONAL, 3) + at(44) + at(0) + CANARY,
    )
    inner = picture((16, 16), comment=CANARY)
    thumb = tiff([(0x0201, LONG, 1, at(38)), (0x0202, LONG, 1, at(len(inner)))], tail=inner)
    packed = zlib.compress(CANARY + SCRIPT)
    files = {
        "JPEG: maker": exif_jpeg(maker),
        "JPEG: position": exif_jpeg(place),
        "JPEG: a smaller picture": exif_jpeg(thumb),
        "JPEG: two EXIF blocks": exif_jpeg(maker, exif_jpeg(place)),
        "JPEG: EXIF of 64 kB": exif_jpeg(maker + CANARY * 5000),
        "JPEG: comment": jpeg_with(segment(0xFE, CANARY + SCRIPT)),
        "JPEG: comment of 64 kB": jpeg_with(segment(0xFE, CANARY * 5000)),
        "JPEG: 200 comments": jpeg_with(segment(0xFE, CANARY) * 200),
        "JPEG: comment behind the tables": good().replace(
            b"\xff\xda", segment(0xFE, CANARY) + b"\xff\xda", 1
        ),
        "JPEG: XMP": jpeg_with(segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + XMP)),
        "JPEG: Photoshop": jpeg_with(segment(0xED, b"Photoshop 3.0\x008BIM\4\4\0\0\0\0\0\x0d"
                                             + CANARY + b"\0")),
        "JPEG: colour profile": jpeg_with(segment(0xE2, b"ICC_PROFILE\0\1\1" + icc() + CANARY)),
        "JPEG: FlashPix": jpeg_with(segment(0xE2, b"FPXR\0" + CANARY)),
        "JPEG: JFIF with a thumbnail": jpeg_with(
            segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\x04\x01" + CANARY[:12])
        ),
        "JPEG: JFXX": jpeg_with(segment(0xE0, b"JFXX\0\x10" + inner)),
        "JPEG: Adobe with more": jpeg_with(segment(0xEE, b"Adobe\0d\0\0\0\0\1" + CANARY)),
        **{f"JPEG: APP{number}": jpeg_with(segment(0xE0 + number, CANARY + SCRIPT))
           for number in range(1, 16)},
        "PNG: tEXt": png_with(chunk(b"tEXt", b"Comment\0" + CANARY + SCRIPT)),
        "PNG: zTXt": png_with(chunk(b"zTXt", b"Comment\0\0" + packed)),
        "PNG: iTXt": png_with(chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + XMP)),
        "PNG: eXIf": png_with(chunk(b"eXIf", maker)),
        "PNG: raw profile": png_with(chunk(b"tEXt", b"Raw profile type exif\0\nexif\n4\n00zz")),
        "PNG: iCCP": png_with(chunk(b"iCCP", b"icc\0\0" + zlib.compress(icc() + CANARY))),
        "PNG: unknown chunk": png_with(chunk(b"prVt", CANARY)),
        "PNG: time": png_with(chunk(b"tIME", CANARY[:7])),
        "PNG: splt": png_with(chunk(b"sPLT", CANARY + b"\0\x08")),
        "WebP: EXIF": webp_with(riff(b"EXIF", maker), flags=8),
        "WebP: XMP": webp_with(riff(b"XMP ", XMP), flags=4),
        "WebP: unknown chunk": webp_with(riff(b"JUNK", CANARY)),
        "WebP: EXIF without its flag": webp_with(riff(b"EXIF", maker)),
    }  # fmt: skip
    return [Hostile(name, data, "used") for name, data in files.items()]


def exif_tricks() -> list[Hostile]:
    """Blocks that lead readers astray. The picture is good, so it is used."""
    many = [(number, LONG, 1, at(8)) for number in range(3000)]
    blocks = {
        "empty": b"",
        "cut in its head": b"II*",
        "of no order": b"XX*\0" + at(8) + bytes(40),
        "first directory far away": b"II*\0" + at(2**31) + bytes(20),
        "first directory at itself": b"II*\0" + at(0) + bytes(20),
        "big-endian that says little": b"MM*\0" + at(8) + bytes(40),
        "next directory is this one": tiff([ORIENTED], after=8),
        "EXIF directory is this one": tiff([(0x8769, LONG, 1, at(8)), ORIENTED]),
        "position directory is this one": tiff([(0x8825, LONG, 1, at(8)), ORIENTED]),
        "65,535 entries": b"II*\0" + at(8) + b"\xff\xff" + bytes(3000),
        "3,000 entries": tiff([*many, ORIENTED]),
        "four billion values": tiff([(0x0100, LONG, 2**32 - 1, at(8)), ORIENTED]),
        "a value behind the end": tiff([(0x010E, ASCII, 4000, at(2**32 - 8)), ORIENTED]),
        "every value the whole block": tiff(
            [(number, UNDEFINED, 30_000, at(8)) for number in range(2500)], tail=bytes(2000)
        ),
        "a type of no kind": tiff([(0x0112, 99, 1, short(6)), ORIENTED]),
        "rational zero": tiff([(0x011A, RATIONAL, 1, at(38)), ORIENTED], tail=bytes(16)),
        "resolution of one byte": tiff([(0x0128, SHORT, 1, short(2)), (0x011A, UNDEFINED, 1,
                                                                      b"x\0\0\0")]),
        "resolution not a number": tiff([(0x0128, SHORT, 1, short(2)), (0x011A, 11, 1,
                                                                       b"\0\0\xc0\x7f")]),
        **{f"orientation {value}": tiff([(0x0112, SHORT, 1, short(value))])
           for value in (0, 9, 255, 65_535)},
        "orientation as a long": tiff([(0x0112, LONG, 1, at(6))]),
        "orientation as text": tiff([(0x0112, ASCII, 2, b"6\0\0\0")]),
        "orientation of many values": tiff([(0x0112, SHORT, 900, at(8))]),
        "two orientations": tiff([(0x0112, SHORT, 1, short(3)), ORIENTED]),
        "text that runs backwards": tiff([(0x010E, ASCII, 9, at(38)), ORIENTED],
                                         tail="\u202egpj.exe".encode()),
        "a date that never was": tiff([(0x0132, ASCII, 20, at(38)), ORIENTED],
                                      tail=b"9999:99:99 99:99:99\0"),
        "NUL in every text": tiff([(0x010F, ASCII, 8, at(38)), ORIENTED], tail=bytes(8)),
    }  # fmt: skip
    return [
        *(Hostile(f"JPEG: {name}", exif_jpeg(block), "used") for name, block in blocks.items()),
        *(Hostile(f"PNG: {name}", png_with(chunk(b"eXIf", blocks[name])), "used")
          for name in ("empty", "3,000 entries", "next directory is this one", "rational zero")),
        *(Hostile(f"WebP: {name}", webp_with(riff(b"EXIF", blocks[name]), flags=8), "used")
          for name in ("empty", "3,000 entries", "next directory is this one", "rational zero")),
    ]  # fmt: skip


def colour_profiles() -> list[Hostile]:
    """Profiles that make no sense: the picture is used as if it had none."""
    right = icc()
    profiles = {
        "garbage": CANARY * 40,
        "empty": b"",
        "cut": right[:200],
        "claims 4 GB": b"\xff\xff\xff\xff" + right[4:],
        "a billion tags": right[:128] + b"\x3b\x9a\xca\x00" + right[132:],
        "tags far away": right[:132] + b"rXYZ" + b"\xff\xff\xff\xf0" * 2 + right[144:],
        "for CMYK": right[:16] + b"CMYK" + right[20:],
        "for grey": right[:16] + b"GRAY" + right[20:],
        "for Lab": right[:16] + b"Lab " + right[20:],
        "a link of devices": right[:12] + b"link" + right[16:],
        "no signature": right.replace(b"acsp", b"abcd"),
        "a curve of a billion points": right.replace(
            b"curv\0\0\0\0\0\0\0\1", b"curv\0\0\0\0\x3b\x9a\xca\0"
        ),
    }
    return [
        *(Hostile(f"JPEG: {name}",
                  jpeg_with(segment(0xE2, b"ICC_PROFILE\0\1\1" + profile)), "used")
          for name, profile in profiles.items()),
        Hostile("JPEG: one part of 255", jpeg_with(segment(0xE2, b"ICC_PROFILE\0\1\xff" + right)),
                "used"),
        Hostile("JPEG: the same part often",
                jpeg_with(segment(0xE2, b"ICC_PROFILE\0\1\2" + right) * 50), "used"),
        Hostile("PNG: no compressed profile",
                png_with(chunk(b"iCCP", b"icc\0\0" + CANARY)), "used"),
        Hostile("WebP: garbage", webp_with(riff(b"ICCP", CANARY), flags=32), "used"),
    ]  # fmt: skip
