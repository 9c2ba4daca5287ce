"""The list of rules, and the acts of administrators."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tracker.accounts.permissions import Action, may
from tracker.accounts.queries import person_of
from tracker.errors import TrackerError
from tracker.months import day_of
from tracker.rules.models import AcceptanceRule
from tracker.rules.queries import known_rules
from tracker.web.rules.forms import EndForm, RuleForm
from tracker.web.rules.presenters import rule_lines
from tracker.web.site.form_errors import add_error
from tracker.workflows.counting import rules as acts


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule, those that have ended too, each with its source."""
    page = {
        "lines": rule_lines(known_rules(), today=day_of(timezone.now())),
        "may_set": may(request.user, Action.SET_RULES),
    }
    return render(request, "rules/list.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Add a rule; the shops that it touches are counted again by a worker."""
    form = RuleForm(request.POST or None, initial={"read_on": day_of(timezone.now())})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            acts.add_rule(
                route=form.route(),
                trait=form.trait(),
                first_day=data["first_day"],
                exceptions=data["exceptions"],
                source=data["source"],
                read_on=data["read_on"],
                by=person_of(request),
                at=timezone.now(),
            )
        except TrackerError as error:
            add_error(form, error)
        else:
            messages.success(request, _("Rule added. The counts follow in a moment."))
            return redirect("rules")
    status = 400 if form.errors else 200
    return render(request, "rules/add.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, rule_id: int) -> HttpResponse:
    """Say when a rule ends, or that it goes on."""
    rule = get_object_or_404(AcceptanceRule, pk=rule_id)
    now = timezone.now()
    [line] = rule_lines([one for one in known_rules() if one.rule == rule], today=day_of(now))
    form = EndForm(request.POST or None, initial={"last_day": line.last_day})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            acts.end_rule(
                rule_id=rule.pk,
                last_day=data["last_day"],
                reason=data["reason"],
                by=person_of(request),
                at=now,
            )
        except TrackerError as error:
            add_error(form, error)
        else:
            messages.success(request, _("Rule changed. The counts follow in a moment."))
            return redirect("rules")
    page = {"form": form, "line": line}
    return render(request, "rules/end.html", page, status=400 if form.errors else 200)
