"""The role chooser of the demonstration: on this machine only, and never in production."""

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from tracker.accounts.roles import Role
from tracker.web.site.sign_in import home_of
from tracker.workflows.people import people

LOOPBACK = ("127.0.0.1", "::1")
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """Sign in as the demonstration's person of a role."""
    role = request.POST.get("role", "")
    if not may_choose_role(request) or role not in Role.values:
        raise Http404
    person = people.demo_person(role=Role(role), at=timezone.now())
    login(request, person, backend=BACKEND)
    return redirect(home_of(person))


def may_choose_role(request: HttpRequest) -> bool:
    """In demonstration mode, and from this machine."""
    return bool(settings.DEMO) and request.META.get("REMOTE_ADDR") in LOOPBACK
