"""Which areas a fieldworker looks after: given and taken on the person's page."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from tracker.accounts.models import User
from tracker.accounts.queries import person_of
from tracker.places.atlas.cities import City
from tracker.web.site.areas import ward_choices
from tracker.workflows.people import assignments


def area_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Each city with the whole of it first, then its wards."""
    whole = [(city.value, _("All of %(city)s") % {"city": city.label}) for city in City]
    return [
        (name, [choice, *wards])
        for choice, (name, wards) in zip(whole, ward_choices(), strict=True)
    ]


class AreaForm(forms.Form):
    area = forms.ChoiceField(label=gettext_lazy("Ward or city"), choices=area_choices)


@require_POST
def assign(request: HttpRequest, person_id: int) -> HttpResponse:
    person = get_object_or_404(User, pk=person_id)
    code, by, at = request.POST.get("area", ""), person_of(request), timezone.now()
    if assignments.assign_area(person=person, code=code, by=by, at=at):
        messages.success(request, _("Area assigned. It comes first in the next day plan."))
    else:
        messages.info(request, _("This area is already assigned."))
    return redirect("person", person_id=person.pk)


@require_POST
def unassign(request: HttpRequest, person_id: int) -> HttpResponse:
    person = get_object_or_404(User, pk=person_id)
    code, by, at = request.POST.get("area", ""), person_of(request), timezone.now()
    if assignments.unassign_area(person=person, code=code, by=by, at=at):
        messages.success(request, _("Area unassigned."))
    else:
        messages.info(request, _("This area was not assigned."))
    return redirect("person", person_id=person.pk)
