"""A fieldworker's own entries: their state, why one came back, mending it, taking it back."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tracker.accounts.queries import person_of
from tracker.errors import TrackerError
from tracker.fieldwork.models import Visit
from tracker.fieldwork.quality import figures_of
from tracker.fieldwork.quality_words import line_of
from tracker.fieldwork.queries import entries_of
from tracker.fieldwork.states import VisitState
from tracker.moderation.queries import kept_back
from tracker.moderation.work import work_of
from tracker.survey.specs import TRAITS
from tracker.web.entries.presenters import entry_card
from tracker.web.field.forms import VisitForm, values_of
from tracker.web.site.form_errors import add_error
from tracker.workflows.entries import visits

PAGE = 30


@require_safe
def entries(request: HttpRequest) -> HttpResponse:
    """My entries, newest first; those sent back on top; below them figures for myself."""
    worker, now = person_of(request), timezone.now()
    mine = entries_of(worker).prefetch_related("corrections__by")
    page = Paginator(mine, PAGE).get_page(request.GET.get("page"))
    back = mine.filter(state=VisitState.RETURNED).exclude(kept_back(now))
    facts = work_of(worker, at=now)
    return render(
        request,
        "field/entries.html",
        {
            "page": page,
            "cards": [entry_card(visit, notified_at=now) for visit in page],
            "back": [entry_card(visit, notified_at=now) for visit in back],
            "figures": [line_of(figure) for figure in figures_of(facts, traits=TRAITS)],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One own entry; where it was sent back, the form to mend it."""
    visit = _own(request, uuid)
    now = timezone.now()
    form, card = None, entry_card(visit, notified_at=now)
    if card.state == VisitState.RETURNED or request.method == "POST":
        form = VisitForm(request.POST or None, request.FILES or None, initial=values_of(visit, now))
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            visits.resubmit_visit(
                visit=visit,
                entry=form.entry(visit.shop_id),
                by=person_of(request),
                at=now,
                photos=form.photos(),
            )
        except TrackerError as error:
            add_error(form, error)
        else:
            messages.success(request, _("Sent again: %(shop)s.") % {"shop": visit.shop.name})
            return redirect("field-entries")
    page = {"card": card, "visit": visit, "shop": visit.shop, "form": form}
    status = 400 if form is not None and form.errors else 200
    return render(request, "field/entry.html", page, status=status)


@require_POST
def withdraw(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take an own entry back."""
    visit = _own(request, uuid)
    visits.withdraw_visit(visit=visit, by=person_of(request), at=timezone.now())
    messages.success(request, _("Withdrawn: %(shop)s.") % {"shop": visit.shop.name})
    return redirect("field-entries")


def _own(request: HttpRequest, uuid: UUID) -> Visit:
    """An entry of somebody else is not there."""
    return get_object_or_404(entries_of(person_of(request)), uuid=uuid)
