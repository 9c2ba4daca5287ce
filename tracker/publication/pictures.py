"""PNG maps and charts, made once per content and kept: the same content is the same file."""

import hashlib
from collections.abc import Callable
from dataclasses import astuple
from pathlib import Path
from uuid import uuid4

from django.conf import settings

from tracker.publication.drawing import Drawing
from tracker.publication.drawing_png import drawing_png
from tracker.publication.png import png_of
from tracker.publication.scene import Scene

PAINTER = 2  # raise it when the painter changes: pictures kept from before are then left alone
CHART_PAINTER = 1


def digest_of(scene: Scene) -> str:
    """Stands for everything that is on the picture."""
    return hashlib.sha256(repr((PAINTER, astuple(scene))).encode()).hexdigest()


def chart_digest(plate: Drawing, language: str) -> str:
    return hashlib.sha256(repr((CHART_PAINTER, language, plate)).encode()).hexdigest()


def picture_of(scene: Scene) -> bytes:
    """The PNG of a scene, from the shelf where it has been made before."""
    return _kept(digest_of(scene), lambda: png_of(scene))


def chart_of(plate: Drawing, *, language: str) -> bytes:
    """The PNG of a chart, in the same way."""
    return _kept(chart_digest(plate, language), lambda: drawing_png(plate, language=language))


def _kept(digest: str, paint: Callable[[], bytes]) -> bytes:
    path = Path(settings.VAR_DIR) / "maps" / f"{digest}.png"
    if path.exists():
        return path.read_bytes()
    data = paint()
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{uuid4().hex}.part")
    temporary.write_bytes(data)
    temporary.rename(path)
    return data
