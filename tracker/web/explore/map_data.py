"""Map data of squares: answered before anybody is asked who is there.

The address holds the SHA-256 of the content, so nothing has to be looked up: neither the
database nor a session is read, and an answer costs what a static file costs.
"""

import os
import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile

from tracker.accounts.permissions import may
from tracker.accounts.routes import ROUTES
from tracker.errors import Absent
from tracker.publication.cache.map_store import packed, place_of

NAME = "map-data"  # of the route
ADDRESS = re.compile(r"/map/([0-9a-f]{64})\.json")
CACHE = "public, max-age=31536000, immutable"
NOBODY = AnonymousUser()


class MapDataMiddleware:
    """Answers with map data where the table lets everybody read them; passes on all else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        found = ADDRESS.fullmatch(request.path_info)
        if found and request.method in ("GET", "HEAD") and may(NOBODY, ROUTES[NAME]):
            answer = _answer(request, found[1])
            if answer is not None:
                return answer
        return self.get_response(request)


@require_safe
def map_data(request: HttpRequest, sha256: str) -> HttpResponseBase:
    """The same for whom the table has let through; and a word where there is no such file."""
    answer = _answer(request, sha256)
    if answer is None:
        raise Absent(_("This map data is no longer available. Reload the map page."))
    return answer


class _Kept(StaticFile):  # type: ignore[misc]  # has no types
    """A file whose tag may come back weak, or among others."""

    def is_not_modified(self, request_headers: dict[str, str]) -> bool:
        given = parse_etags(request_headers.get("HTTP_IF_NONE_MATCH", ""))
        return any(tag.removeprefix("W/") in (self.etag, "*") for tag in given)


def _answer(request: HttpRequest, sha256: str) -> HttpResponseBase | None:
    """The bytes, or the news that nothing is new; None where there is no such file."""
    place = place_of(sha256)
    if place is None:
        return None
    try:
        # A Path would take twice the time.
        kept = _kept(place, os.stat(place).st_mtime_ns)  # noqa: PTH116
        answer: HttpResponseBase = WhiteNoiseMiddleware.serve(kept, request)
    except FileNotFoundError:
        return None
    return answer


@lru_cache(maxsize=1000)
def _kept(place: str, written_ns: int) -> _Kept:
    """What is said of a file, once for each time that it was written."""
    path = Path(place)
    headers = [
        ("Content-Type", "application/json"),
        ("ETag", f'"{path.stem}"'),
        ("Cache-Control", CACHE),
    ]
    return _Kept(place, headers, encodings={"gzip": str(packed(path))})
