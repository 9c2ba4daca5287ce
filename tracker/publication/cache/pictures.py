"""PNG maps and charts, made once per content and kept: the same content is the same file.

What is for the screen is drawn while its reader waits. A map for paper takes seconds: what is
wanted is written beside the place where it will lie, for the worker that draws it.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import astuple
from pathlib import Path

from django.conf import settings

from tracker.publication.cache.whole_files import keep_newest, write_whole
from tracker.publication.drawing.chart import Drawing
from tracker.publication.drawing.chart_png import drawing_png
from tracker.publication.drawing.map_png import png_of
from tracker.publication.drawing.page_sizes import SCREEN
from tracker.publication.drawing.scene import Scene

PAINTER = 2  # raise it when the painter changes: pictures kept from before are then left alone
CHART_PAINTER = 1
MOST_KEPT = 200  # pictures for the screen, and as many for paper, some 100 MB; the oldest go


def scene_digest(scene: Scene) -> str:
    """Stands for everything that is on the picture."""
    return hashlib.sha256(repr((PAINTER, astuple(scene))).encode()).hexdigest()


def chart_digest(figure: Drawing, language: str) -> str:
    return hashlib.sha256(repr((CHART_PAINTER, language, figure)).encode()).hexdigest()


def picture_of(scene: Scene) -> bytes:
    """The PNG of a scene, from the store where it has been made before."""
    return _kept(_place(scene), lambda: png_of(scene))


def chart_of(figure: Drawing, *, language: str) -> bytes:
    """The PNG of a chart, in the same way."""
    place = Path(settings.PICTURE_ROOT) / f"{chart_digest(figure, language)}.png"
    return _kept(place, lambda: drawing_png(figure, language=language))


def kept_picture(scene: Scene) -> bytes | None:
    """The PNG of a scene where it has been made before."""
    return _found(_place(scene))


def note_request(digest: str, *, paper: str, query: str, language: str) -> None:
    """Write down what a picture will show, for the worker that is only told its digest."""
    write_whole(_request(digest), json.dumps([paper, query, language]).encode())


def request_of(digest: str) -> tuple[str, str, str] | None:
    """Paper, query and language of a picture that is wanted; None where it no longer is."""
    try:
        paper, query, language = json.loads(_request(digest).read_bytes())
    except FileNotFoundError:
        return None
    return paper, query, language


def drop_request(digest: str) -> None:
    _request(digest).unlink(missing_ok=True)


def _kept(path: Path, paint: Callable[[], bytes]) -> bytes:
    data = _found(path)
    if data is None:
        data = paint()
        keep_newest(path, data, most=MOST_KEPT)
    return data


def _found(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _place(scene: Scene) -> Path:
    store = Path(settings.PICTURE_ROOT)
    folder = store if scene.page_size == SCREEN else store / scene.page_size.name
    return folder / f"{scene_digest(scene)}.png"


def _request(digest: str) -> Path:
    return Path(settings.PICTURE_ROOT) / "requests" / f"{digest}.json"
