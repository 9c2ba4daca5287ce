"""Photos: what is refused at the door, and what a child process makes of the rest."""

import json
import re
import signal
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

import PIL
from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.errors import PhotoRejected
from tracker.fieldwork.pictures.containers import is_bare_jpeg, most_pixels, size_of

REFUSALS: dict[str, Promise] = {
    "not_a_photo": gettext_lazy(
        "This file is not a photo. Choose a JPEG, PNG or WebP picture, or send without a photo."
    ),
    "too_many_pixels": gettext_lazy(
        "This photo has too many pixels. Take it at a lower resolution, or send without a photo."
    ),
    "damaged": gettext_lazy("This photo is damaged. Take it again, or send without a photo."),
    "too_slow": gettext_lazy("This photo took too long to read. Take it again."),
    "gave_up": gettext_lazy(
        "This photo could not be read in three attempts. Take it again, or send without a photo."
    ),
    "lost": gettext_lazy("The file of this photo is missing on the server. Send it again."),
}
LARGEST_ANSWER = 8_000_000  # bytes; 1600 px of pure noise make 2.5 million
SPARE_SECONDS = 5  # on a busy machine a child gets less time than the clock says
# Isolated: no environment, no site-packages with their start-up files, no byte code written.
START = "import sys; sys.path[:0] = sys.argv[1:3]; "
START += "import tracker.fieldwork.pictures.decoder as decoder; "
START += "decoder.main(int(sys.argv[3]), int(sys.argv[4]))"
PYTHON = (sys.executable, "-I", "-S", "-B", "-c")
_HASH = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True)
class Prepared:
    """The two files made of a photo, both bare JPEG; pixels of the upright original."""

    large: bytes
    small: bytes
    width: int
    height: int
    perceptual_hash: str


def refusal_sentence(code: str) -> str:
    """What a refusal means and what to do, in the reader's language."""
    return str(REFUSALS.get(code, REFUSALS["damaged"]))


def check_upload(data: bytes) -> None:
    """Refuse at once what can never be a photo; lengths are read here, no decoder runs."""
    if not data:
        raise PhotoRejected(_("This file is empty. Choose another photo, or send without one."))
    if len(data) > settings.PHOTO_MAX_BYTES:
        raise PhotoRejected(
            _("This photo is larger than %(limit)s MB. Take it at a lower resolution.")
            % {"limit": settings.PHOTO_MAX_BYTES // 1_000_000}
        )
    size = size_of(data)
    if size is None:
        raise PhotoRejected(refusal_sentence("not_a_photo"))
    limit = most_pixels(size.kind, settings.PHOTO_MAX_PIXELS)
    if size.width * size.height > limit:
        raise PhotoRejected(
            _("This photo has %(found)s megapixels; at most %(limit)s can be used. "
              "Take it at a lower resolution, or send without a photo.")
            % {"found": size.width * size.height // 1_000_000, "limit": limit // 1_000_000}
        )  # fmt: skip


def prepare(path: Path) -> Prepared:
    """Decode the file in a child process. PhotoRejected carries the refusal's code.

    It is retryable where the child died or the machine was too busy: nothing is known of the
    photo then. FileNotFoundError where there is no file.
    """
    with path.open("rb") as file, subprocess.Popen(
        [*PYTHON, START, *arguments()],
        stdin=file,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={},  # none of our secrets
        cwd="/",
    ) as child:  # fmt: skip
        clock = threading.Timer(settings.PHOTO_DECODE_SECONDS + SPARE_SECONDS, child.kill)
        clock.start()
        try:
            output = child.stdout.read(LARGEST_ANSWER + 1) if child.stdout else b""
            if len(output) > LARGEST_ANSWER:
                child.kill()
            status = child.wait()
        finally:
            clock.cancel()
            child.kill()
    if status == -signal.SIGXCPU:
        raise PhotoRejected("too_slow")
    if status:
        raise PhotoRejected("gave_up", retryable=True)
    return parsed(output)


def arguments() -> list[str]:
    libraries = Path(PIL.__file__).parent.parent
    limits = (settings.PHOTO_MAX_PIXELS, settings.PHOTO_DECODE_SECONDS)
    return [str(word) for word in (settings.BASE_DIR, libraries, *limits)]


def parsed(output: bytes) -> Prepared:
    """What the child said, which is believed in nothing: it has held a stranger's file."""
    line, _newline, rest = output.partition(b"\n")
    try:
        header = json.loads(line)
        if header["refusal"]:
            raise PhotoRejected(header["refusal"] if header["refusal"] in REFUSALS else "damaged")
        sizes = [int(size) for size in header["sizes"]]
        made = Prepared(
            rest[: sizes[0]],
            rest[sizes[0] :],
            int(header["width"]),
            int(header["height"]),
            str(header["hash"]),
        )
    except (ValueError, TypeError, KeyError, IndexError):
        raise PhotoRejected("gave_up", retryable=True) from None
    is_whole = sizes == [len(made.large), len(made.small)]
    if not (is_whole and is_bare_jpeg(made.large) and is_bare_jpeg(made.small)):
        raise PhotoRejected("gave_up", retryable=True)
    if not _HASH.fullmatch(made.perceptual_hash) or min(made.width, made.height) < 1:
        raise PhotoRejected("gave_up", retryable=True)
    return made
