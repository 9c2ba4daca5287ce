"""Maps for paper: asked for by anybody, drawn by the worker, one after the other."""

from datetime import datetime
from urllib.parse import parse_qsl

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from tracker.accounts.permissions import Action, Person, check_may
from tracker.errors import Busy
from tracker.outbox import actions as outbox
from tracker.outbox.queries import open_messages
from tracker.publication.cache import pictures
from tracker.publication.drawing.page_sizes import PAGE_SIZES, SCREEN, PageSize
from tracker.publication.drawing.scene import Scene, scene_of
from tracker.publication.figures.filters import Filter, filter_from

MOST_WAITING = 6  # each takes seconds of a worker that has counts and entries to see to


def map_scene(wanted: Filter, page_size: PageSize, site: str = "") -> Scene:
    """The map as it is drawn. On paper stands the public address of the site, on the screen that
    at which it was asked, `site`.
    """
    base = site if page_size == SCREEN else settings.PUBLIC_URL
    return scene_of(wanted, f"{base.rstrip('/')}/map?{wanted.query}", page_size)


def map_picture(*, scene: Scene, wanted: Filter, by: Person, at: datetime) -> bytes | None:
    """The PNG of a map: for the screen at once; for paper None until the worker has drawn it."""
    if scene.page_size == SCREEN:
        return pictures.picture_of(scene)
    kept = pictures.kept_picture(scene)
    if kept is None:
        ask_for_map(scene=scene, wanted=wanted, by=by, at=at)
    return kept


@transaction.atomic
def ask_for_map(*, scene: Scene, wanted: Filter, by: Person, at: datetime) -> None:
    """Let a map be drawn, once however many ask. Raises Refused, Busy."""
    check_may(by, Action.READ_PUBLISHED)
    digest = pictures.scene_digest(scene)
    waiting = open_messages().filter(handler="draw_map")
    if waiting.filter(about=digest).exists():
        return
    if waiting.count() >= MOST_WAITING:
        raise Busy(_("Many maps are being rendered. Try again in a minute."))
    pictures.note_request(
        digest, paper=scene.page_size.name, query=wanted.query, language=scene.language
    )
    outbox.put(handler="draw_map", about=digest, at=at)


def draw_map(*, digest: str, at: datetime) -> None:
    """Draw a map that was asked for, with the figures of now. Twice is as once."""
    request = pictures.request_of(digest)
    if request is None:
        return
    paper, query, language = request
    with translation.override(language):
        wanted = filter_from(dict(parse_qsl(query)), at=at)
        pictures.picture_of(map_scene(wanted, PAGE_SIZES[paper]))
    pictures.drop_request(digest)
