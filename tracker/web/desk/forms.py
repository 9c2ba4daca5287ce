"""What a moderator decides and mends, and what the queue is narrowed to."""

from datetime import datetime

from django import forms
from django.utils.translation import gettext_lazy as _

from tracker.fieldwork.entry import Corrected
from tracker.fieldwork.models import Visit
from tracker.fieldwork.states import VisitState
from tracker.moderation.kinds import Priority, Reason
from tracker.moderation.transitions import Move
from tracker.places.atlas.cities import City
from tracker.places.kinds import Segment
from tracker.survey.answers import Answer
from tracker.survey.outcomes import Outcome
from tracker.survey.specs import TRAITS
from tracker.survey.traits import Trait
from tracker.web.desk.flags import flag_choices
from tracker.web.entries.till import RoutesField
from tracker.web.site.areas import ward_choices

LONGEST_LOOK = 86_400  # seconds; longer than this nobody looked


class ReasonsForm(forms.Form):
    """Reasons from the common table, and a note."""

    revision = forms.IntegerField(min_value=1, max_value=32_767, widget=forms.HiddenInput)
    reasons = forms.MultipleChoiceField(
        label=_("Reasons, shown to the worker"),
        choices=Reason.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    note = forms.CharField(
        label=_("Note to the worker"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class DecisionForm(ReasonsForm):
    """A decision about the revision that was on the screen, and for how long it was there."""

    move = forms.ChoiceField(
        choices=[(move.value, move.value) for move in (Move.APPROVE, Move.RETURN, Move.REJECT)]
    )
    shown_at = forms.DateTimeField(required=False, widget=forms.HiddenInput)
    seconds = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def seconds_until(self, at: datetime) -> int | None:
        """Whole seconds on the screen: as the page measured them, or since it was made."""
        seconds: int | None = self.cleaned_data["seconds"]
        shown_at: datetime | None = self.cleaned_data["shown_at"]
        if seconds is None and shown_at is not None:
            seconds = int((at - shown_at).total_seconds())
        return None if seconds is None or seconds < 0 else min(seconds, LONGEST_LOOK)


class CorrectionForm(ReasonsForm):
    """Other answers than the worker gave, as they can be seen in the photo."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=Outcome.choices)
    field_order = ["revision", "outcome", *TRAITS, "routes", "reasons", "note"]

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for trait in Trait:
            self.fields[trait.value] = forms.ChoiceField(label=trait.label, choices=Answer.choices)
        self.fields["routes"] = RoutesField(help_text=_("None ticked: not asked."))
        self.order_fields(self.field_order)

    def corrected(self) -> Corrected:
        data = self.cleaned_data
        return Corrected(
            outcome=Outcome(data["outcome"]),
            answers={trait: Answer(data[trait.value]) for trait in Trait},
            routes=data["routes"],
        )


def values_to_correct(visit: Visit) -> dict[str, object]:
    """What stands in the entry now."""
    return {
        "revision": visit.revision,
        "outcome": visit.outcome,
        "routes": visit.seen_routes,
        **visit.answers,
    }


class ReopenForm(forms.Form):
    note = forms.CharField(label=_("Reason for reopening"), max_length=1000)


ANY = [("", _("All"))]
ON_MY_DESK, EVERYBODY = "", "all"


class QueueForm(forms.Form):
    """Filters of the queue; all in the URL."""

    q = forms.CharField(
        label=_("Shop or address"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[(state.value, state.label) for state in VisitState],
    )
    leases = forms.ChoiceField(
        label=_("Show"),
        required=False,
        choices=[(ON_MY_DESK, _("Assigned to me (10)")), (EVERYBODY, _("All waiting"))],
    )
    priority = forms.ChoiceField(
        label=_("Priority"), required=False, choices=[*ANY, *Priority.choices]
    )
    flag = forms.ChoiceField(label=_("Flag"), required=False)
    age = forms.ChoiceField(
        label=_("Waiting for"),
        required=False,
        choices=[*ANY, ("24", _("more than 24 hours")), ("72", _("more than 72 hours"))],
    )
    city = forms.ChoiceField(
        label=_("City"), required=False, choices=[("", _("All cities")), *City.choices]
    )
    ward = forms.ChoiceField(label=_("Ward"), required=False)
    segment = forms.ChoiceField(
        label=_("Kind of shop"), required=False, choices=[*ANY, *Segment.choices]
    )
    worker = forms.CharField(label=_("Worker"), required=False, max_length=150)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["ward"].choices = [*ANY, *ward_choices()]  # type: ignore[attr-defined]
        self.fields["flag"].choices = [*ANY, *flag_choices()]  # type: ignore[attr-defined]

    def in_words(self) -> list[str]:
        """The filters that are set, for people to read."""
        return [
            f"{field.label}: {_label_of(field)}"
            for field in self
            if field.value() and not field.errors and field.value() != VisitState.SUBMITTED
        ]


def _label_of(field: forms.BoundField) -> str:
    choices = dict(_flat(getattr(field.field, "choices", [])))
    return str(choices.get(field.value(), field.value()))


def _flat(choices: list[tuple[object, object]]) -> list[tuple[object, object]]:
    flat: list[tuple[object, object]] = []
    for value, label in choices:
        flat += _flat(label) if isinstance(label, list) else [(value, label)]
    return flat
