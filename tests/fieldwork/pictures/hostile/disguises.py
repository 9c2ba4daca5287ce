"""What is no photo but is named like one, and photos that are something else as well."""

import gzip
import io
import pickle
import struct
import tarfile
import zipfile

from PIL import Image

from tests.fieldwork.pictures.hostile.parts import (
    CANARY,
    SCRIPT,
    Hostile,
    good,
    jpeg_with,
    png_with,
    riff,
    segment,
    webp_with,
)
from tests.fieldwork.pictures.made import chunk, saved, scene

PAGE = b"<!DOCTYPE html><html><body>" + SCRIPT + b"</body></html>"
PHP = b"<?php system($_GET['c']); ?>" + CANARY
PDF = b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n%%EOF\n"
# Formats that Pillow can read and we do not want to.
PILLOW_KINDS = ("GIF", "TIFF", "BMP", "ICO", "PPM", "TGA", "PCX", "SGI", "JPEG2000", "AVIF", "DDS",
                "ICNS", "MSP", "XBM", "EPS", "DIB", "QOI", "BLP", "SPIDER")  # fmt: skip
MODES = {"MSP": "1", "XBM": "1", "SPIDER": "F", "BLP": "P"}


def archive() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        made.writestr("a.txt", CANARY)
    return file.getvalue()


def tape() -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as made:
        made.addfile(tarfile.TarInfo("../../evil"), io.BytesIO(b""))
    return file.getvalue()


def disguises() -> list[Hostile]:
    image = scene(3, (64, 64))
    texts = {
        "HTML": PAGE,
        "SVG": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        "XML that names a file": b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM "
        b"'file:///etc/passwd'>]><a>&b;</a>",
        "PostScript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(%pipe%id) (r) file\n",
        "PDF": PDF,
        "PHP": PHP,
        "shell": b"#!/bin/sh\nid\n",
        "MVG": b"push graphic-context\nfill 'url(https://example.org/x\"|id\")'\n",
        "JSON": b'{"refusal": ""}\n',
        "CSV": b"=cmd|' /C calc'!A0,1\n",
        "an ELF program": b"\x7fELF\x02\x01\x01" + bytes(200),
        "a Windows program": b"MZ" + bytes(200),
        "Java": b"\xca\xfe\xba\xbe" + bytes(60),
        "pickle": pickle.dumps({"a": 1}),
        "gzip": gzip.compress(good()),
        "zip": archive(),
        "tar": tape(),
        "HEIC": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(300),
        "MP4": b"\0\0\0\x18ftypmp42" + bytes(300),
        "sound": b"RIFF" + struct.pack("<I", 36) + b"WAVEfmt " + bytes(28),
        "film": b"RIFF" + struct.pack("<I", 36) + b"AVI LIST" + bytes(28),
        "Photoshop": b"8BPS\0\1" + bytes(60),
        "SQLite": b"SQLite format 3\0" + bytes(200),
        "zeros": bytes(5000),
        "one byte": b"\xff",
        "base64 of a JPEG": b"data:image/jpeg;base64,/9j/4AAQSkZJRg==",
        "a Git LFS pointer": b"version https://git-lfs.github.com/spec/v1\n",
        "JPEG behind a byte": b"\n" + good(),
        "PNG with Unix lines": good("PNG").replace(b"\r\n", b"\n", 1),
    }
    return [
        *(Hostile(kind, saved(image.convert(MODES.get(kind, "RGB")), kind), "refused")
          for kind in PILLOW_KINDS),
        *(Hostile(name, data, "refused") for name, data in texts.items()),
    ]  # fmt: skip


def polyglots() -> list[Hostile]:
    """Used, and nothing but the picture is left."""
    script = segment(0xFE, b"*/=1;" + SCRIPT + b"/*")
    starts_as_script = b"\xff\xd8\xff\xe0\x2f\x2a" + bytes(0x2F2A - 2) + good()[2:]
    gif = saved(Image.new("P", (8, 8)), "GIF")
    return [
        Hostile("JPEG and a page behind it", good() + PAGE, "used"),
        Hostile("JPEG and a page in its comment", jpeg_with(segment(0xFE, PAGE)), "used"),
        Hostile("JPEG and a page before its tables",
                jpeg_with(segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0"), segment(0xEF, PAGE)),
                "used"),
        Hostile("JPEG and PHP in its comment", jpeg_with(segment(0xFE, PHP)), "used"),
        Hostile("JPEG that is also JavaScript", starts_as_script, "used"),
        Hostile("JPEG with a script in its comment", jpeg_with(script), "used"),
        Hostile("JPEG and an archive", good() + archive(), "used"),
        Hostile("JPEG and a PDF", good() + PDF, "used"),
        Hostile("JPEG and a PDF in its comment", jpeg_with(segment(0xFE, PDF)), "used"),
        Hostile("JPEG and a GIF", good() + gif, "used"),
        Hostile("JPEG and a program", good() + b"\x7fELF" + bytes(99) + CANARY, "used"),
        Hostile("JPEG and a tape", good() + tape(), "used"),
        Hostile("PNG and a page behind it", good("PNG") + PAGE, "used"),
        Hostile("PNG and a page in its text",
                png_with(chunk(b"tEXt", b"Comment\0" + PAGE)), "used"),
        Hostile("PNG and a page in a chunk of its own", png_with(chunk(b"htMl", PAGE)), "used"),
        Hostile("PNG and an archive", good("PNG") + archive(), "used"),
        Hostile("PNG and PHP in its palette",
                png_with(chunk(b"PLTE", PHP[: len(PHP) // 3 * 3]))),
        Hostile("WebP and a page behind it", good("WEBP") + PAGE, "used"),
        Hostile("WebP and a page in a chunk", webp_with(riff(b"HTML", PAGE)), "used"),
        Hostile("WebP and an archive", good("WEBP") + archive(), "used"),
    ]  # fmt: skip
