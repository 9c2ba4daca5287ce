"""Decodes one photo in a process of its own: `python -m tracker.fieldwork.decoder`.

Bytes of the photo come on standard input. On standard output comes one line of JSON and
then the two JPEG files, or one line with a refusal. It imports no Django, holds no secret,
and limits itself, so that a hostile file can hurt nothing but this process.
"""

import io
import json
import resource
import sys
import warnings

from PIL import Image, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP")
MEMORY_BYTES = 1_500_000_000  # 50 megapixels as RGB, twice, and the libraries
LARGE, SMALL = (1600, 82), (320, 80)  # longest side in px, JPEG quality


def limit(seconds: int) -> None:
    """No more memory, time, files or processes than a photo needs."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def refusal_of(width: int, height: int, max_pixels: int) -> str:
    """Why a picture of this size is not decoded; "" where it is."""
    return "too_many_pixels" if width * height > max_pixels else ""


def decode(data: bytes, max_pixels: int) -> tuple[dict[str, object], list[bytes]]:
    """Header and files, or a header with a refusal and no files."""
    try:
        image: Image.Image = Image.open(io.BytesIO(data), formats=FORMATS)
    except Exception:  # noqa: BLE001  # any decoder's error means the same to the worker
        return {"refusal": "not_a_photo"}, []
    refusal = refusal_of(*image.size, max_pixels)
    if refusal:
        return {"refusal": refusal}, []
    try:
        image.draft("RGB", (2 * LARGE[0], 2 * LARGE[0]))  # a JPEG decodes smaller, and quicker
        image.load()
        upright = ImageOps.exif_transpose(image).convert("RGB")
        files = [rebuilt(upright, side, quality) for side, quality in (LARGE, SMALL)]
    except MemoryError:
        return {"refusal": "too_many_pixels"}, []
    except Exception:  # noqa: BLE001  # truncated, damaged or hostile
        return {"refusal": "damaged"}, []
    return {"refusal": "", "width": upright.width, "height": upright.height}, files


def rebuilt(image: Image.Image, side: int, quality: int) -> bytes:
    """A JPEG made from the pixels alone: no EXIF, no profile, no comment comes along."""
    small = image.copy()
    small.thumbnail((side, side), Image.Resampling.LANCZOS)
    bare = Image.frombytes("RGB", small.size, small.tobytes())
    file = io.BytesIO()
    bare.save(file, "JPEG", quality=quality, optimize=True)
    return file.getvalue()


def main(max_pixels: int, seconds: int) -> None:
    limit(seconds)
    warnings.simplefilter("error")
    Image.MAX_IMAGE_PIXELS = max_pixels * 2  # ours is checked first, with a clearer word
    header, files = decode(sys.stdin.buffer.read(), max_pixels)
    header["sizes"] = [len(file) for file in files]
    out = sys.stdout.buffer
    out.write(json.dumps(header).encode() + b"\n" + b"".join(files))
    out.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
