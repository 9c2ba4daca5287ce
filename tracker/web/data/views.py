"""Releases for readers: the catalogue, one release, its files, and the way to the newest."""

from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.utils.http import parse_etags, quote_etag
from django.views.decorators.http import require_safe

from tracker.accounts.permissions import Action, may
from tracker.languages import html_code
from tracker.publication.figures.licence import LICENCE_URL
from tracker.publication.files.columns import COLUMNS
from tracker.publication.files.languages import by_language
from tracker.publication.files.xlsform import xlsform
from tracker.publication.releases.files import XLSX
from tracker.publication.releases.models import Release, ReleaseFile
from tracker.publication.releases.queries import (
    all_releases,
    latest_release,
    public_releases,
    release_named,
)
from tracker.web.data.presenters import dataset_block, download_name, file_rows
from tracker.workflows.publishing.releases import citation_of

Found = TypeVar("Found")
FOREVER = "public, max-age=31536000, immutable"


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """Every release that readers may see, and how to reach the newest."""
    page = {
        "releases": public_releases(),
        "latest": latest_release(),
        "may_extract": may(request.user, Action.TAKE_EXTRACT),
    }
    return render(request, "data/catalogue.html", page)


@require_safe
def dictionary(request: HttpRequest) -> HttpResponse:
    """Every column and every value it may have."""
    return render(request, "data/dictionary.html", {"columns": COLUMNS})


@require_safe
def questionnaire(_request: HttpRequest) -> HttpResponse:
    """The questions as an XLSForm."""
    answer = HttpResponse(xlsform(), content_type=XLSX)
    answer["Content-Disposition"] = 'attachment; filename="noren-questionnaire.xlsx"'
    return answer


@require_safe
def release_page(request: HttpRequest, name: str) -> HttpResponse:
    """What a release is, its files, what it changed, how to cite it."""
    release = _public(name)
    citation = citation_of(release, at=release.begun_at)
    return render(
        request,
        "data/release.html",
        {
            "release": release,
            "files": file_rows(release),
            "citation": citation,
            "citations": {
                html_code(code): words for code, words in by_language(citation.line).items()
            },
            "dataset": dataset_block(release, citation),
            "licence_url": LICENCE_URL,
        },
    )


@require_safe
def release_file(request: HttpRequest, name: str, file: str) -> HttpResponse | FileResponse:
    """The bytes as they were published: they never change."""
    found = _file(_public(name), file)
    etag = quote_etag(found.sha256)
    if etag in parse_etags(request.headers.get("If-None-Match", "")):
        answer: HttpResponse | FileResponse = HttpResponseNotModified()
    else:
        path = Path(settings.RELEASE_ROOT) / name / found.name
        answer = FileResponse(
            path.open("rb"),
            as_attachment=True,
            filename=download_name(name, found.name),
            content_type=found.content_type,
        )
    answer["ETag"] = etag
    answer["Cache-Control"] = FOREVER
    return answer


@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    """To the newest release; it moves with the next one."""
    return _moving(redirect("data-release", name=_latest().name))


@require_safe
def latest_file(request: HttpRequest, name: str) -> HttpResponse:
    """`/data/latest/adoption.csv` → the file of the newest release."""
    release = _latest()
    wanted = f"noren-{release.name}.zip" if name == "noren.zip" else name
    found = _file(release, wanted)
    return _moving(redirect("data-file", name=release.name, file=found.name))


def _moving(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = "no-cache"
    return answer


def _latest() -> Release:
    return _there(latest_release())


def _public(name: str) -> Release:
    return _there(release_named(name, among=public_releases()))


def any_release(name: str) -> Release:
    """Also one that readers cannot see yet."""
    return _there(release_named(name, among=all_releases()))


def _file(release: Release, name: str) -> ReleaseFile:
    files = {file.name: file for file in release.files.all()}  # any text may be asked for, NUL too
    return _there(files.get(name))


def _there(found: Found | None) -> Found:
    """What was found; Http404 where nothing was."""
    if found is None:
        raise Http404
    return found
