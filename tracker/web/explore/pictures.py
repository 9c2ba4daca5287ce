"""A picture or drawing as the answer to a request, named after what it shows."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language, override

from tracker.publication.drawing.fonts import drawn_in

View = Callable[[HttpRequest], HttpResponse]
DRAWN_SECONDS = "3"  # after so many a page whose map is being drawn asks again
VARY = "Accept-Language, Cookie"  # the words in a file follow the language of the page


def picture_answer(data: bytes, kind: str, name: str) -> HttpResponse:
    """`kind` is its content type; the name is for whoever saves it."""
    response = HttpResponse(data, content_type=kind)
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Content-Language"] = get_language() or "en"
    response["Vary"] = VARY
    return response


def being_drawn(request: HttpRequest, query: str) -> HttpResponse:
    """A page that asks again by itself, without script."""
    context = {"address": request.get_full_path(), "query": query}
    answer = render(request, "explore/drawing.html", context, status=202)
    answer["Refresh"] = answer["Retry-After"] = DRAWN_SECONDS
    answer["Cache-Control"] = "no-store"
    return answer


def in_drawn_language(view: View) -> View:
    """A PNG of a language that there are no fonts for is drawn in that of the installation."""

    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        with override(drawn_in(get_language() or "")):
            return view(request)

    return answer


def unchanged(request: HttpRequest, etag: str) -> HttpResponse | None:
    """The news that nothing is new, for whoever has this picture; else None."""
    answer: HttpResponse | None = get_conditional_response(request, etag=etag)
    if answer is not None:
        answer["ETag"] = etag
    return answer
