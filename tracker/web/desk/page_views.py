"""Pages beside the queue: mend an entry, approve several, the last decisions of mine."""

from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from tracker.accounts.models import User
from tracker.accounts.queries import person_of
from tracker.errors import Invalid
from tracker.fieldwork.queries import all_entries
from tracker.moderation.queries import (
    UNDO_LAST,
    in_queue_order,
    judgements_by,
    may_go_together,
    not_taken_by_others,
    undoable_decisions,
)
from tracker.moderation.queue import wanted_entries
from tracker.web.desk.filters import asked_of, kept_filters
from tracker.web.desk.forms import CorrectionForm, values_to_correct
from tracker.web.entries.presenters import entry_card, move_lines
from tracker.web.site.form_errors import add_error
from tracker.workflows.judging import desk, moderate

SEEN_FOR = 3_600  # seconds for which a page that was shown may be sent


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Mend answers; the old ones stay readable."""
    visit = get_object_or_404(all_entries(), uuid=uuid)
    form = CorrectionForm(request.POST or None, initial=values_to_correct(visit))
    query = kept_filters(request)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            moderate.correct_visit(
                visit=visit,
                revision=data["revision"],
                corrected=form.corrected(),
                reasons=data["reasons"],
                note=data["note"],
                by=person_of(request),
                at=timezone.now(),
            )
        except Invalid as error:
            add_error(form, error)
        else:
            messages.success(request, _("Corrected: %(shop)s.") % {"shop": visit.shop.name})
            return redirect(f"{reverse('desk-entry', args=[uuid])}?{query}")
    page = {"card": entry_card(visit), "form": form, "query": query}
    return render(request, "desk/correct.html", page, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def together(request: HttpRequest) -> HttpResponse:
    """At most twenty unflagged entries with their photos, approved as far as they are ticked."""
    person, now = person_of(request), timezone.now()
    results: list[desk.Approved] = []
    if request.method == "POST":
        results = desk.approve_together(
            chosen=[_seen(person, sign) for sign in request.POST.getlist("entry")],
            by=person,
            at=now,
        )
        _say(request, results)
    asked = asked_of(request)
    found = wanted_entries(asked.wanted, person, at=now) if asked.wanted else all_entries().none()
    free = not_taken_by_others(may_go_together(found), person, at=now)
    ids = list(in_queue_order(free, person).values_list("pk", flat=True)[: desk.TOGETHER])
    visits = all_entries().in_bulk(ids)
    page = {
        "items": [(_sign(person, visits[pk].uuid, visits[pk].revision), entry_card(visits[pk]))
                  for pk in ids],
        "problems": [result for result in results if result.problem],
        "query": asked.query,
        "most": desk.TOGETHER,
    }  # fmt: skip
    return render(request, "desk/together.html", page, status=200 if asked.wanted else 400)


def _salt(person: User) -> str:
    return f"desk-together-{person.pk}"


def _sign(person: User, uuid: UUID, revision: int) -> str:
    """Says that this revision was shown to this person."""
    return signing.dumps([str(uuid), revision], salt=_salt(person))


def _seen(person: User, sign: str) -> tuple[UUID, int]:
    """What was shown; Invalid for what this person did not see in the last hour."""
    try:
        uuid, revision = signing.loads(sign, salt=_salt(person), max_age=SEEN_FOR)
    except signing.BadSignature as error:
        raise Invalid(_("This page is out of date. Open it again.")) from error
    return UUID(uuid), int(revision)


def _say(request: HttpRequest, results: list[desk.Approved]) -> None:
    number = sum(not result.problem for result in results)
    text = ngettext("%(number)d entry approved.", "%(number)d entries approved.", number)
    messages.success(request, text % {"number": number})


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """My last twenty decisions, and which of them can still be undone."""
    person = person_of(request)
    undoable = {decision.pk for decision in undoable_decisions(person)}
    last = list(judgements_by(person)[:UNDO_LAST])
    lines = [
        {
            "pk": decision.pk,
            "uuid": decision.visit.uuid,
            "shop": decision.visit.shop.name or _("(no name)"),
            "state": decision.to_state,
            "move": move,
            "may_undo": decision.pk in undoable,
        }
        for decision, move in ((decision, move_lines([decision])[0]) for decision in last)
    ]
    page = {"lines": lines, "query": kept_filters(request)}
    return render(request, "desk/mine.html", page)
