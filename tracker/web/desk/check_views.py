"""re-reviews at decided entries, and how well second visits agree with first ones."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tracker.accounts.queries import person_of
from tracker.fieldwork.states import VisitState
from tracker.moderation.rates import current_rates
from tracker.rechecks.agreement import agreement_of
from tracker.rechecks.models import JUDGED, SpotCheck
from tracker.rechecks.queries import checks_of, looks_of, open_check_of, pairs_of
from tracker.survey.traits import Trait
from tracker.web.entries.agreement import agreement_line
from tracker.web.entries.presenters import entry_card
from tracker.workflows.judging import rechecks

PAGE = 30


class CheckForm(forms.Form):
    state = forms.ChoiceField(choices=[(state.value, state.label) for state in JUDGED])


class ObjectionForm(forms.Form):
    objection = forms.CharField(
        label=gettext_lazy("Why you keep your decision"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


@require_safe
def checks(request: HttpRequest) -> HttpResponse:
    """The own re-reviews and what was decided: for nobody else's eyes."""
    person = person_of(request)
    looks = looks_of([person])
    return render(
        request,
        "desk/checks.html",
        {
            "open": open_check_of(person),
            "page": Paginator(checks_of(person), PAGE).get_page(request.GET.get("page")),
            "line": agreement_line(_("Your re-reviews"), agreement_of(looks)),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, check_id: int) -> HttpResponse:
    """The entry as it was, without what was decided; then what was decided."""
    person = person_of(request)
    found = get_object_or_404(SpotCheck.objects.filter(moderator=person), pk=check_id)
    form = CheckForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        state = VisitState(form.cleaned_data["state"])
        rechecks.answer_check(check=found, state=state, by=person, at=timezone.now())
        return redirect("desk-check", check_id=found.pk)
    return render(
        request,
        "desk/check.html",
        {
            "check": found,
            "card": entry_card(found.visit),
            "form": form,
            "objection": ObjectionForm(initial={"objection": found.objection}),
        },
        status=400 if form.errors else 200,
    )


@require_POST
def object_to(request: HttpRequest, check_id: int) -> HttpResponse:
    """Say why the own answer is right after all."""
    person = person_of(request)
    found = get_object_or_404(SpotCheck.objects.filter(moderator=person), pk=check_id)
    form = ObjectionForm(request.POST)
    objection = form.cleaned_data["objection"] if form.is_valid() else ""
    rechecks.object_to_check(check=found, objection=objection, by=person, at=timezone.now())
    messages.success(request, _("Saved. An administrator will read it."))
    return redirect("desk-checks")


@require_safe
def agreement(request: HttpRequest) -> HttpResponse:
    """Gross difference rate and kappa per trait, and of re-reviews at decisions."""
    lines = [agreement_line(str(trait.label), agreement_of(pairs_of(trait))) for trait in Trait]
    looks = agreement_line(_("Decisions and re-reviews"), agreement_of(looks_of()))
    share = f"{100 * current_rates().second_visits:g}"
    return render(request, "desk/agreement.html", {"lines": [*lines, looks], "share": share})
