"""Public claims, checked: for readers, and where administrators add them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tracker.accounts.queries import person_of
from tracker.errors import TrackerError
from tracker.months import month_of
from tracker.places.models import Area
from tracker.publication.claims.models import PublicClaim
from tracker.publication.claims.queries import all_claims, finding_of, shown_claims
from tracker.survey.traits import Trait
from tracker.web.claims.first import first_page
from tracker.web.claims.forms import ClaimForm, FirstForm
from tracker.web.claims.presenters import claim_page, claim_text
from tracker.web.site.form_errors import add_error
from tracker.workflows.publishing import public_claims


@require_safe
def claims(request: HttpRequest) -> HttpResponse:
    """Every claim with its verdict."""
    month = month_of(timezone.now())
    pages = [claim_page(finding_of(one, month=month)) for one in shown_claims()]
    return render(request, "claims/list.html", {"pages": pages})


@require_safe
def claim(request: HttpRequest, slug: str) -> HttpResponse:
    """One claim: how it is read, what was found, what would settle it."""
    found = get_object_or_404(shown_claims(), slug=slug)
    page = claim_page(finding_of(found, month=month_of(timezone.now())))
    return render(request, "claims/claim.html", {"page": page})


@require_safe
def first(request: HttpRequest) -> HttpResponse:
    """Which shop of a ward accepted first, as far as that can be said."""
    form = FirstForm(request.GET or None)
    page = None
    if form.is_valid():
        ward = get_object_or_404(Area, pk=form.cleaned_data["ward"])
        page = first_page(ward, Trait(form.cleaned_data["measure"]))
    status = 400 if form.errors else 200
    return render(request, "claims/first.html", {"form": form, "page": page}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def manage(request: HttpRequest) -> HttpResponse:
    """Add a claim; see those that there are."""
    form = ClaimForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            added = public_claims.add_claim(
                entry=form.entry(), by=person_of(request), at=timezone.now()
            )
        except TrackerError as error:
            add_error(form, error)
        else:
            messages.success(request, _("The claim is now public."))
            return redirect("claim", added.slug)
    rows = [(one, claim_text(one)) for one in all_claims()]
    page = {"form": form, "rows": rows}
    return render(request, "claims/manage.html", page, status=400 if form.errors else 200)


@require_POST
def end(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a claim off."""
    found = get_object_or_404(PublicClaim, slug=slug)
    try:
        public_claims.end_claim(claim=found, by=person_of(request), at=timezone.now())
    except TrackerError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The claim was removed."))
    return redirect("claims-manage")
