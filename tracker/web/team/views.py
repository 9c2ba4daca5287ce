"""The team, one person, coming in and leaving."""

from django import forms
from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tracker.accounts.models import Device, User
from tracker.accounts.permissions import Action, may
from tracker.accounts.queries import devices_of, invitation_of, open_invitations, person_of, team
from tracker.accounts.roles import Role
from tracker.errors import TrackerError
from tracker.fieldwork.assignments import areas_of
from tracker.fieldwork.queries import set_aside_of
from tracker.web.site.areas import area_name
from tracker.web.site.form_errors import add_error
from tracker.web.site.sign_in import home_of
from tracker.web.team.area_views import AreaForm
from tracker.web.team.presenters import work_page
from tracker.workflows.entries import quarantine
from tracker.workflows.people import membership, people

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class InvitationForm(forms.Form):
    username = forms.SlugField(label=gettext_lazy("Name of the account"), max_length=150)
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role.choices)


class PasswordForm(forms.Form):
    password = forms.CharField(
        label=gettext_lazy("Choose a password (10 characters or more)"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role.choices)


@require_http_methods(["GET", "HEAD", "POST"])
def team_page(request: HttpRequest) -> HttpResponse:
    """Everybody, open invitations, and a new invitation whose link is shown once."""
    form, link, now = InvitationForm(request.POST or None), "", timezone.now()
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            token = membership.invite(
                username=data["username"], role=Role(data["role"]), by=person_of(request), at=now
            )
        except TrackerError as error:
            add_error(form, error)
        else:
            link = request.build_absolute_uri(reverse("invitation", args=[token]))
            form = InvitationForm()
    page = {"people": team(), "form": form, "link": link, "invitations": open_invitations(now)}
    return render(request, "team/team.html", page, status=400 if form.errors else 200)


@require_safe
def person_page(request: HttpRequest, person_id: int) -> HttpResponse:
    """One person: work, devices and account, each as far as the table lets the viewer see it."""
    viewer = person_of(request)
    person = _person(request, person_id)
    has_work = person.role == Role.FIELDWORKER and may(viewer, Action.SEE_WORK, owner_id=person.pk)
    return render(
        request,
        "team/person.html",
        {
            "person": person,
            "has_areas": has_work,
            "areas": [(area.code, area_name(area)) for area in areas_of(person)],
            "area_form": AreaForm(),
            "work": work_page(person, at=timezone.now()) if has_work else None,
            "may_see_devices": may(viewer, Action.END_DEVICE, owner_id=person.pk),
            "may_read_log": may(viewer, Action.READ_LOG, owner_id=person.pk),
            "devices": devices_of(person),
            "this_device": request.session.session_key,
            "may_manage": may(viewer, Action.MANAGE_PEOPLE) and viewer.pk != person.pk,
            "role_form": RoleForm(initial={"role": person.role}),
            "is_open": person.is_active and person.upload_grace_until is None,
            "set_aside": set_aside_of(person).count(),
        },
    )


def _person(request: HttpRequest, person_id: int) -> User:
    """Somebody else is not there for those who may only see themselves."""
    if not may(request.user, Action.SEE_PERSON, owner_id=person_id):
        raise Http404
    return get_object_or_404(User, pk=person_id)


@require_POST
def change_role(request: HttpRequest, person_id: int) -> HttpResponse:
    person = get_object_or_404(User, pk=person_id)
    form = RoleForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a role from the list."))
    else:
        role = Role(form.cleaned_data["role"])
        by, at = person_of(request), timezone.now()
        people.change_role(person=person, role=role, is_active=person.is_active, by=by, at=at)
        messages.success(request, _("The role was changed."))
    return redirect("person", person_id=person.pk)


@require_POST
def close(request: HttpRequest, person_id: int) -> HttpResponse:
    person = get_object_or_404(User, pk=person_id)
    may_upload = request.POST.get("hand_in") == "1"
    by, at = person_of(request), timezone.now()
    membership.close_account(person=person, may_upload=may_upload, by=by, at=at)
    messages.success(request, _("The account was closed and signed out everywhere."))
    return redirect("person", person_id=person.pk)


@require_POST
def open_again(request: HttpRequest, person_id: int) -> HttpResponse:
    person = get_object_or_404(User, pk=person_id)
    membership.open_account(person=person, by=person_of(request), at=timezone.now())
    messages.success(request, _("The account has been reopened."))
    return redirect("person", person_id=person.pk)


@require_POST
def let_in(request: HttpRequest, person_id: int) -> HttpResponse:
    """Put what was handed in late before the moderators."""
    person = get_object_or_404(User, pk=person_id)
    number = quarantine.let_in(person=person, by=person_of(request), at=timezone.now())
    messages.success(request, _("Entries added to the queue: %(number)s.") % {"number": number})
    return redirect("person", person_id=person.pk)


@require_POST
def end_device(request: HttpRequest, device_id: int) -> HttpResponse:
    """Sign a browser out from here."""
    device = get_object_or_404(Device, pk=device_id)
    if not may(request.user, Action.END_DEVICE, owner_id=device.person_id):
        raise Http404
    is_this = device.session_key == request.session.session_key
    membership.end_device(device=device, by=person_of(request), at=timezone.now())
    if is_this:
        request.session.flush()
        return redirect("account_login")
    messages.success(request, _("Signed out. Unsent entries stay sealed on that phone."))
    return redirect("person", person_id=device.person_id)


@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Choose a password, and be in."""
    now = timezone.now()
    found = invitation_of(token, now)
    form = PasswordForm(request.POST or None)
    if found and request.method == "POST" and form.is_valid():
        try:
            person = membership.accept_invitation(
                token=token, password=form.cleaned_data["password"], at=now
            )
        except TrackerError as error:
            add_error(form, error)
        else:
            login(request, person, backend=BACKEND)
            return redirect(home_of(person))
    status = 404 if found is None else 400 if form.errors else 200
    page = {"invitation": found, "form": form}
    return render(request, "account/invitation.html", page, status=status)
