"""What is at the till, as a field of every form in which it is asked or corrected."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from tracker.errors import Invalid
from tracker.fieldwork.kinds.several import AtTheTill
from tracker.languages import in_language
from tracker.survey.route_specs import QUESTION, SEEN_SPECS
from tracker.survey.routes import Route, Routes


def route_picks() -> list[tuple[str, str, str]]:
    """Value, what fits a third of a small screen, and the whole name, in the active language."""
    return [(one.code, in_language(one.short), in_language(one.names)) for one in SEEN_SPECS]


def route_help() -> list[tuple[str, str, str]]:
    """Value, whole name, and what it looks like, in the active language."""
    return [(one.code, in_language(one.names), in_language(one.help)) for one in SEEN_SPECS]


class RoutesField(forms.MultipleChoiceField):
    """Several may be chosen, *nothing* only alone; none at all: not asked."""

    def __init__(self, *, help_text: Any) -> None:
        super().__init__(
            label=in_language(QUESTION),
            help_text=help_text,
            choices=Route.choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )

    def clean(self, value: object) -> Routes:
        """The routes in their order; ValidationError where they contradict each other."""
        chosen = super().clean(value)
        try:
            return AtTheTill().read(chosen, "routes")
        except Invalid as error:
            raise ValidationError(error.message) from None
