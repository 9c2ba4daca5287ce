"""What is taken of single visits, and what for."""

from datetime import datetime

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.fieldwork.models import FIRST_MOMENT
from tracker.months import month_from_text, month_of, month_text
from tracker.places.atlas.cities import City
from tracker.publication.extracts.models import ExtractKind
from tracker.publication.extracts.rows import ExtractFilter

NO_KIND = gettext_lazy("Choose CSV or Excel workbook.")


class MonthField(forms.CharField):
    """A month as `YYYY-MM`; cleaned to the integer of tracker.months."""

    widget = forms.DateInput(attrs={"type": "month"})

    def clean(self, value: object) -> int:
        text = super().clean(value)
        try:
            month = month_from_text(text)
        except ValueError:
            month = -1
        if month < month_of(FIRST_MOMENT):
            raise forms.ValidationError(
                _("“%(value)s” is not a month. Write it as YYYY-MM.") % {"value": text}
            )
        return month


class ExtractForm(forms.Form):
    purpose = forms.CharField(
        label=gettext_lazy("Purpose"),
        help_text=gettext_lazy("It is stored with your name."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    city = forms.ChoiceField(
        label=gettext_lazy("City"),
        choices=[("", gettext_lazy("All cities")), *City.choices],
        required=False,
    )
    first_month = MonthField(label=gettext_lazy("First month"), max_length=7)
    last_month = MonthField(label=gettext_lazy("Last month"), max_length=7)
    kind = forms.ChoiceField(
        label=gettext_lazy("File"),
        choices=ExtractKind.choices,
        error_messages={"required": NO_KIND, "invalid_choice": NO_KIND},
    )

    def wanted(self) -> ExtractFilter:
        """What was asked for; the form must be valid."""
        data = self.cleaned_data
        return ExtractFilter(data["city"], data["first_month"], data["last_month"])


def first_values(*, at: datetime) -> dict[str, str]:
    """The last twelve months."""
    return {"first_month": month_text(month_of(at) - 11), "last_month": month_text(month_of(at))}
