"""Our errors as errors of a form, beside the field they speak of."""

from django import forms

from tracker.errors import Invalid, PhotoRejected, TrackerError


def add_error(form: forms.Form, error: TrackerError) -> None:
    """Show the error at its field; the form keeps everything that was typed."""
    field = error.field if isinstance(error, Invalid) else ""
    if isinstance(error, PhotoRejected):
        field = "photo"
    form.add_error(field if field in form.fields else None, error.message)
