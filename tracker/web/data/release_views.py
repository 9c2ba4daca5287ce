"""Where administrators make, check, publish and withdraw releases."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from tracker.accounts.queries import person_of
from tracker.errors import TrackerError
from tracker.jobs.models import Job
from tracker.jobs.states import JobState
from tracker.months import month_of, quarter_text
from tracker.publication.releases.queries import all_releases
from tracker.web.data.views import any_release
from tracker.web.site.form_errors import add_error
from tracker.workflows.publishing import release_making, releases


class ReleaseForm(forms.Form):
    quarter = forms.CharField(label=gettext_lazy("Quarter, like 2026q3"), max_length=6)
    why = forms.CharField(
        label=gettext_lazy("For readers: what is new, or what is corrected"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def manage(request: HttpRequest) -> HttpResponse:
    """Every release with what may be done to it, and the beginning of the next."""
    now = timezone.now()
    form = ReleaseForm(request.POST or None, initial={"quarter": quarter_text(month_of(now) - 3)})
    if request.method == "POST" and form.is_valid():
        try:
            release = releases.begin_release(**form.cleaned_data, by=person_of(request), at=now)
        except TrackerError as error:
            add_error(form, error)
        else:
            messages.success(request, _("%(name)s is being prepared.") % {"name": release.name})
            return redirect("releases")
    jobs = Job.objects.filter(kind__in=[releases.KIND, releases.CHECK])
    newest = {job.about: job for job in jobs.order_by("pk")}
    rows = [(release, newest.get(release.name)) for release in all_releases()]
    page = {"form": form, "rows": rows, "running": JobState.RUNNING}
    return render(request, "data/manage.html", page, status=400 if form.errors else 200)


@require_POST
def act(request: HttpRequest, name: str, act: str) -> HttpResponse:
    """Check, publish, withdraw or drop."""
    release, by, at = any_release(name), person_of(request), timezone.now()
    try:
        if act == "check":
            release_making.ask_check(release=release, by=by, at=at)
            messages.success(request, _("%(name)s is being checked.") % {"name": release.name})
        elif act == "publish":
            releases.publish_release(release=release, by=by, at=at)
        elif act == "withdraw":
            because = request.POST.get("because", "")
            releases.withdraw_release(release=release, because=because, by=by, at=at)
        elif act == "drop":
            releases.drop_release(release=release, by=by, at=at)
        else:
            raise Http404
    except TrackerError as error:
        messages.error(request, error.message)
    return redirect("releases")
