"""The shell of the field app: one page for each language, the same bytes for everybody."""

import hashlib
import json
import re
from collections.abc import Collection
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.html import json_script
from django.utils.safestring import SafeString

from tracker.fieldwork.shell import shell_version
from tracker.languages import LANGUAGES, html_code
from tracker.web.field.app.lists import lists
from tracker.web.field.app.words import words

WORKER = "field/service-worker.js"
IDB = "idb/index.js"
SIZES = (192, 512)
LINK = re.compile(r'(?:src|href)="([^"#?]+)"')


def shell_page(language: str) -> bytes:
    """The page in this language. Without a request no template can say who is looking."""
    with translation.override(language):
        return render_to_string(
            "field/app/app.html",
            {
                "version": shell_version(),
                "words": words_block(),
                "lists": lists(),
                "html_language": html_code(language),
                "is_off": settings.FIELD_APP_OFF,
            },
        ).encode()


def shell_paths() -> list[str]:
    return [reverse("field-app-shell", args=[language]) for language in LANGUAGES]


@cache
def static_files() -> list[str]:
    """What the app needs without signal: its own folder, idb, and what the shells link to."""
    names = [
        name
        for finder in get_finders()
        for name, _storage in finder.list(["*.d.ts"])
        if name.startswith("field/") and name != WORKER
    ]
    served = _served()
    linked = {
        link for language in LANGUAGES for link in LINK.findall(shell_page(language).decode())
    }
    own = {staticfiles_storage.url(name) for name in (*names, IDB) if not served or name in served}
    return sorted(own | {link for link in linked if link.startswith(settings.STATIC_URL)})


def _served() -> Collection[str]:
    """Names of the collected files, where they were collected: most modules are inside of one."""
    return () if settings.DEBUG else getattr(staticfiles_storage, "hashed_files", ())


@cache
def worker_version() -> str:
    """Of everything the worker keeps: a new translation is a new version too."""
    pages = b"".join(shell_page(language) for language in LANGUAGES)
    kept = shell_version() + "".join(static_files()) + hashlib.sha256(pages).hexdigest()
    return hashlib.sha256(kept.encode()).hexdigest()[:16]


def manifest(language: str) -> dict[str, object]:
    """The web app manifest; its id stays the same whatever the language."""
    start = reverse("field-app")
    with translation.override(language):
        return {
            "id": start,
            "name": "Noren",
            "short_name": "Noren",
            "description": translation.gettext("Log visits at the door, with or without signal."),
            "lang": html_code(language),
            "start_url": start,
            "scope": "/",
            "display": "standalone",
            "background_color": "#f0ede6",
            "theme_color": "#f0ede6",
            "icons": [*(_icon(size) for size in SIZES), _icon(512, "maskable")],
        }


def _icon(size: int, purpose: str = "any") -> dict[str, str]:
    name = f"field/icons/{'maskable-' if purpose == 'maskable' else ''}{size}.png"
    return {
        "src": staticfiles_storage.url(name),
        "sizes": f"{size}x{size}",
        "type": "image/png",
        "purpose": purpose,
    }


class _AsWritten(json.JSONEncoder):
    """Japanese as Japanese: escaped it would be twice as long."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options | {"ensure_ascii": False, "separators": (",", ":")})


def words_block() -> SafeString:
    """`words()` as the data block that `words.js` reads."""
    return json_script(words(), "words", encoder=_AsWritten)
