"""Decodes one photo in a process of its own, which `photos.prepare` starts.

The photo is its standard input. On standard output comes one line of JSON and then the two
JPEG files, or one line with a refusal. It imports no Django and holds no secret.
"""

import io
import json
import sys
import warnings
from collections.abc import Callable

from PIL import Image, ImageFile, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

from tracker.fieldwork.pictures.confinement import confine
from tracker.fieldwork.pictures.containers import Picture, most_pixels, picture_in, size_of
from tracker.fieldwork.pictures.pixels import LARGE, SMALL, hash_of, jpeg, upright, within

READERS: dict[str, Callable[[io.BytesIO], ImageFile.ImageFile]] = {
    "JPEG": JpegImagePlugin.JpegImageFile,
    "PNG": PngImagePlugin.PngImageFile,
    "WEBP": WebPImagePlugin.WebPImageFile,
}
Header = dict[str, str | int | list[int]]


def decode(data: bytes, limit: int) -> tuple[Header, list[bytes]]:
    """Header and files, or a header with a refusal and no files."""
    size = size_of(data)
    if size is None:
        return {"refusal": "not_a_photo"}, []
    if size.width * size.height > most_pixels(size.kind, limit):
        return {"refusal": "too_many_pixels"}, []
    try:
        return _made(picture_in(data, size.kind), size.kind, (size.width, size.height))
    except MemoryError:
        return {"refusal": "too_many_pixels"}, []
    except Exception:  # noqa: BLE001  # truncated, damaged or hostile: Pillow raises many kinds
        return {"refusal": "damaged"}, []


def _made(picture: Picture, kind: str, size: tuple[int, int]) -> tuple[Header, list[bytes]]:
    image = READERS[kind](io.BytesIO(picture.bare))
    if image.size != size:
        return {"refusal": "damaged"}, []  # two headers that disagree
    longest = max(size)
    # A JPEG can be decoded at a half, a quarter or an eighth, which is many times quicker.
    image.draft(
        None, (max(1, size[0] * LARGE[0] // longest), max(1, size[1] * LARGE[0] // longest))
    )
    image.load()
    seen = upright(image, orientation=picture.orientation, profile=picture.profile)
    files = [jpeg(within(seen, side), quality) for side, quality in (LARGE, SMALL)]
    width, height = size if picture.orientation < 5 else size[::-1]
    header: Header = {"refusal": "", "width": width, "height": height, "hash": hash_of(seen)}
    return header | {"sizes": [len(file) for file in files]}, files


def main(limit: int, seconds: int) -> None:
    """Confine this process, then read, decode and answer."""
    Image.preinit()  # nothing can be imported once it is confined
    Image.MAX_IMAGE_PIXELS = None  # checked before, with a clearer word
    warnings.simplefilter("ignore")
    confine(seconds=seconds)
    header, files = decode(sys.stdin.buffer.read(), limit)
    out = sys.stdout.buffer
    out.write(json.dumps(header).encode() + b"\n" + b"".join(files))
    out.flush()
