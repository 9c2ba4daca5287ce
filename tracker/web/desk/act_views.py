"""What a moderator does at the desk. Each act answers a page, or JSON where a script asked."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tracker.accounts.queries import person_of
from tracker.errors import Invalid, Stale, TrackerError
from tracker.fieldwork.queries import all_entries
from tracker.fieldwork.states import VisitState
from tracker.moderation.models import Decision
from tracker.moderation.queries import undoable_decisions
from tracker.moderation.transitions import Move
from tracker.web.desk.filters import DeskQuestion, asked_of, kept_filters
from tracker.web.desk.forms import DecisionForm, ReopenForm
from tracker.web.desk.queue import entries_of
from tracker.web.desk.views import desk_page
from tracker.web.site.form_errors import add_error
from tracker.web.site.refusals import status_of
from tracker.workflows.judging import desk, moderate, rechecks

View = Callable[..., HttpResponse]


def asks_for_json(request: HttpRequest) -> bool:
    """Whether the desk's own script is asking."""
    return request.headers.get("Accept") == "application/json"


def answers_scripts(view: View) -> View:
    """A refusal becomes JSON with its sentence where a script asked; else the usual page."""

    @wraps(view)
    def answering(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except TrackerError as error:
            if not asks_for_json(request):
                raise
            return JsonResponse({"message": error.message}, status=status_of(error))

    return answering


@require_POST
@answers_scripts
def decide(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Decide, then go on to the next waiting entry."""
    visit = get_object_or_404(all_entries(), uuid=uuid)
    form, now, asked = DecisionForm(request.POST), timezone.now(), asked_of(request)
    if form.is_valid():
        data = form.cleaned_data
        try:
            decision = moderate.decide(
                visit=visit,
                revision=data["revision"],
                move=Move(data["move"]),
                reasons=data["reasons"],
                note=data["note"],
                by=asked.person,
                at=now,
                seconds=form.seconds_until(now),
            )
        except Stale as error:
            return _stale(request, asked, uuid, error)
        except Invalid as error:
            add_error(form, error)
        else:
            rechecks.next_check(moderator=asked.person, at=now)
            message = f"{visit.shop.name}: {VisitState(decision.to_state).label}"
            return _done(request, asked, message, decision=decision.pk)
    if asks_for_json(request):
        problems = [str(problem) for found in form.errors.values() for problem in found]
        return JsonResponse({"message": " ".join(problems)}, status=400)
    return desk_page(request, asked, visit=visit, form=form, status=400)


def _stale(request: HttpRequest, asked: DeskQuestion, uuid: UUID, error: Stale) -> HttpResponse:
    """Somebody was quicker: say who and when, and offer to look again."""
    again = f"{reverse('desk-entry', args=[uuid])}?{asked.query}"
    if asks_for_json(request):
        return JsonResponse({"message": error.message, "again": again}, status=409)
    page = {"message": error.message, "again": again, "query": asked.query}
    return render(request, "desk/stale.html", page, status=409)


@require_POST
@answers_scripts
def skip(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Put the entry at the end of the own queue."""
    visit = get_object_or_404(all_entries(), uuid=uuid)
    asked = asked_of(request)
    desk.skip(visit=visit, by=asked.person, at=timezone.now())
    return _done(request, asked, _("Skipped: %(shop)s.") % {"shop": visit.shop.name})


@require_POST
@answers_scripts
def undo(request: HttpRequest) -> HttpResponse:
    """Take a decision back: the one named, else the newest that can be."""
    person = person_of(request)
    known = undoable_decisions(person)
    wanted = request.POST.get("decision", "")
    if wanted:
        decision = get_object_or_404(
            Decision.objects.select_related("visit__shop"),
            pk=int(wanted) if wanted.isdecimal() else 0,
            by=person,
        )
    elif known:
        decision = known[0]
    else:
        return _nothing(request, _("There is nothing to undo."))
    visit = decision.visit
    moderate.undo(decision=decision, by=person, at=timezone.now())
    message = _("Undone: %(shop)s is waiting again.") % {"shop": visit.shop.name}
    if asks_for_json(request):
        return JsonResponse({"message": message, "uuid": str(visit.uuid)})
    messages.success(request, message)
    return redirect(f"{reverse('desk-entry', args=[visit.uuid])}{_query(request)}")


def _nothing(request: HttpRequest, message: str) -> HttpResponse:
    if asks_for_json(request):
        return JsonResponse({"message": message}, status=404)
    messages.warning(request, message)
    return redirect(f"{reverse('desk-queue')}{_query(request)}")


@require_POST
def reopen(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """An admin puts a decided entry back into the queue."""
    visit = get_object_or_404(all_entries(), uuid=uuid)
    form = ReopenForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give the reason for reopening the entry."))
    else:
        note, at = form.cleaned_data["note"], timezone.now()
        moderate.reopen(visit=visit, note=note, by=person_of(request), at=at)
        messages.success(request, _("Reopened: %(shop)s.") % {"shop": visit.shop.name})
    return redirect("desk-entry", uuid=uuid)


@require_POST
@answers_scripts
def renew(request: HttpRequest) -> HttpResponse:
    """Still at work."""
    ends = desk.renew(by=person_of(request), at=timezone.now())
    return JsonResponse({"until": ends.isoformat()})


@require_POST
@answers_scripts
def leave(request: HttpRequest) -> HttpResponse:
    """Give back what is on the desk; a script names until when it had renewed it."""
    said = request.POST.get("until", "")
    until = parse_datetime(said) if said else None
    if said and (until is None or timezone.is_naive(until)):
        raise Invalid(_("This is not a valid time."), field="until")
    number = desk.leave(by=person_of(request), until=until)
    if asks_for_json(request) or said:
        return JsonResponse({"released": number})
    messages.success(request, _("Released. Other moderators can now review these entries."))
    return redirect("home")


@require_POST
def letter_keys(request: HttpRequest) -> HttpResponse:
    """Switch the single-letter keys on or off, for this person everywhere."""
    desk.set_letter_keys(are_on=request.POST.get("are_on") == "1", by=person_of(request))
    return redirect(f"{reverse('desk-queue')}{_query(request)}")


def _done(request: HttpRequest, asked: DeskQuestion, message: str, **facts: int) -> HttpResponse:
    """Say what was done and go on to the next entry on the desk."""
    if asks_for_json(request):
        return JsonResponse({"message": message, **facts})
    messages.success(request, message)
    following = all_entries().filter(pk__in=entries_of(asked, at=timezone.now())[:1]).first()
    where = reverse("desk-entry", args=[following.uuid]) if following else reverse("desk-queue")
    return redirect(f"{where}{_query(request)}")


def _query(request: HttpRequest) -> str:
    kept = kept_filters(request).rstrip("&")
    return f"?{kept}" if kept else ""
