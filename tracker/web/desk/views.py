"""The desk: what waits, one entry, and what is known beside it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tracker.fieldwork.models import Visit
from tracker.fieldwork.queries import all_entries
from tracker.web.desk.filters import DeskQuestion, asked_of
from tracker.web.desk.forms import DecisionForm
from tracker.web.desk.panel import panel_of
from tracker.web.desk.queue import listing_of


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """The queue with its first entry open."""
    return desk_page(request, asked_of(request))


@require_safe
def entry(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The queue with this entry open, from wherever the link came."""
    visit = get_object_or_404(all_entries(), uuid=uuid)
    return desk_page(request, asked_of(request), visit=visit)


@require_safe
def panel(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The entry alone, to be put into a page that is open already."""
    visit = get_object_or_404(all_entries(), uuid=uuid)
    return render(request, "desk/panel.html", _panel(asked_of(request), visit))


@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The left column alone; fills the desk up to ten entries again."""
    asked = asked_of(request)
    found = listing_of(asked, at=timezone.now())
    status = 200 if asked.wanted else 400
    return render(request, "desk/list.html", {"listing": found}, status=status)


def desk_page(
    request: HttpRequest,
    asked: DeskQuestion,
    *,
    visit: Visit | None = None,
    form: DecisionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The whole page; without `visit` the first entry of the list is open."""
    found = listing_of(asked, at=timezone.now())
    if asked.wanted is None:
        status = 400
    context: dict[str, object] = {
        "listing": found,
        "query": found.query,
        "is_at_entry": visit is not None,
    }
    if visit is None and found.lines:
        visit = all_entries().get(uuid=found.lines[0].uuid)
    if visit is not None:
        context |= _panel(asked, visit, form)
    return render(request, "desk/queue.html", context, status=status)


def _panel(
    asked: DeskQuestion, visit: Visit, form: DecisionForm | None = None
) -> dict[str, object]:
    now = timezone.now()
    if form is None:
        form = DecisionForm(initial={"revision": visit.revision, "shown_at": now.isoformat()})
    return panel_of(visit, asked.person, at=now, form=form) | {"query": asked.query}
