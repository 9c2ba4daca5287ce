"""Pages for what went wrong: each says what happened and where to go on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 400, _("This request could not be understood."))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 403, _("Your role cannot open this page."))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, 404, _("Page not found, or you may not open it."))


def server_error(request: HttpRequest) -> HttpResponse:
    """Without the context of the site: whatever broke may be part of it."""
    message = _("Something went wrong on our side. What you sent before is kept.")
    return HttpResponse(render_to_string("500.html", {"message": message}), status=500)


def _page(request: HttpRequest, status: int, message: str) -> HttpResponse:
    return render(request, "refusal.html", {"message": message}, status=status)
