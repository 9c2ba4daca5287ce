"""The desk: what waits, one entry beside the shop's earlier visits, the decision."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tracker.accounts.permissions import Action, may
from tracker.errors import Invalid
from tracker.fieldwork.models import Visit
from tracker.fieldwork.queries import all_entries, earlier_visits
from tracker.moderation.four_eyes import may_judge
from tracker.moderation.queries import queue_for
from tracker.moderation.transitions import Move
from tracker.places.queries import metres_between
from tracker.vocabulary import VisitState
from tracker.web.desk_forms import DecisionForm, QueueForm, ReopenForm
from tracker.web.entry_presenters import entry_card
from tracker.web.field_presenters import distance_band
from tracker.web.field_views import person_of
from tracker.web.form_errors import add_error
from tracker.workflows import moderate

PAGE = 20
EARLIER = 10


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Waiting entries, oldest first; other states by filter."""
    form = QueueForm({"state": VisitState.SUBMITTED.value} | request.GET.dict())
    waiting = queue_for(person_of(request))
    found = _filtered(form, waiting) if form.is_valid() else waiting.none()
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "desk/queue.html",
        {
            "form": form,
            "page": page,
            "cards": [entry_card(visit) for visit in page],
            "pager_query": _kept_filters(request),
            "waiting": waiting.count(),
            "oldest": waiting.first(),
        },
        status=200 if form.is_valid() else 400,
    )


def _kept_filters(request: HttpRequest) -> str:
    """The filters of the URL, to go on with on the next page."""
    kept = request.GET.copy()
    kept.pop("page", None)
    return f"{kept.urlencode()}&" if kept else ""


def _filtered(form: QueueForm, waiting: QuerySet[Visit]) -> QuerySet[Visit]:
    state = form.cleaned_data["state"] or VisitState.SUBMITTED.value
    found = waiting
    if state != VisitState.SUBMITTED:
        found = all_entries().filter(state=state).order_by("-received_at", "-pk")
    city = form.cleaned_data["city"]
    return found.filter(shop__city_id=city) if city else found


@require_safe
def entry(request: HttpRequest, uuid: UUID) -> HttpResponse:
    visit = get_object_or_404(all_entries(), uuid=uuid)
    form = DecisionForm(initial={"revision": visit.revision})
    return render(request, "desk/entry.html", _page(request, visit, form))


@require_POST
def decide(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Decide, then go on to the next waiting entry."""
    visit = get_object_or_404(all_entries(), uuid=uuid)
    form = DecisionForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            decision = moderate.decide(
                visit=visit,
                revision=data["revision"],
                move=Move(data["move"]),
                reasons=data["reasons"],
                note=data["note"],
                by=person_of(request),
                at=timezone.now(),
            )
        except Invalid as error:
            add_error(form, error)
        else:
            state = VisitState(decision.to_state).label
            messages.success(request, f"{visit.shop.name}: {state}")
            return _next(request)
    return render(request, "desk/entry.html", _page(request, visit, form), status=400)


@require_POST
def reopen(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """An admin puts a decided entry back into the queue."""
    visit = get_object_or_404(all_entries(), uuid=uuid)
    form = ReopenForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write why the entry is opened again."))
    else:
        note, at = form.cleaned_data["note"], timezone.now()
        moderate.reopen(visit=visit, note=note, by=person_of(request), at=at)
        messages.success(request, _("Opened again: %(shop)s.") % {"shop": visit.shop.name})
    return redirect("desk-entry", uuid=uuid)


def _next(request: HttpRequest) -> HttpResponse:
    waiting = queue_for(person_of(request)).first()
    if waiting is None:
        return redirect("desk-queue")
    return redirect("desk-entry", uuid=waiting.uuid)


def _page(request: HttpRequest, visit: Visit, form: DecisionForm) -> dict[str, object]:
    """The entry, what is known of the shop from before, and what this person may do."""
    person = person_of(request)
    is_waiting = visit.state == VisitState.SUBMITTED
    may_decide = may(person, Action.DECIDE)
    decided = visit.state in (VisitState.APPROVED, VisitState.REJECTED)
    return {
        "card": entry_card(visit),
        "earlier": [entry_card(other) for other in earlier_visits(visit)[:EARLIER]],
        "away": _away(visit),
        "form": form,
        "may_decide": is_waiting and may_decide and may_judge(person, visit),
        "is_own": is_waiting and may_decide and not may_judge(person, visit),
        "reopen_form": ReopenForm() if decided and may(person, Action.REOPEN) else None,
    }


def _away(visit: Visit) -> str:
    """How far from the shop the phone was; "" where it did not say."""
    if visit.lat_e7 is None or visit.lon_e7 is None:
        return ""
    shop = visit.shop
    return distance_band(metres_between(visit.lat_e7, visit.lon_e7, shop.lat_e7, shop.lon_e7))
