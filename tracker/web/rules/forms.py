"""A rule as an administrator types it in, and its end."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tracker.rules.models import PAIRS
from tracker.survey.routes import Route
from tracker.survey.traits import Trait

DAY = {"type": "date"}


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs=DAY, format="%Y-%m-%d")


class RuleForm(forms.Form):
    """One rule. It cannot be edited later, only ended."""

    gives = forms.ChoiceField(label=_("Route, and what it gives"))
    first_day = forms.DateField(
        label=_("First day, in Tokyo"),
        help_text=_("Empty: announced only; it gives nothing until a rule with its day is added."),
        required=False,
        widget=day_input(),
    )
    exceptions = forms.CharField(
        label=_("Exceptions, in words"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    source = forms.CharField(label=_("Where the rule can be read"), max_length=500)
    read_on = forms.DateField(label=_("Day on which you read it"), widget=day_input())

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["gives"].choices = [  # type: ignore[attr-defined]
            (f"{route}:{trait}", f"{Route(route).label} → {Trait(trait).label}")
            for route, trait in PAIRS
        ]

    def route(self) -> str:
        return str(self.cleaned_data["gives"]).split(":")[0]

    def trait(self) -> str:
        return str(self.cleaned_data["gives"]).split(":")[1]


class EndForm(forms.Form):
    last_day = forms.DateField(
        label=_("Last day, in Tokyo"),
        help_text=_(
            "Empty: the rule goes on. The day before its first day: it never applied, as when the "
            "day was wrong; add it again with the right one."
        ),
        required=False,
        widget=day_input(),
    )
    reason = forms.CharField(label=_("Why"), max_length=500)
