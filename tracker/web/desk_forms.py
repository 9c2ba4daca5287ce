"""What a moderator decides, and what the queue is narrowed to."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tracker.moderation.transitions import Move
from tracker.vocabulary import City, Reason, VisitState


class DecisionForm(forms.Form):
    """A decision about the revision that was on the screen."""

    revision = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    move = forms.ChoiceField(
        choices=[(move.value, move.value) for move in (Move.APPROVE, Move.RETURN, Move.REJECT)]
    )
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


class ReopenForm(forms.Form):
    note = forms.CharField(label=_("Why is it opened again?"), max_length=1000)


class QueueForm(forms.Form):
    """Filters of the queue; all in the URL."""

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[(state.value, state.label) for state in VisitState],
    )
    city = forms.ChoiceField(
        label=_("City"), required=False, choices=[("", _("All cities")), *City.choices]
    )
