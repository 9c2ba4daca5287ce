"""Looks through the files of a browser for a secret, in every way it may be written."""

import base64
import gzip
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

GZIP = gzip.compress(b"")[:3]


def forms_of(secret: str | bytes) -> set[bytes]:
    """The bytes as they are, as UTF-16, and inside of any base64."""
    texts = {secret} if isinstance(secret, bytes) else {
        secret.encode(), secret.encode("utf-16-le"), secret.encode("utf-16-be")}  # fmt: skip
    return texts | {form for text in texts for form in _in_base64(text)}


def _in_base64(text: bytes) -> Iterator[bytes]:
    """Wherever it begins: what does not depend on the bytes beside it, in both alphabets."""
    for before in range(3):
        coded = base64.b64encode(bytes(before) + text)
        whole = coded[-(-before * 4 // 3) : len(coded) - (4 if (before + len(text)) % 3 else 0)]
        if len(whole) >= 10:  # shorter ones are found by chance
            yield whole
            yield whole.translate(bytes.maketrans(b"+/", b"-_"))


def found_in(folder: Path, secrets: dict[str, str | bytes]) -> dict[str, set[str]]:
    """Name of the secret → files, below `folder`, that hold it; what is only packed is unpacked."""
    forms = {name: forms_of(secret) for name, secret in secrets.items()}
    found: dict[str, set[str]] = {}
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        texts = [path.read_bytes()]
        texts += _unpacked(texts[0])
        for name, wanted in forms.items():
            if any(form in text for text in texts for form in wanted):
                found.setdefault(name, set()).add(str(path.relative_to(folder)))
    return found


def _unpacked(data: bytes) -> list[bytes]:
    """Every gzip in it, as far as it can be read."""
    texts = []
    at = data.find(GZIP)
    while at >= 0:
        reader = zlib.decompressobj(31)
        with suppress(zlib.error):  # it only began like one
            texts.append(reader.decompress(data[at:]))
        at = data.find(GZIP, at + 3)
    return texts
