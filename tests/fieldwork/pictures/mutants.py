"""Mutants of good photos, many a child. `python -m tests.fieldwork.pictures.mutants 5000 --seed 7`.

The child confines itself as the real one does and then decodes one after the other; where it
dies, that mutant is noted and another child goes on behind it.
"""

import struct
import subprocess
from argparse import ArgumentParser
from collections import Counter
from typing import NamedTuple

from django.conf import settings

from tests.fieldwork.pictures.bareness import assert_bare
from tests.fieldwork.pictures.hostile.broken import mutants
from tracker.fieldwork.pictures import photos

SECONDS = 600  # of a child that has hundreds to do
LOOP = (
    "import sys, json, struct, warnings; sys.path[:0] = sys.argv[1:3]; "
    "from PIL import Image; Image.preinit(); warnings.simplefilter('ignore'); "
    "from tracker.fieldwork.pictures import confinement, decoder; "
    "confinement.confine(seconds=int(sys.argv[4])); read = sys.stdin.buffer.read; "
    "say = lambda data: sys.stdout.buffer.write(struct.pack('>I', len(data)) + data); "
    "[(say(json.dumps(header).encode()), [say(file) for file in files], say(b''), "
    "sys.stdout.buffer.flush()) "
    "for size in iter(lambda: read(4), b'') "
    "for header, files in [decoder.decode(read(*struct.unpack('>I', size)), int(sys.argv[3]))]]"
)


class Result(NamedTuple):
    """`refusal` is a code, empty for a used one, `died` where the child did."""

    refusal: str
    files: list[bytes]


def results(many: list[bytes]) -> list[Result]:
    """What becomes of each."""
    found: list[Result] = []
    while len(found) < len(many):
        found += _one_child(many[len(found) :])
        if len(found) < len(many):
            found.append(Result("died", []))
    return found


def _one_child(many: list[bytes]) -> list[Result]:
    words = [*photos.arguments()[:3], str(SECONDS)]
    sent = b"".join(struct.pack(">I", len(data)) + data for data in many)
    done = subprocess.run(
        [*photos.PYTHON, LOOP, *words], input=sent, capture_output=True, env={}, check=False
    )
    found, parts, at = [], [], 0
    while at + 4 <= len(done.stdout):
        (size,) = struct.unpack_from(">I", done.stdout, at)
        at += 4 + size
        if size:
            parts.append(done.stdout[at - size : at])
            continue
        found.append(Result(_refusal_in(parts[0]), parts[1:]))
        parts = []
    return found


def _refusal_in(header: bytes) -> str:
    return header.partition(b'"refusal": "')[2].partition(b'"')[0].decode()


def main() -> None:
    parser = ArgumentParser()
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    settings.configure(BASE_DIR=".", PHOTO_MAX_PIXELS=50_000_000, PHOTO_DECODE_SECONDS=10)
    found = results(mutants(options.count, options.seed))
    for one in found:
        for data, side in zip(one.files, (1600, 320), strict=False):
            assert_bare(data, side)
    print(dict(Counter(one.refusal or "used" for one in found)))


if __name__ == "__main__":
    main()
