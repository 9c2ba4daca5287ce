"""A person's own keys for programs."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from tracker.accounts.models import TokenGrant, User
from tracker.accounts.queries import person_of, tokens_of
from tracker.accounts.roles import ApiScope
from tracker.accounts.routes import scopes_for
from tracker.errors import TrackerError
from tracker.web.site.form_errors import add_error
from tracker.workflows.people import tokens


class TokenForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Purpose of the token"), max_length=60)
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("Can read"), widget=forms.CheckboxSelectMultiple
    )
    days = forms.TypedChoiceField(
        label=gettext_lazy("Valid for"), coerce=int, initial=tokens.DAYS[1]
    )

    def __init__(self, person: User, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        choices = [(scope.value, scope.label) for scope in scopes_for(person)]
        self.fields["scopes"].choices = choices  # type: ignore[attr-defined]
        self.fields["days"].choices = [  # type: ignore[attr-defined]
            (days, ngettext("%(days)s day", "%(days)s days", days) % {"days": days})
            for days in tokens.DAYS
        ]


@require_http_methods(["GET", "HEAD", "POST"])
def tokens_page(request: HttpRequest) -> HttpResponse:
    """Own tokens, and a new one whose text is shown once."""
    person, now, secret = person_of(request), timezone.now(), ""
    form = TokenForm(person, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        scopes = [ApiScope(scope) for scope in data["scopes"]]
        try:
            secret = tokens.make_token(
                name=data["name"], scopes=scopes, days=data["days"], by=person, at=now
            )
        except TrackerError as error:
            add_error(form, error)
        else:
            form = TokenForm(person)
    page = {"form": form, "secret": secret, "rows": _rows(person)}
    return render(request, "team/tokens.html", page, status=400 if form.errors else 200)


def _rows(person: User) -> list[tuple[TokenGrant, list[str], bool]]:
    """Each token, what it may read in words, and whether it has ended."""
    now = timezone.now()
    return [
        (grant, [str(ApiScope(scope).label) for scope in grant.scopes], grant.ends_at <= now)
        for grant in tokens_of(person)
    ]


@require_POST
def end_token(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Revoke one; that of somebody else is not there."""
    grant = get_object_or_404(tokens_of(person_of(request)), uuid=uuid)
    tokens.end_token(grant=grant, by=person_of(request), at=timezone.now())
    messages.success(request, _("The token was revoked. It no longer works."))
    return redirect("tokens")
