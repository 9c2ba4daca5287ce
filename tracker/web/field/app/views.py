"""The installable app: shells, manifest and service worker. They hold nobody's data."""

import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import translation
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_safe

from tracker.languages import LANGUAGES
from tracker.web.field.app.shell import (
    WORKER,
    manifest,
    shell_page,
    shell_paths,
    static_files,
    worker_version,
)

SCRIPT = "text/javascript; charset=utf-8"
# Phones ask for the worker at every start: this one cleans up and goes, and the pages stay online.
LEAVE = """\
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) {
    if (name.startsWith("noren-field-")) await caches.delete(name);
  }
  await self.registration.unregister();
})()));
"""


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """To the shell in the language of the person."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    return redirect("field-app-shell", language=language)


@gzip_page
@conditional_page
@require_safe
def shell(request: HttpRequest, language: str) -> HttpResponse:
    """The page that the service worker keeps; `Noren-Version` tells it that the page is ours."""
    if language not in LANGUAGES:
        raise Http404
    response = HttpResponse(shell_page(language))
    response["Cache-Control"] = "no-cache"
    response["Content-Language"] = language
    response["Noren-Version"] = worker_version()
    return response


@conditional_page
@require_safe
def web_manifest(request: HttpRequest) -> HttpResponse:
    """`?lang=ja`; an unknown language is Japanese."""
    asked = request.GET.get("lang", "")
    language = asked if asked in LANGUAGES else settings.LANGUAGE_CODE
    response = JsonResponse(manifest(language), content_type="application/manifest+json")
    response["Cache-Control"] = "no-cache"
    return response


@conditional_page
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker with the list of what it keeps, or the one that takes itself away."""
    text = LEAVE if settings.FIELD_APP_OFF else _head() + _source()
    response = HttpResponse(text, content_type=SCRIPT)
    response["Cache-Control"] = "no-cache"
    return response


def _head() -> str:
    facts = {"VERSION": worker_version(), "FILES": static_files(), "SHELLS": shell_paths()}
    return "".join(f"const {name} = {json.dumps(value)};\n" for name, value in facts.items())


@cache
def _source() -> str:
    found = finders.find(WORKER)
    if not isinstance(found, str):
        raise FileNotFoundError(WORKER)
    return Path(found).read_text(encoding="utf-8")
