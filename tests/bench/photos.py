"""How long a photo takes, beside the plain way: `python -m tests.bench.photos`.

The plain way opens, turns, makes both sizes and saves, in one process that is warm already and
may use all memory. Ours starts a confined child for each photo; its start is part of the time.
"""

import io
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import django
from PIL import Image, ImageOps

from tests.bench.measure import run

KINDS: dict[str, tuple[tuple[int, int], dict[str, object]]] = {
    "JPEG, 12 MP": ((4032, 3024), {"format": "JPEG", "quality": 88}),
    "JPEG, 50 MP": ((8160, 6120), {"format": "JPEG", "quality": 75}),
    "progressive JPEG, 50 MP": ((8160, 6120), {"format": "JPEG", "quality": 60,
                                               "progressive": True, "subsampling": 0}),
    "WebP, 12 MP": ((4032, 3024), {"format": "WEBP", "quality": 80, "method": 0}),
    "PNG, 12 MP": ((4032, 3024), {"format": "PNG", "compress_level": 1}),
}  # fmt: skip
RUNS = 9


def main() -> None:
    if len(sys.argv) > 1:
        print(json.dumps(measured(sys.argv[1])))
        return
    for kind in KINDS:
        found = run("tests.bench.photos", kind)
        print(
            f"{kind}: ours {found['ours']:.3f} s, {found['ours_cpu']:.3f} s of a core; "
            f"the plain way {found['plain_cpu']:.3f} s of a core; "
            f"{found['plain_cpu'] / found['ours_cpu']:.2f} times as quick"
        )


def measured(kind: str) -> dict[str, float]:
    """Medians in seconds, in turns."""
    django.setup()
    from tests.fieldwork.pictures.made import scene
    from tracker.fieldwork.pictures import photos

    size, options = KINDS[kind]
    file = io.BytesIO()
    scene(1, size, 9).save(file, **options)  # type: ignore[arg-type]
    with tempfile.NamedTemporaryFile() as kept:
        Path(kept.name).write_bytes(file.getvalue())
        ours, plain = [], []
        for _run in range(RUNS):
            ours.append(timed(lambda: photos.prepare(Path(kept.name))))
            plain.append(timed(lambda: plain_way(file)))
    return {
        "ours": median(one[0] for one in ours),
        "ours_cpu": median(one[1] for one in ours),
        "plain_cpu": median(one[1] for one in plain),
    }


def plain_way(file: io.BytesIO) -> None:
    image = ImageOps.exif_transpose(Image.open(file)).convert("RGB")
    for side, quality in ((1600, 82), (320, 80)):
        small = image.copy()
        small.thumbnail((side, side), Image.Resampling.LANCZOS)
        small.save(io.BytesIO(), "JPEG", quality=quality)


def timed(deed: Callable[[], object]) -> tuple[float, float]:
    """Seconds of the clock, and of a core, this process and its children together."""
    clock, core = time.perf_counter(), spent()
    deed()
    return time.perf_counter() - clock, spent() - core


def spent() -> float:
    found = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in found)


if __name__ == "__main__":
    main()
