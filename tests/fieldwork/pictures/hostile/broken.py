"""Photos that are cut, or wrong inside."""

import random
import struct

from tests.fieldwork.pictures.hostile.bombs import canvas
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
from tests.fieldwork.pictures.made import chunk, header_of, saved, scene

KINDS = ("JPEG", "PNG", "WEBP")


def truncated() -> list[Hostile]:
    """Cut at many places; nothing of these is a whole photo."""
    sources = {"JPEG": good(quality=95), "PNG": good("PNG"), "WebP": good("WEBP"),
               "progressive JPEG": good(quality=95, progressive=True)}  # fmt: skip
    return [
        Hostile(f"{kind} cut at {part} of 16", data[: len(data) * part // 16], fate)
        for kind, data in sources.items()
        for part in (0, 1, 3, 5, 8, 11, 14)
        for fate in ["refused" if kind != "progressive JPEG" else "either"]
        if part
    ] + [
        Hostile(f"{kind} of {length} bytes", sources[kind][:length], "refused")
        for kind in ("JPEG", "PNG", "WebP")
        for length in (2, 3, 11, 17)
    ]


def replaced(data: bytes, old: bytes, new: bytes) -> bytes:
    assert old in data
    return data.replace(old, new, 1)


def zeroed(data: bytes, marker: bytes, skip: int, length: int) -> bytes:
    at = data.index(marker) + skip
    return data[:at] + bytes(length) + data[at + length :]


def broken() -> list[Hostile]:
    jpeg, png, wp = (good(kind) for kind in KINDS)
    frame = jpeg.index(b"\xff\xc0")
    noise = random.Random(5)
    body = png[33 + 8 : -16]
    files = {
        "JPEG without tables of steps": replaced(jpeg, b"\xff\xdb", b"\xff\xee"),
        "JPEG with steps of zero": zeroed(jpeg, b"\xff\xdb", 5, 64),
        "JPEG without tables of codes": replaced(jpeg, b"\xff\xc4", b"\xff\xee"),
        "JPEG with codes of zeros": zeroed(jpeg, b"\xff\xc4", 5, 26),
        "JPEG with codes too long": jpeg[: jpeg.index(b"\xff\xc4") + 5] + b"\xff" * 16
        + jpeg[jpeg.index(b"\xff\xc4") + 21 :],
        "JPEG of 255 components": jpeg[: frame + 9] + b"\xff" + jpeg[frame + 10 :],
        "JPEG of 2 components": jpeg[: frame + 9] + b"\x02" + jpeg[frame + 10 :],
        "JPEG of 12 bits": jpeg[: frame + 4] + b"\x0c" + jpeg[frame + 5 :],
        "JPEG sampled 15 by 15": jpeg[: frame + 11] + b"\xff" + jpeg[frame + 12 :],
        "JPEG sampled 0 by 0": jpeg[: frame + 11] + b"\0" + jpeg[frame + 12 :],
        "JPEG in arithmetic code": replaced(jpeg, b"\xff\xc0", b"\xff\xc9"),
        "JPEG without loss": replaced(jpeg, b"\xff\xc0", b"\xff\xc3"),
        "JPEG hierarchical": replaced(jpeg, b"\xff\xc0", b"\xff\xc5"),
        "JPEG with two frames": jpeg[:frame] + jpeg[frame : frame + 19] + jpeg[frame:],
        "JPEG whose second frame is larger": jpeg[: frame + 19] + segment(
            0xC0, b"\x08\x40\x00\x40\x00" + jpeg[frame + 9 : frame + 19]) + jpeg[frame + 19 :],
        "JPEG without a scan": jpeg[: jpeg.index(b"\xff\xda")] + b"\xff\xd9",
        "JPEG of noise": jpeg[:700] + noise.randbytes(3000) + b"\xff\xd9",
        "JPEG with a restart of 1": jpeg_with(segment(0xDD, b"\0\1")),
        "JPEG of markers only": b"\xff\xd8" + bytes((0xFF, 0xD0)) * 500 + b"\xff\xd9",
        "PNG with a wrong sum": png[:29] + bytes(4) + png[33:],
        "PNG without pixels": png[:33] + chunk(b"IEND", b""),
        "PNG without an end": png[:-12],
        "PNG with its header twice": png_with(png[8:33]),
        "PNG whose second header is larger": png_with(header_of((30_000, 30_000))[8:33]),
        "PNG of noise": png[:33] + chunk(b"IDAT", noise.randbytes(900)) + png[-12:],
        "PNG in chunks of a byte": png[:33] + b"".join(
            chunk(b"IDAT", body[at : at + 1]) for at in range(0, len(body), 1)) + png[-12:],
        "PNG of colour 5": header_of((9, 9), colour=5),
        "PNG of depth 7": header_of((9, 9), depth=7),
        "PNG without its palette": header_of((9, 9), colour=3),
        "PNG of no width": header_of((0, 9)),
        "PNG of no height": header_of((9, 0)),
        "PNG header of 9 bytes": PNG + chunk(b"IHDR", bytes(9)),
        "PNG: transparency too long": png_with(chunk(b"tRNS", bytes(999))),
        "PNG: an unknown critical chunk": png_with(chunk(b"EVIL", bytes(9))),
        "PNG: gamma of zero": png_with(chunk(b"gAMA", bytes(4))),
        "WebP of noise": wp[:40] + noise.randbytes(500),
        "WebP without a picture": webp(riff(b"VP8X", bytes(10))),
        "WebP with the wrong key": replaced(wp, b"\x9d\x01\x2a", b"\x9d\x01\x2b"),
        "WebP of no size": zeroed(wp, b"\x9d\x01\x2a", 3, 4),
        "WebP: frames without a canvas": webp(riff(b"ANIM", bytes(6)), riff(b"ANMF", bytes(30))),
        "WebP: lossless noise": webp(riff(b"VP8L", b"\x2f" + noise.randbytes(300))),
        "WebP: canvas of another size": canvas(200, 100),
    }  # fmt: skip
    return [Hostile(name, data) for name, data in files.items()]


def lengths() -> list[Hostile]:
    """Lengths that lie."""
    jpeg, png, wp = (good(kind) for kind in KINDS)
    files = {
        **{f"JPEG segment of {length}": jpeg[:2] + b"\xff\xfe" + struct.pack(">H", length)
           + jpeg[2:] for length in (0, 1, 2, 65_535)},
        "JPEG frame of 2": replaced(jpeg, b"\xff\xc0\x00\x11", b"\xff\xc0\x00\x02"),
        "JPEG frame of 65,535": replaced(jpeg, b"\xff\xc0\x00\x11", b"\xff\xc0\xff\xff"),
        "JPEG scan of 0": replaced(jpeg, b"\xff\xda\x00\x0c", b"\xff\xda\x00\x00"),
        **{f"PNG chunk of {length}": png_with(struct.pack(">I", length) + b"tEXt")
           for length in (2**31, 2**32 - 1, 2**31 - 1, 100_000)},
        "PNG header of 4 GB": png[:8] + b"\xff\xff\xff\xff" + png[12:],
        "PNG pixels of 4 GB": png[:33] + b"\xff\xff\xff\xff" + png[37:],
        **{f"WebP of {length}": wp[:4] + struct.pack("<I", length) + wp[8:]
           for length in (0, 1, 12, 2**31, 2**32 - 1)},
        **{f"WebP picture of {length}": wp[:16] + struct.pack("<I", length) + wp[20:]
           for length in (0, 1, 2**31, 2**32 - 1)},
    }  # fmt: skip
    return [Hostile(name, data) for name, data in files.items()]


def mutants(count: int, seed: int) -> list[bytes]:
    """Good files with a few bytes changed, taken out, doubled or cut; the same for a seed."""
    chance = random.Random(seed)
    sources = [saved(scene(4, (80, 60)), kind, **options) for kind, options in (
        ("JPEG", {}), ("JPEG", {"progressive": True}), ("PNG", {}), ("WEBP", {}),
        ("WEBP", {"lossless": True}),
    )]  # fmt: skip
    return [_mutant(chance.choice(sources), chance) for _ in range(count)]


def _mutant(source: bytes, chance: random.Random) -> bytes:
    data = bytearray(source)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at = min(int(len(data) * chance.random() ** 2), len(data) - 1)  # heads above all
        way = chance.randrange(5)
        if way < 3:
            data[at] = chance.choice((0, 1, 0x7F, 0xFF, chance.randrange(256)))
        elif way == 3:
            del data[at : at + chance.randrange(1, 9)]
        else:
            data[at:at] = data[at : at + chance.randrange(1, 9)]
        data = data or bytearray(b"\0")
    return bytes(data)
