"""Photos: what is refused at the door, and what a child process makes of the rest."""

import io
import json
import subprocess
import sys
from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from PIL import Image

from tracker.errors import PhotoRejected
from tracker.fieldwork.decoder import FORMATS, refusal_of

# This process reads headers and never a pixel; our own limit is checked with its own sentence.
Image.MAX_IMAGE_PIXELS = None

REFUSALS: dict[str, Promise] = {
    "not_a_photo": gettext_lazy(
        "This file is not a photo. Choose a JPEG, PNG or WebP picture, or send without a photo."
    ),
    "too_many_pixels": gettext_lazy(
        "This photo has too many pixels. Take it at a lower resolution, or send without a photo."
    ),
    "damaged": gettext_lazy("This photo is damaged. Take it again, or send without a photo."),
    "too_slow": gettext_lazy("This photo took too long to read. Take it again."),
}


@dataclass(frozen=True)
class Prepared:
    """The two files made of a photo, both JPEG without metadata; pixels of the original."""

    large: bytes
    small: bytes
    width: int
    height: int


def refusal_sentence(code: str) -> str:
    """What a refusal means and what to do, in the reader's language."""
    return str(REFUSALS.get(code, REFUSALS["damaged"]))


def check_upload(data: bytes) -> None:
    """Refuse at once what can never be a photo; only the header is read here, no pixel."""
    if not data:
        raise PhotoRejected(_("This file is empty. Choose another photo, or send without one."))
    if len(data) > settings.PHOTO_MAX_BYTES:
        raise PhotoRejected(
            _("This photo is larger than %(limit)s MB. Take it at a lower resolution.")
            % {"limit": settings.PHOTO_MAX_BYTES // 1_000_000}
        )
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as image:
            size = image.size
    except Exception:  # noqa: BLE001  # Pillow raises many kinds for hostile headers
        raise PhotoRejected(refusal_sentence("not_a_photo")) from None
    if refusal_of(*size, settings.PHOTO_MAX_PIXELS):
        raise PhotoRejected(
            _("This photo has %(found)s megapixels; at most %(limit)s can be used. "
              "Take it at a lower resolution, or send without a photo.")
            % {
                "found": size[0] * size[1] // 1_000_000,
                "limit": settings.PHOTO_MAX_PIXELS // 1_000_000,
            }
        )  # fmt: skip


def prepare(data: bytes) -> Prepared:
    """Decode in a child process; PhotoRejected carries the refusal's code as its message."""
    command = [
        sys.executable,
        "-m",
        "tracker.fieldwork.decoder",
        str(settings.PHOTO_MAX_PIXELS),
        str(settings.PHOTO_DECODE_SECONDS),
    ]
    try:
        child = subprocess.run(
            command,
            input=data,
            capture_output=True,
            timeout=settings.PHOTO_DECODE_SECONDS + 5,
            cwd=settings.BASE_DIR,
            env={"PATH": "/usr/bin:/bin"},  # none of our secrets
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise PhotoRejected("too_slow") from None
    return _parsed(child.stdout)


def _parsed(output: bytes) -> Prepared:
    """What the child said; one that died in the middle has read a damaged photo."""
    line, _newline, rest = output.partition(b"\n")
    try:
        header = json.loads(line)
    except ValueError:
        raise PhotoRejected("damaged") from None
    if header["refusal"]:
        raise PhotoRejected(header["refusal"])
    large_size, small_size = header["sizes"]
    if len(rest) != large_size + small_size:
        raise PhotoRejected("damaged")
    return Prepared(rest[:large_size], rest[large_size:], header["width"], header["height"])
