"""The log: what was done, by whom, when; and its file."""

from datetime import datetime, time, timedelta

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from tracker.accounts.models import User
from tracker.accounts.permissions import Action, Scope, may, scope_of
from tracker.accounts.queries import person_of
from tracker.audit.queries import LogFilter, events, kinds
from tracker.months import TOKYO
from tracker.workflows.publishing.log_export import export_log

PAGE = 50


class LogForm(forms.Form):
    """Filters of the log; all in the URL."""

    subject = forms.CharField(
        label=_("Entry, shop or person (UUID or number)"), required=False, max_length=64
    )
    actor = forms.CharField(label=_("Actor (account)"), required=False, max_length=150)
    kind = forms.ChoiceField(label=_("Action"), required=False)
    since = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=_("To (inclusive)"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices = [("", _("All actions")), *((kind, kind) for kind in kinds())]
        self.fields["kind"].choices = choices  # type: ignore[attr-defined]

    def wanted(self, person: User) -> LogFilter:
        """What was asked for; people who may only see their own acts are given those."""
        data = self.cleaned_data
        since, until = data["since"], data["until"]
        is_own = scope_of(person, Action.READ_LOG) is Scope.OWN
        return LogFilter(
            subject=data["subject"].strip(),
            actor=person.username if is_own else data["actor"].strip(),
            kind=data["kind"],
            since=datetime.combine(since, time(), TOKYO) if since else None,
            until=datetime.combine(until + timedelta(days=1), time(), TOKYO) if until else None,
        )


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """Acts, newest first."""
    person = person_of(request)
    form = LogForm(request.GET)
    found = events(form.wanted(person)) if form.is_valid() else events(LogFilter()).none()
    kept = request.GET.copy()
    kept.pop("page", None)
    return render(
        request,
        "desk/log.html",
        {
            "form": form,
            "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
            "query": f"{kept.urlencode()}&" if kept else "",
            "entry_route": "desk-entry" if may(person, Action.SEE_QUEUE) else "field-entry",
            "is_own": scope_of(person, Action.READ_LOG) is Scope.OWN,
            "may_export": may(person, Action.EXPORT_LOG),
        },
        status=200 if form.is_valid() else 400,
    )


@require_POST
def log_file(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """The same acts as JSON lines with their digests; taking them is an act itself."""
    person = person_of(request)
    form = LogForm(request.POST)
    if not form.is_valid():
        return render(request, "desk/log.html", {"form": form}, status=400)
    lines = export_log(wanted=form.wanted(person), by=person, at=timezone.now())
    response = StreamingHttpResponse(lines, content_type="application/x-ndjson")
    response["Content-Disposition"] = 'attachment; filename="noren-log.jsonl"'
    return response
