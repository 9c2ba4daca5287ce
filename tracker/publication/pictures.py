"""PNG maps, made once per content and kept: the same scene is the same file."""

import hashlib
from dataclasses import astuple
from pathlib import Path
from uuid import uuid4

from django.conf import settings

from tracker.publication.png import png_of
from tracker.publication.scene import Scene

PAINTER = 2  # raise it when the painter changes: pictures kept from before are then left alone


def digest_of(scene: Scene) -> str:
    """Stands for everything that is on the picture."""
    return hashlib.sha256(repr((PAINTER, astuple(scene))).encode()).hexdigest()


def picture_of(scene: Scene) -> bytes:
    """The PNG of a scene, from the shelf where it has been made before."""
    path = Path(settings.VAR_DIR) / "maps" / f"{digest_of(scene)}.png"
    if path.exists():
        return path.read_bytes()
    data = png_of(scene)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{uuid4().hex}.part")
    temporary.write_bytes(data)
    temporary.rename(path)
    return data
