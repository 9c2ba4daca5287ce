"""Single visits for named people: the form, a workbook on its way, its file."""

from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from tracker.accounts.queries import person_of
from tracker.errors import Conflict, TrackerError
from tracker.publication.extracts.columns import COLUMNS
from tracker.publication.extracts.models import ExtractKind
from tracker.publication.extracts.notes import NOTES
from tracker.publication.extracts.queries import workbooks_of
from tracker.publication.releases.files import CSV, XLSX
from tracker.web.data.extract_forms import ExtractForm, first_values
from tracker.web.data.extract_presenters import download_name, filter_of, workbook_page
from tracker.web.data.streams import AT_ONCE, Stream, StreamSlots
from tracker.web.site.form_errors import add_error
from tracker.workflows.publishing import extracts

SHOWN = 20  # own workbooks
PLACES = StreamSlots(AT_ONCE)


@require_http_methods(["GET", "HEAD", "POST"])
def extract(request: HttpRequest) -> HttpResponseBase:
    """What can be taken, and the taking of it."""
    form = ExtractForm(
        request.POST if request.method == "POST" else None,
        initial=first_values(at=timezone.now()),
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _taken(request, form)
        except TrackerError as error:
            add_error(form, error)
    page = {
        "form": form,
        "columns": COLUMNS,
        "notes": NOTES,
        "workbooks": [workbook_page(one) for one in workbooks_of(person_of(request))[:SHOWN]],
    }
    return render(request, "data/extract.html", page, status=400 if form.errors else 200)


def _taken(request: HttpRequest, form: ExtractForm) -> HttpResponseBase:
    by, at, purpose = person_of(request), timezone.now(), form.cleaned_data["purpose"]
    if form.cleaned_data["kind"] == ExtractKind.WORKBOOK:
        asked = extracts.ask_workbook(purpose=purpose, wanted=form.wanted(), by=by, at=at)
        return redirect("extract-workbook", uuid=asked.uuid)
    if not PLACES.take():
        raise Conflict(_("Other files are being sent. Try again in a minute."))
    try:
        pieces = extracts.take_csv(purpose=purpose, wanted=form.wanted(), by=by, at=at)
    except TrackerError:
        PLACES.give_back()
        raise
    answer = StreamingHttpResponse(Stream(pieces, PLACES), content_type=CSV)
    answer["Content-Disposition"] = f'attachment; filename="{download_name(form.wanted(), "csv")}"'
    return answer


@require_safe
def workbook(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """How far it is, how it ended; whoever waits looks again."""
    found = get_object_or_404(workbooks_of(person_of(request)), uuid=uuid)
    return render(request, "data/workbook.html", {"page": workbook_page(found)})


@require_GET
def workbook_file(request: HttpRequest, uuid: UUID) -> FileResponse:
    """The file, for whoever asked for it."""
    by = person_of(request)
    path = extracts.take_workbook(uuid=uuid, by=by, at=timezone.now())
    wanted = filter_of(get_object_or_404(workbooks_of(by), uuid=uuid))
    return FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=download_name(wanted, "xlsx"),
        content_type=XLSX,
    )
